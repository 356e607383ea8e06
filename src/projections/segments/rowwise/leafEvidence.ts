import { formatInstant, type Instant } from "../../../domain/instant.ts";
import type { Collector } from "../../tags/evaluation/asking.ts";
import { positionAt, type SelectedRows } from "../../tags/statistic/selectedRows.ts";

/** Writes down the selected facts lo ≤ i < hi as the ones that decide, and what is said of them. */
export function sayFacts(collector: Collector | null, rows: SelectedRows, lo: number, hi: number, what: string): void {
  if (collector === null) return;
  for (let index = lo; index < hi; index += 1) collector.positions.push(positionAt(rows, index));
  collector.arithmetic.push(`${what}: ${factsText(rows, lo, hi)}`);
}

function factsText({ times }: SelectedRows, lo: number, hi: number): string {
  const count = hi - lo;
  if (count <= 0) return "no fact";
  const last = formatInstant(times[hi - 1] as Instant);
  return count === 1 ? `1 fact, on ${last}` : `${count} facts, the last on ${last}`;
}
