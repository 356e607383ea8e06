import type { Instant } from "../../../domain/instant.ts";
import { formatMinorUnits } from "../../../domain/money.ts";
import type { FactSelection, FieldForm } from "../../../domain/tag/factSelection.ts";
import type { Measure } from "../../../domain/tag/rule.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import { earlier, type RuleEvaluator } from "../evaluation/asking.ts";
import { decimalsOf } from "../evaluation/valueText.ts";
import { decimalsOfForm, typedValue } from "../formula/typedValue.ts";
import { dayMeasure } from "./dayMeasure.ts";
import type { DerivedRows } from "./derivedRows.ts";
import { distinctMeasure, mostFrequentMeasure, setMeasure } from "./distinctMeasure.ts";
import { edgeMeasure } from "./edgeMeasure.ts";
import { extremeMeasure } from "./extremeMeasure.ts";
import { fieldReader } from "./fieldReader.ts";
import type { RowMeasure } from "./measure.ts";
import { rowsBefore, type SelectedRows } from "./selectedRows.ts";
import type { SharedSelection } from "./sharedSelections.ts";
import { explainStatistic } from "./statisticEvidence.ts";
import { averageMeasure, countMeasure, sumMeasure } from "./sumMeasure.ts";
import { type WindowBounds, windowBounds } from "./windowBounds.ts";

/** A measure over the selected facts of a window. Ready for any number of histories; throws where the definition makes no sense. */
export function statisticEvaluator(
  measure: Measure,
  facts: FactSelection,
  type: ValueType,
  selection: SharedSelection,
  derived: DerivedRows,
): RuleEvaluator {
  const { plan } = selection;
  const window = windowBounds(facts.window);
  const rowMeasure = measureOf(measure, type, selection);
  return asking => {
    const { at, known, collector, subject } = asking;
    const rows = derived.rowsOf(plan, subject.history, known);
    const { length, times } = rows;
    const to = window.to(at);
    const from = window.from(at);
    const hi = rowsBefore(rows, to);
    const lo = hi === 0 || (times[0] as number) >= from ? 0 : rowsBefore(rows, from);
    const value = rowMeasure.value(rows, lo, hi);
    const enters = hi < length ? window.enters(times[hi] as number) : null;
    const leaves = lo < hi ? leavesAt(window, rowMeasure, rows, lo, hi) : null;
    if (collector !== null) {
      explainStatistic({ asking, collector, measure, rowMeasure, plan, rows, lo, hi, from, to, value, type });
    }
    return { value, validUntil: earlier(enters, leaves) };
  };
}

/** When the fact that holds the value leaves; null where facts never do. */
function leavesAt(
  window: WindowBounds,
  measure: RowMeasure,
  rows: SelectedRows,
  lo: number,
  hi: number,
): Instant | null {
  if (!window.moves) return null;
  return window.leaves(rows.times[measure.holder(rows, lo, hi)] as Instant);
}

function measureOf(measure: Measure, type: ValueType, selection: SharedSelection): RowMeasure {
  const decimals = decimalsOf(type);
  if (measure.kind === "count") return countMeasure(decimals);
  if (measure.kind === "distinctDays") {
    return dayMeasure(selection.columnFor(["days", measure.zone]), measure.zone, decimals);
  }
  const { kind, field, form } = measure;
  const scale = { from: decimalsOfForm(form), to: decimals };
  const toValue = typedValue(form, type, `${kind} of ${field}`);
  const column = (name: string): number => selection.columnFor([name, field, form]);
  const rowField = { field, form, read: fieldReader(field, form), slot: column("readers") };
  switch (kind) {
    case "sum":
      return sumMeasure(column("sums"), rowField, scale);
    case "average":
      return averageMeasure(column("sums"), rowField, scale);
    case "minimum":
      return extremeMeasure(column("lowest"), rowField, 1, scale);
    case "maximum":
      return extremeMeasure(column("highest"), rowField, -1, scale);
    case "distinct":
      return distinctMeasure(column("distinct"), rowField, decimals);
    case "mostFrequent":
      return mostFrequentMeasure(column("distinct"), rowField, toValue);
    case "set":
      return setMeasure(column("distinct"), rowField, raw => memberText(raw, form));
    case "first":
    case "last":
      return edgeMeasure(kind, rowField, toValue);
  }
}

const memberText = (raw: string | number | boolean | null, form: FieldForm): string =>
  typeof raw === "number" && form.kind === "decimal" ? formatMinorUnits(raw, form.decimals) : String(raw);
