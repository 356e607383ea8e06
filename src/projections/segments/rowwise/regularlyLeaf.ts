import type { Instant } from "../../../domain/instant.ts";
import type { EventLeaf } from "../../../domain/segment/rule.ts";
import type { CalendarUnit } from "../../../domain/tag/window.ts";
import { calendarOf, unitStart } from "../../tags/statistic/calendar.ts";
import { rowsBefore, type SelectedRows } from "../../tags/statistic/selectedRows.ts";
import { sayFacts } from "./leafEvidence.ts";
import type { Surroundings } from "./surroundings.ts";
import type { AskTruth } from "./truth.ts";

/** In at least `atLeast` of the last `periods` whole calendar units before the one that has begun. */
export function regularlyLeaf(
  { facts, unit, zone, periods, atLeast }: Extract<EventLeaf, { kind: "regularly" }>,
  { selectionOf, derived }: Surroundings,
): AskTruth {
  const { plan } = selectionOf(facts.types, facts.where);
  const boundsAt = unitBounds(unit, zone, periods);
  return ({ subject, at, known, collector }) => {
    const rows = derived.rowsOf(plan, subject.history, known);
    const bounds = boundsAt(at);
    const { filled, total } = filledUnits(rows, bounds, periods);
    const truth = total >= atLeast;
    if (collector !== null) {
      const [from, to] = [bounds[0] as Instant, bounds[periods] as Instant];
      sayFacts(collector, rows, rowsBefore(rows, from), rowsBefore(rows, to), `the last ${periods} whole ${unit}s`);
      collector.arithmetic.push(`${unit}s with one (${zone}): ${total} of ${periods}, at least ${atLeast} needed`);
    }
    // Nothing changes before a unit ends; which one is told by the facts there are.
    let now = total;
    for (let ended = 1; ended <= periods; ended += 1) {
      now += (filled[periods + ended - 1] as number) - (filled[ended - 1] as number);
      if (now >= atLeast !== truth) return { truth, validUntil: bounds[periods + ended] as Instant };
    }
    const end = bounds[2 * periods] as Instant;
    const mayChange = truth ? atLeast > 0 : rowsBefore(rows, end) < rows.length;
    return { truth, validUntil: mayChange ? end : null };
  };
}

/** For each of the units, 1 where it has a fact; and the sum over the first `periods`. */
function filledUnits(rows: SelectedRows, bounds: readonly Instant[], periods: number) {
  const filled: number[] = [];
  let total = 0;
  let before = rowsBefore(rows, bounds[0] as Instant);
  for (let index = 1; index < bounds.length; index += 1) {
    const until = before === rows.length ? before : rowsBefore(rows, bounds[index] as Instant);
    filled.push(until > before ? 1 : 0);
    if (index <= periods) total += until > before ? 1 : 0;
    before = until;
  }
  return { filled, total };
}

/** Where the last `periods` units and the next ones begin; the one that has begun is at `periods`, 2 × `periods` is the last. */
function unitBounds(unit: CalendarUnit, zone: string, periods: number): (at: Instant) => readonly Instant[] {
  const { startOfDay, dayOf } = calendarOf(zone);
  const startAt = (at: Instant, shift: number): Instant => startOfDay(unitStart(unit, dayOf(at), shift));
  // Thousands of customers are asked about one instant after another: nearly always still in the same unit.
  let known: readonly Instant[] = [];
  let ends = Number.NEGATIVE_INFINITY;
  return at => {
    if (known.length > 0 && at >= (known[periods] as Instant) && at < ends) return known;
    known = Array.from({ length: 2 * periods + 1 }, (_, index) => startAt(at, index - periods));
    ends = startAt(at, 1);
    return known;
  };
}
