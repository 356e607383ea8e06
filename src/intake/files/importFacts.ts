import type { Actor } from "../../domain/event.ts";
import type { FactOutcome, Intake } from "../fact.ts";
import { countOutcome, emptySummary, type ImportSummary } from "./importSummary.ts";
import type { ReadStep } from "./readFacts.ts";

/** How far an import is: bytes of the files (compressed ones of a .gz) and the counts so far. */
export type ImportProgress = {
  readonly file: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly summary: Readonly<ImportSummary>;
};

export type ImportOptions = {
  /** Source to file a refused fact under when it does not even name its own. */
  readonly source: string;
  readonly actor?: Actor;
  readonly correlationId?: string;
  /** Batches handed in and not yet answered, at most. */
  readonly inFlight?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Ends the import after the batches in flight. */
  readonly signal?: AbortSignal;
};

type BatchStep = Extract<ReadStep, { readonly kind: "batch" }>;
type Flight = { readonly step: BatchStep; readonly answer: Promise<readonly FactOutcome[]> };

/**
 * Hands what is read to the door, in order, with a bounded number of batches under way, and counts what became of it.
 * Rejects as the door does (StorageFailure, IntakeTimeout) once nothing is in flight any more; running it again is harmless.
 */
export async function importFacts(
  steps: AsyncIterable<ReadStep>,
  intake: Pick<Intake, "submit">,
  { inFlight = 4, onProgress, signal, ...context }: ImportOptions,
): Promise<ImportSummary> {
  const summary = emptySummary();
  const flights: Flight[] = [];
  const land = async ({ step, answer }: Flight) => {
    const outcomes = await answer;
    for (const [index, outcome] of outcomes.entries()) countOutcome(summary, step.types[index] ?? null, outcome);
    onProgress?.({ file: step.file, bytesRead: step.bytesRead, bytesTotal: step.bytesTotal, summary });
  };
  try {
    for await (const step of steps) {
      if (step.kind === "stopped") {
        summary.stopped = step.refusal;
        break;
      }
      summary.rows[step.file] = step.rows;
      const answer = intake.submit(step.batch, context);
      answer.catch(() => undefined); // it is looked at when it lands; until then it must not count as unhandled
      flights.push({ step, answer });
      if (flights.length >= inFlight) await land(flights.shift()!);
      if (signal?.aborted) {
        summary.interrupted = true;
        break;
      }
    }
    while (flights.length > 0) await land(flights.shift()!);
  } finally {
    await Promise.allSettled(flights.map(({ answer }) => answer));
  }
  summary.faults.sort((a, b) => b.count - a.count);
  return summary;
}
