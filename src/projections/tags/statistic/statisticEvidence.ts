import { formatInstant, type Instant } from "../../../domain/instant.ts";
import type { Measure } from "../../../domain/tag/rule.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import type { Asking, Collector } from "../evaluation/asking.ts";
import { valueText } from "../evaluation/valueText.ts";
import { fieldReader } from "./fieldReader.ts";
import type { RowMeasure } from "./measure.ts";
import { isEnded, positionAt, rowAt, type SelectedRows, type SelectionPlan, tableAt } from "./selectedRows.ts";

type Measured = {
  readonly asking: Asking;
  readonly collector: Collector;
  readonly measure: Measure;
  readonly rowMeasure: RowMeasure;
  readonly plan: SelectionPlan;
  readonly rows: SelectedRows;
  readonly lo: number;
  readonly hi: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly value: TagValue;
  readonly type: ValueType;
};

/** Which facts made the value, the window they were looked for in, and which facts in it did not count, and why. */
export function explainStatistic(measured: Measured): void {
  const { collector, measure, rowMeasure, rows, lo, hi, from, to, value, type } = measured;
  const deciding = hi > lo ? rowMeasure.deciding(rows, lo, hi) : [];
  for (const index of deciding) collector.positions.push(positionAt(rows, index));
  const facts = Math.max(0, hi - lo);
  collector.arithmetic.push(`${measureText(measure)} over ${factsText(facts)} = ${valueText(value, type)}`);
  const { details } = collector;
  details.from = from === Number.NEGATIVE_INFINITY ? null : formatInstant(from);
  details.to = formatInstant(to - 1);
  details.facts = facts;
  const reversed = reversedIn(measured);
  if (reversed > 0) details.reversed = reversed;
  Object.assign(details, unread(measured));
}

const factsText = (facts: number): string => (facts === 1 ? "1 fact" : `${facts} facts`);

function measureText(measure: Measure): string {
  if (measure.kind === "count") return "count";
  if (measure.kind === "distinctDays") return `different days in ${measure.zone}`;
  const words = { distinct: "different values", set: "values", mostFrequent: "most frequent value" } as const;
  const word = measure.kind in words ? words[measure.kind as keyof typeof words] : measure.kind;
  return `${word} of ${measure.field}`;
}

/** Facts of the window that would count if they had not been reversed or corrected. */
function reversedIn({ asking, plan, from, to }: Measured): number {
  let reversed = 0;
  for (const type of plan.types) {
    const table = asking.subject.history.table(type);
    if (table === null) continue;
    const ends = table.ends();
    if (ends === null) continue;
    const end = table.indexAfter(to - 1);
    for (let row = from === Number.NEGATIVE_INFINITY ? 0 : table.indexAfter(from - 1); row < end; row += 1) {
      if (!isEnded(ends[row] as number, asking.known) || table.position(row) > asking.known) continue;
      if (plan.match === null || plan.match(table, row)) reversed += 1;
    }
  }
  return reversed;
}

/** Selected facts of the window that the measure could not use. */
function unread({ measure, rows, lo, hi }: Measured): { withoutField?: number; otherCurrency?: number } {
  if (measure.kind === "count" || measure.kind === "distinctDays") return {};
  const { field, form } = measure;
  const read = fieldReader(field, form);
  let withoutField = 0;
  let otherCurrency = 0;
  for (let index = lo; index < hi; index += 1) {
    const table = tableAt(rows, index);
    const row = rowAt(rows, index);
    if (read(table, row) !== null) continue;
    const currency = form.kind === "money" ? table.value(row, `${field}.currency`) : undefined;
    if (form.kind === "money" && typeof currency === "string" && currency !== form.currency) otherCurrency += 1;
    else withoutField += 1;
  }
  return { ...(withoutField > 0 && { withoutField }), ...(otherCurrency > 0 && { otherCurrency }) };
}
