import type { EventLeaf } from "../../../domain/segment/rule.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import type { Asking } from "../../tags/evaluation/asking.ts";
import { rowsBefore } from "../../tags/statistic/selectedRows.ts";
import { statisticEvaluator } from "../../tags/statistic/statistic.ts";
import { windowBounds } from "../../tags/statistic/windowBounds.ts";
import { sayFacts } from "./leafEvidence.ts";
import type { Surroundings } from "./surroundings.ts";
import { type AskTruth, forGood, type Truth } from "./truth.ts";

const wholeNumber: ValueType = { kind: "number", decimals: 0, unit: null };

/** At least so many facts in the window. */
export function didLeaf(
  { facts, times }: Extract<EventLeaf, { kind: "did" | "didNot" }>,
  { selectionOf, derived }: Surroundings,
): AskTruth {
  const selection = selectionOf(facts.types, facts.where);
  const window = windowBounds(facts.window);
  const counted = statisticEvaluator({ kind: "count" }, facts, wholeNumber, selection, derived);
  const ask = ({ subject, at, known }: Asking): Truth => {
    if (times <= 0) return forGood(true);
    const rows = derived.rowsOf(selection.plan, subject.history, known);
    const hi = rowsBefore(rows, window.to(at));
    const lo = rowsBefore(rows, window.from(at));
    // Enough of them: until the one goes that leaves too few. Too few: until as many as are missing can have come.
    if (hi - lo >= times) return { truth: true, validUntil: window.leaves(rows.times[hi - times] as number) };
    const last = lo + times - 1;
    return { truth: false, validUntil: last < rows.length ? window.enters(rows.times[last] as number) : null };
  };
  return asking => {
    if (asking.collector !== null) counted(asking);
    return ask(asking);
  };
}

/** The first fact ever, as far as known at T, is in the window. */
export function firstLeaf(
  { facts }: Extract<EventLeaf, { kind: "first" }>,
  { selectionOf, derived }: Surroundings,
): AskTruth {
  const { plan } = selectionOf(facts.types, facts.where);
  const window = windowBounds(facts.window);
  return ({ subject, at, known, collector }) => {
    const rows = derived.rowsOf(plan, subject.history, known);
    if (rows.length === 0) return { truth: false, validUntil: null };
    const first = rows.times[0] as number;
    sayFacts(collector, rows, 0, first <= at ? 1 : 0, "the first ever");
    if (first < window.from(at)) return { truth: false, validUntil: null };
    if (first >= window.to(at)) return { truth: false, validUntil: window.enters(first) };
    return { truth: true, validUntil: window.leaves(first) };
  };
}
