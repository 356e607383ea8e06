import { formatInstant, type Instant, parseInstant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import { parseMinorUnits } from "../../../domain/money.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import { readDecimal } from "../formula/decimals.ts";
import type { FactTable } from "../history/history.ts";
import { readDate } from "../statistic/fieldReader.ts";
import { earlier, type RuleEvaluator } from "./asking.ts";
import { newestRow, nextRowAt } from "./newestRow.ts";
import { currencyDecimals, valueText } from "./valueText.ts";

const types = ["tag-assigned"] as const;

/** The newest assignment that has not expired; one that takes the value away makes it missing. */
export function manualEvaluator(code: TagCode, type: ValueType): RuleEvaluator {
  const ofTag = (table: FactTable, row: number): boolean => table.value(row, "tag") === code;
  return ({ subject: { history }, at, known, collector }) => {
    const inForce = (table: FactTable, row: number): boolean => {
      const expiry = expiryOf(table, row);
      return ofTag(table, row) && (expiry === null || at < expiry);
    };
    const next = nextRowAt(history, types, at, known, ofTag);
    const found = newestRow(history, types, at, known, inForce);
    if (found === null) return { value: null, validUntil: next };
    const { table, row } = found;
    const expiry = expiryOf(table, row);
    const value = assignedValue(table.value(row, "value") ?? null, type);
    if (collector !== null) {
      collector.positions.push(table.position(row));
      collector.arithmetic.push(`set on ${formatInstant(table.occurredAt(row))} to ${valueText(value, type)}`);
      collector.details.expiresAt = expiry === null ? null : formatInstant(expiry);
    }
    return { value, validUntil: earlier(next, expiry) };
  };
}

function expiryOf(table: FactTable, row: number): Instant | null {
  const text = table.value(row, "expiresAt");
  return typeof text === "string" ? parseInstant(text) : null;
}

/** An assigned value is stored in the type's outside form: decimal text, RFC 3339 or a day, the JSON text of a list. */
function assignedValue(raw: JsonScalar, type: ValueType): TagValue {
  if (raw === null) return null;
  switch (type.kind) {
    case "boolean":
      return typeof raw === "boolean" ? raw : null;
    case "enumeration":
      return typeof raw === "string" && type.values.includes(raw) ? raw : null;
    case "text":
      return String(raw);
    case "number":
      return readDecimal(raw, type.decimals);
    case "money":
      return parseMinorUnits(String(raw), currencyDecimals(type.currency));
    case "date":
      return typeof raw === "string" ? readDate(raw, type.zone) : null;
    case "set":
      return [...new Set((JSON.parse(String(raw)) as JsonScalar[]).map(String))].sort();
  }
}
