import { formatInstant } from "../../domain/instant.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../domain/tag/tagValue.ts";
import type { RuleEvaluator } from "./asking.ts";
import { readDecimal, rescale } from "./decimals.ts";
import type { FactTable } from "./history.ts";
import { newestRow, nextRowAt } from "./newestRow.ts";
import { decimalsOf, valueText } from "./valueText.ts";

/** The newest score of the model that was reported up to T. */
export function scoreEvaluator(model: string, decimals: number, type: ValueType): RuleEvaluator {
  const ofModel = (table: FactTable, row: number): boolean => table.value(row, "model") === model;
  return ({ subject: { history }, at, known, collector }) => {
    const found = newestRow(history, ["score-reported"], at, known, ofModel);
    const score = found === null ? null : readDecimal(found.table.value(found.row, "score") ?? null, decimals);
    const value = score === null ? null : rescale(score, decimals, decimalsOf(type), `score of ${model}`);
    if (collector !== null && found !== null) {
      const { table, row } = found;
      const reportedAt = formatInstant(table.occurredAt(row));
      collector.positions.push(table.position(row));
      collector.arithmetic.push(`score of ${model} on ${reportedAt} = ${valueText(value, type)}`);
      collector.details.modelVersion = table.value(row, "modelVersion") ?? null;
    }
    return { value, validUntil: nextRowAt(history, ["score-reported"], at, known, ofModel) };
  };
}

export const refreshedTable = (code: TagCode): string => `refreshed:${code}`;

/** What the newest refresh up to T found for the customer; missing before the first one. Its `value` is in the tag's own scale. */
export function refreshedEvaluator(code: TagCode, type: ValueType): RuleEvaluator {
  const types = [refreshedTable(code)];
  return ({ subject: { history }, at, known, collector }) => {
    const found = newestRow(history, types, at, known, () => true);
    const value = found === null ? null : (found.table.value(found.row, "value") ?? null);
    if (collector !== null && found !== null) {
      const asOf = formatInstant(found.table.occurredAt(found.row));
      collector.positions.push(found.table.position(found.row));
      collector.arithmetic.push(`as the refresh of ${asOf} found it: ${valueText(value as TagValue, type)}`);
      collector.details.refreshedAsOf = asOf;
    }
    return { value, validUntil: nextRowAt(history, types, at, known, () => true) };
  };
}
