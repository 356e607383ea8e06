import type { Outcome } from "../../../domain/effect/enrolment.ts";
import type { CountedKpi } from "../../../domain/effect/enrolmentRule.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { Asking } from "../../tags/evaluation/asking.ts";
import { InexactFigure } from "../../tags/evaluation/inexactFigure.ts";
import type { RuleSurroundings } from "../../tags/evaluation/ruleSurroundings.ts";
import { isExact } from "../../tags/formula/decimals.ts";
import type { History } from "../../tags/history/history.ts";
import { fieldReader } from "../../tags/statistic/fieldReader.ts";
import { type FieldRows, fieldRows } from "../../tags/statistic/fieldRows.ts";
import { rowsBefore, type SelectedRows } from "../../tags/statistic/selectedRows.ts";

export type CountedOutcome = { readonly outcome: Outcome; readonly next: Instant | null };

/** Is told of each counted fact in the outcome window, in order. */
export type OutcomeTaker = { readonly take: (at: Instant, figure: number, rows: SelectedRows, index: number) => void };

/** Of one KPI, what the facts of a customer assigned at `assignedAt` come to. */
export type OutcomeCounter = (
  asking: Asking,
  assignedAt: Instant,
  outcomeWindow: number,
  taker: OutcomeTaker,
) => CountedOutcome;

/** A sum takes facts that have its field in its form: money of another currency is no part of it, and no conversion either. */
export function outcomeCounter(kpi: CountedKpi, { derived, selectionOf }: RuleSurroundings): OutcomeCounter {
  const { types, where, measure, prePeriod } = kpi;
  const { plan, columnFor } = selectionOf(types, where);
  const field =
    measure.kind === "sum"
      ? {
          ...{ field: measure.field, form: measure.form },
          read: fieldReader(measure.field, measure.form),
          slot: columnFor(["readers", measure.field, measure.form]),
        }
      : null;
  const figures = (rows: SelectedRows): Pick<FieldRows, "number"> => (field === null ? ones : fieldRows(rows, field));
  const measured = (facts: number, sum: number): number => (measure.kind === "conversion" ? Math.min(1, facts) : sum);

  return ({ subject: { history }, at, known }, assignedAt, outcomeWindow, taker) => {
    if (!hasAny(history, plan.types)) return nothingCounted;
    const rows = derived.rowsOf(plan, history, known);
    const end = assignedAt + outcomeWindow;
    const hi = rowsBefore(rows, Math.min(at + 1, end));
    const lo = rowsBefore(rows, assignedAt);
    let outcome = { facts: 0, y: 0 };
    if (lo < hi) {
      const counted = figures(rows);
      let [facts, sum] = [0, 0];
      for (let index = lo; index < hi; index += 1) {
        const figure = counted.number(index);
        if (Number.isNaN(figure)) continue;
        facts += 1;
        sum = exact(sum + figure);
        taker.take(rows.times[index] as Instant, figure, rows, index);
      }
      outcome = { facts, y: measured(facts, sum) };
    }
    let [before, x] = [0, 0];
    if (prePeriod !== null && lo > 0) {
      const counted = figures(rows);
      for (let index = rowsBefore(rows, assignedAt - prePeriod); index < lo; index += 1) {
        const figure = counted.number(index);
        if (Number.isNaN(figure)) continue;
        before += 1;
        x = exact(x + figure);
      }
    }
    const following = hi < rows.length ? (rows.times[hi] as Instant) : null;
    return {
      outcome: { ...outcome, x: measured(before, x) },
      next: following !== null && following < end ? following : null,
    };
  };
}

const nothingCounted: CountedOutcome = { outcome: { facts: 0, y: 0, x: 0 }, next: null };

function hasAny(history: History, types: readonly string[]): boolean {
  for (const type of types) if (history.table(type) !== null) return true;
  return false;
}

const ones = { number: () => 1 };

function exact(sum: number): number {
  if (isExact(sum)) return sum;
  throw new InexactFigure("an outcome of a campaign", String(sum));
}
