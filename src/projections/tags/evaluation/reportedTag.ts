import { formatInstant } from "../../../domain/instant.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import { readDecimal, rescale } from "../formula/decimals.ts";
import type { FactTable } from "../history/history.ts";
import type { RuleEvaluator } from "./asking.ts";
import { anyRow, newestRow, nextRowAt } from "./newestRow.ts";
import type { InputOf } from "./relationTag.ts";
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

export const refreshedTable = (code: TagCode | ""): string => `refreshed:${code}`;

/**
 * What the newest refresh up to T found for the customer; missing before the first one. Its `value` is in the tag's own
 * scale; `weights`: what each feature adds to the log-odds of likeness, in millionths. `inputs` were looked at as of the
 * refresh's instant, and as known then.
 */
export function refreshedEvaluator(
  code: TagCode,
  type: ValueType,
  inputs: readonly TagCode[],
  inputOf: InputOf,
): RuleEvaluator {
  const types = [refreshedTable(code)];
  return asking => {
    const { subject, at, known, collector } = asking;
    const { history } = subject;
    const found = newestRow(history, types, at, known, anyRow);
    const value = found === null ? null : (found.table.value(found.row, "value") ?? null);
    if (collector !== null && found !== null) {
      const { table, row } = found;
      const [asOf, position] = [table.occurredAt(row), table.position(row)];
      collector.positions.push(position);
      collector.arithmetic.push(
        `as the refresh of ${formatInstant(asOf)} found it: ${valueText(value as TagValue, type)}`,
      );
      collector.details.refreshedAsOf = formatInstant(asOf);
      const then = { ...asking, at: asOf, known: position };
      for (const input of inputs) collector.inputs.push({ code: input, value: inputOf(input, then).value });
      for (const input of inputs) {
        const weight = table.value(row, `weights.${input}`);
        if (typeof weight === "number")
          collector.arithmetic.push(`${input} adds ${weight / 1_000_000} to the log-odds of likeness`);
      }
    }
    return { value, validUntil: nextRowAt(history, types, at, known, anyRow) };
  };
}
