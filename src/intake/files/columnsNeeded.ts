import { type PlacedValue, valuesIn, valuesOfFact } from "./eachValue.ts";
import { contentMark } from "./factMapper.ts";
import { isCurrency } from "./fieldValue.ts";
import type { FileSpec, LookupSpec } from "./mapping.ts";
import { columnsOfTemplate } from "./textValue.ts";

/** The column that `withoutYear` adds to each row. */
export const yearColumn = "#year";

/** Every column that a file's facts read, in order of mention; optional ones too. */
export function columnsOfFile(file: FileSpec): string[] {
  const columns = new Set<string>();
  if (file.withoutYear !== undefined) columns.add(file.withoutYear.month);
  for (const fact of file.facts) {
    for (const condition of fact.when ?? []) columns.add(condition.column);
    for (const template of [fact.id].flat())
      for (const column of columnsOfTemplate(template.replaceAll(contentMark, ""))) columns.add(column);
    for (const value of valuesOfFact(fact, "")) for (const column of columnsOfValue(value)) columns.add(column);
  }
  columns.delete(yearColumn);
  return [...columns];
}

function columnsOfValue({ value }: PlacedValue): string[] {
  if (typeof value === "string") return [value];
  const own = value.column === undefined ? [] : [value.column];
  const inTemplate = value.template === undefined ? [] : columnsOfTemplate(value.template);
  const { currency } = value;
  const ofCurrency =
    currency === undefined || isCurrency(currency) ? [] : [...valuesIn(currency, "")].flatMap(columnsOfValue);
  return [...own, ...inTemplate, ...ofCurrency];
}

export const columnsOfLookup = ({ key, take, where = [] }: LookupSpec): string[] => [
  ...new Set([key, ...take, ...where.map(condition => condition.column)]),
];
