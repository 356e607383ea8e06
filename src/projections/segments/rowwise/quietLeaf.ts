import type { EventLeaf } from "../../../domain/segment/rule.ts";
import { earlier } from "../../tags/evaluation/asking.ts";
import { rowsBefore, type SelectedRows } from "../../tags/statistic/selectedRows.ts";
import { sayFacts } from "./leafEvidence.ts";
import type { Surroundings } from "./surroundings.ts";
import { type AskTruth, fails } from "./truth.ts";

/** How many of the rows are at or before the instant. */
const upTo = (rows: SelectedRows, at: number): number => rowsBefore(rows, at + 1);

/** At least `times` in (T − quiet − active, T − quiet], none in (T − quiet, T]. */
export function stoppedLeaf(
  { facts, active, times, quiet }: Extract<EventLeaf, { kind: "stopped" }>,
  { selectionOf, derived }: Surroundings,
): AskTruth {
  const { plan } = selectionOf(facts.types, facts.where);
  return ({ subject, at, known, collector }) => {
    const rows = derived.rowsOf(plan, subject.history, known);
    const lo = upTo(rows, at - quiet - active);
    const middle = upTo(rows, at - quiet);
    const hi = upTo(rows, at);
    sayFacts(collector, rows, lo, middle, "while active");
    sayFacts(collector, rows, middle, hi, "since then");
    const timeOf = (row: number): number | null => (row < rows.length ? (rows.times[row] as number) : null);
    const next = timeOf(hi);
    // What is quiet has to stay so: whatever else can make it true comes no sooner than the newest fact has been left behind.
    if (middle < hi) return { truth: false, validUntil: (timeOf(hi - 1) as number) + quiet };
    if (middle - lo < times) return { truth: false, validUntil: next === null ? null : next + quiet };
    const leaves = times <= 0 ? null : (timeOf(middle - times) as number) + quiet + active;
    return { truth: true, validUntil: earlier(next, leaves) };
  };
}

/** One in (T − recent, T], none in (T − recent − quiet, T − recent], and one before that. */
export function restartedLeaf(
  { facts, recent, quiet }: Extract<EventLeaf, { kind: "restarted" }>,
  { selectionOf, derived }: Surroundings,
): AskTruth {
  const { plan } = selectionOf(facts.types, facts.where);
  return ({ subject, at, known, collector }) => {
    const rows = derived.rowsOf(plan, subject.history, known);
    const { times, length } = rows;
    const before = upTo(rows, at - recent - quiet);
    const lo = upTo(rows, at - recent);
    sayFacts(collector, rows, Math.max(0, before - 1), before, "before the quiet");
    sayFacts(collector, rows, before, lo, "in the quiet");
    sayFacts(collector, rows, lo, upTo(rows, at), "lately");
    // It is true from the first fact after a gap, once the gap is whole, until that fact is no longer recent.
    for (let row = Math.max(lo, 1); row < length; row += 1) {
      const [last, first] = [times[row - 1] as number, times[row] as number];
      if (first - last <= quiet) continue;
      const begins = Math.max(first, last + recent + quiet);
      if (at < begins) return { truth: false, validUntil: begins };
      return { truth: true, validUntil: first + recent };
    }
    return fails;
  };
}
