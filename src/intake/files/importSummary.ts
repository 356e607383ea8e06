import type { Position } from "../../domain/event.ts";
import type { FactOutcome } from "../fact.ts";
import type { FileRefusal } from "./fileRefusal.ts";

/** What became of the facts of one type. */
export type TypeCount = { accepted: number; duplicate: number; quarantined: number; flagged: number };

/** One kind of fault and how often it came. */
export type FaultCount = {
  readonly code: string;
  readonly field: string;
  count: number;
  readonly example: string;
};

/** What an import did. `read` = accepted + duplicate + quarantined; flagged ones are accepted. */
export type ImportSummary = {
  read: number;
  accepted: number;
  duplicate: number;
  quarantined: number;
  flagged: number;
  /** By fact type; "(unknown)" where not even the type could be read. */
  readonly byType: Record<string, TypeCount>;
  readonly byFlag: Record<string, number>;
  /** Of what this import added; null where it added nothing. */
  firstPosition: Position | null;
  lastPosition: Position | null;
  /** The most frequent first. */
  faults: FaultCount[];
  /** Rows read, by file. */
  readonly rows: Record<string, number>;
  /** Why the import ended early; what is counted above is stored, and importing again is harmless. */
  stopped: FileRefusal | null;
  interrupted: boolean;
};

export const emptySummary = (): ImportSummary => ({
  read: 0,
  accepted: 0,
  duplicate: 0,
  quarantined: 0,
  flagged: 0,
  byType: {},
  byFlag: {},
  firstPosition: null,
  lastPosition: null,
  faults: [],
  rows: {},
  stopped: null,
  interrupted: false,
});

/** Adds one outcome to the summary. */
export function countOutcome(summary: ImportSummary, type: string | null, outcome: FactOutcome): void {
  summary.byType[type ?? "(unknown)"] ??= { accepted: 0, duplicate: 0, quarantined: 0, flagged: 0 };
  const ofType = summary.byType[type ?? "(unknown)"]!;
  summary.read++;
  summary[outcome.kind]++;
  ofType[outcome.kind]++;
  if (outcome.kind === "accepted") {
    summary.firstPosition ??= outcome.position;
    summary.firstPosition = Math.min(summary.firstPosition, outcome.position);
    summary.lastPosition = Math.max(summary.lastPosition ?? 0, outcome.position);
    if (outcome.flags.length > 0) {
      summary.flagged++;
      ofType.flagged++;
      for (const flag of outcome.flags) summary.byFlag[flag] = (summary.byFlag[flag] ?? 0) + 1;
    }
  }
  if (outcome.kind === "quarantined")
    for (const fault of outcome.faults) {
      const known = summary.faults.find(({ code, field }) => code === fault.code && field === fault.field);
      if (known !== undefined) known.count++;
      else summary.faults.push({ code: fault.code, field: fault.field, count: 1, example: fault.message });
    }
}
