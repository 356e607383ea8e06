import { formatInstant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import type { FieldForm } from "../../../domain/tag/factSelection.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import { typedValue } from "../formula/typedValue.ts";
import type { FactTable } from "../history/history.ts";
import { scalarReader } from "../statistic/fieldReader.ts";
import type { RuleEvaluator } from "./asking.ts";
import { type AcceptsRow, anyRow, newestRow, nextRowAt } from "./newestRow.ts";
import { valueText } from "./valueText.ts";

const attributeTypes = ["customer-registered", "customer-attributes-changed"] as const;

/** What was said last about a profile attribute. A removed one, or one that is not of the form, is missing. */
export const attributeEvaluator = (name: string, form: FieldForm, type: ValueType): RuleEvaluator => {
  const field = `attributes.${name}`;
  const says: AcceptsRow = (table, row) => table.value(row, field) !== undefined;
  return newestEvaluator(attributeTypes, says, fieldOf(field, form, type, name), `attribute ${name}`, type);
};

export const preferenceEvaluator = (name: string, form: FieldForm, type: ValueType): RuleEvaluator => {
  const says: AcceptsRow = (table, row) => table.value(row, "name") === name;
  return newestEvaluator(["preference-set"], says, fieldOf("value", form, type, name), `preference ${name}`, type);
};

function fieldOf(field: string, form: FieldForm, type: ValueType, what: string) {
  const read = scalarReader(form);
  const toValue = typedValue(form, type, what);
  return (table: FactTable, row: number): TagValue => {
    const raw: JsonScalar = table.value(row, field) ?? null;
    return raw === null ? null : toValue(read(raw));
  };
}

function newestEvaluator(
  types: readonly string[],
  says: AcceptsRow,
  toValue: (table: FactTable, row: number) => TagValue,
  what: string,
  type: ValueType,
): RuleEvaluator {
  return ({ subject: { history }, at, known, collector }) => {
    const found = newestRow(history, types, at, known, says);
    const value = found === null ? null : toValue(found.table, found.row);
    if (collector !== null) {
      if (found === null) collector.arithmetic.push(`${what}: nothing was said`);
      else {
        const since = formatInstant(found.table.occurredAt(found.row));
        collector.positions.push(found.table.position(found.row));
        collector.arithmetic.push(`${what}, as said last on ${since} = ${valueText(value, type)}`);
        collector.details.since = since;
      }
    }
    return { value, validUntil: nextRowAt(history, types, at, known, says) };
  };
}

/** The first registration, of whatever system. */
export const registeredAtEvaluator: RuleEvaluator = ({ subject: { history }, at, known, collector }) => {
  const first = nextRowAt(history, ["customer-registered"], Number.NEGATIVE_INFINITY, known, anyRow);
  if (first === null) return { value: null, validUntil: null };
  if (first > at) return { value: null, validUntil: first };
  if (collector !== null) {
    const isFirst: AcceptsRow = (table, row) => table.occurredAt(row) === first;
    const found = newestRow(history, ["customer-registered"], first, known, isFirst);
    if (found !== null) collector.positions.push(found.table.position(found.row));
    collector.arithmetic.push(`first registered on ${formatInstant(first)}`);
  }
  return { value: first, validUntil: null };
};
