import type { Position } from "../domain/event.ts";
import type { Instant } from "../domain/instant.ts";
import type { Balance, EntryRow } from "./readModels.ts";

/**
 * The balance after these entries, given newest first and none later than the instant asked for: the newest report plus
 * what followed it. Reversed entries count for nothing; amounts in another currency than the report's belong to another
 * balance. Without any report the movements are added up from zero. Reads no further back than the newest report.
 */
export function balanceFrom(newestFirst: Iterable<EntryRow>): Balance | null {
  let newest: Balance | null = null;
  const moved = new Map<string, Moved>();
  for (const entry of newestFirst) {
    if (entry.reversedBy !== null) continue;
    if (entry.reportedBalance !== null) return fromReport(entry, moved.get(entry.currency) ?? null);
    const sofar = moved.get(entry.currency) ?? { sum: 0n, asOf: entry.occurredAt, position: entry.position };
    const sum = sofar.sum + BigInt(entry.amount ?? 0);
    moved.set(entry.currency, { ...sofar, sum });
    newest ??= { minorUnits: 0, currency: entry.currency, asOf: sofar.asOf, position: sofar.position, computed: true };
  }
  return newest && { ...newest, minorUnits: exact(moved.get(newest.currency)?.sum ?? 0n) };
}

/** An entry as it was known at a position: a reversal that came later had not happened. */
export const knownAt = (entry: EntryRow, known: Position): EntryRow =>
  entry.reversedBy !== null && entry.reversedBy > known ? { ...entry, reversedBy: null } : entry;

/** What moved in one currency after the report, and the newest entry that did. */
type Moved = { readonly sum: bigint; readonly asOf: Instant; readonly position: number };

const fromReport = (report: EntryRow, moved: Moved | null): Balance => ({
  minorUnits: exact(BigInt(report.reportedBalance ?? 0) + (moved?.sum ?? 0n)),
  currency: report.currency,
  asOf: moved?.asOf ?? report.occurredAt,
  position: moved?.position ?? report.position,
  computed: moved !== null,
});

function exact(sum: bigint): number {
  const minorUnits = Number(sum);
  if (!Number.isSafeInteger(minorUnits))
    throw new RangeError(`a balance of ${sum} minor units is too large to be exact`);
  return minorUnits;
}
