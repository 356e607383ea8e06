import type { JsonValue } from "../../domain/json.ts";
import { formatMinorUnits, parseMinorUnits } from "../../domain/money.ts";
import { currencyDigits } from "../currencies.ts";
import { listsEmpty } from "./codeTable.ts";
import { dateReader, formatDate } from "./dateFormat.ts";
import { readDecimal, readInteger } from "./decimalText.ts";
import { defaultDateFormat, instantReader } from "./instantValue.ts";
import type { ValueObject, ValueSpec } from "./mapping.ts";
import { noteFault, type Row } from "./row.ts";
import type { Scope } from "./scope.ts";
import { describeValue, type TextReader, textReader } from "./textValue.ts";

/** The value of one field, as it stands in a fact; undefined where the row has none. */
export type FieldReader = (row: Row) => JsonValue | undefined;
type Convert = (text: string, row: Row) => JsonValue | undefined;

/** Turns a value of the mapping language into a reader; `scope` is the file it stands in. */
export function fieldReader(spec: ValueSpec, scope: Scope): FieldReader {
  if (typeof spec === "string") return optional(textReader(spec, scope), text => text);
  if (spec.customer !== undefined)
    return referenceReader(textReader(spec.customer, scope), spec.system ?? scope.customerSystem);
  if (spec.account !== undefined)
    return referenceReader(textReader(spec.account, scope), spec.system ?? scope.accountSystem);
  if (spec.date !== undefined || spec.dateTime !== undefined) return instantReader(spec, scope);
  if (spec.constant !== undefined && spec.as === undefined && spec.codes === undefined) {
    const { constant } = spec;
    return () => constant;
  }
  const convert = conversion(spec, scope);
  if (spec.codes === undefined) return optional(textReader(spec, scope), convert);
  return codedReader(spec, convert, scope);
}

function optional(read: TextReader, convert: Convert): FieldReader {
  return row => {
    const text = read(row);
    return text === "" ? undefined : convert(text, row);
  };
}

function referenceReader(readId: TextReader, system: string): FieldReader {
  return optional(readId, id => ({ system, id }));
}

function codedReader(spec: ValueObject, convert: Convert, scope: Scope): FieldReader {
  const read = textReader(spec, scope);
  const { table, read: readCode } = scope.codes(spec.codes!);
  const knowsEmpty = listsEmpty(table);
  const what = describeValue(spec, scope);
  return row => {
    const text = read(row);
    if (text === "" && !knowsEmpty) return undefined;
    const code = text === "" ? "" : convert(text, row);
    if (code === undefined) return undefined;
    const standard = readCode(String(code));
    return standard ?? noteFault(row, "unknown-code", `${what} is not in the code table ${spec.codes}`);
  };
}

// Faults are kept in the clear, so they name the column and never quote what stands in it.
function conversion(spec: ValueObject, scope: Scope): Convert {
  const what = describeValue(spec, scope);
  switch (spec.as ?? "text") {
    case "text":
      return text => text;
    case "decimal":
      return (text, row) =>
        withSign(readDecimal(text, scope.numbers), spec) ?? badNumber(row, what, "a decimal number");
    case "integer":
      return (text, row) => {
        const integer = readInteger(text, scope.numbers);
        return integer === null ? badNumber(row, what, "a whole number") : spec.abs ? Math.abs(integer) : integer;
      };
    case "sign":
      return (text, row) => {
        const decimal = readDecimal(text, scope.numbers);
        if (decimal === null) return badNumber(row, what, "a decimal number");
        return decimal.startsWith("-") ? "-" : /[1-9]/.test(decimal) ? "+" : "0";
      };
    case "boolean":
      return (text, row) =>
        booleans.get(text.toLowerCase()) ?? noteFault(row, "bad-boolean", `${what} is neither yes nor no`);
    case "date":
      return dateConversion(spec.format ?? defaultDateFormat, what, scope);
    case "money":
      return moneyConversion(spec, what, scope);
  }
}

const booleans = new Map<string, boolean>([
  ...["true", "yes", "y", "t", "1"].map(text => [text, true] as const),
  ...["false", "no", "n", "f", "0"].map(text => [text, false] as const),
]);

const withSign = (decimal: string | null, { abs }: ValueObject): string | null =>
  abs && decimal?.startsWith("-") ? decimal.slice(1) : decimal;

const badNumber = (row: Row, what: string, kind: string): undefined =>
  noteFault(row, "bad-number", `${what} is not ${kind}`);

function dateConversion(format: string, what: string, scope: Scope): Convert {
  const read = dateReader(format, scope.twoDigitYearsFrom);
  return (text, row) => {
    const date = read(text);
    return date === null ? noteFault(row, "bad-date", `${what} is not a date of the form ${format}`) : formatDate(date);
  };
}

/** Always with all the currency's decimals, so that "900.0" and "900.00" of two extracts are one content. */
function moneyConversion(spec: ValueObject, what: string, scope: Scope): Convert {
  const readCurrency: TextReader = spec.currency === undefined ? () => "" : currencyReader(spec.currency, scope);
  return (text, row) => {
    const currency = readCurrency(row) || scope.currency;
    if (currency === null) return noteFault(row, "missing", `the amount in ${what} has no currency`);
    const digits = currencyDigits(currency);
    if (digits === undefined) return noteFault(row, "bad-currency", `the currency of ${what} is not in ISO 4217`);
    const decimal = withSign(readDecimal(text, scope.numbers), spec);
    if (decimal === null) return badNumber(row, what, "an amount");
    const minorUnits = parseMinorUnits(decimal, digits);
    if (minorUnits === null)
      return noteFault(row, "bad-amount", `${what} cannot be kept exactly in ${currency} (${digits} decimals)`);
    return { amount: formatMinorUnits(minorUnits, digits), currency };
  };
}

/** A bare text is the currency itself where ISO 4217 lists it ("EUR"), else the column that holds it ("ccy"). */
export const isCurrency = (spec: ValueSpec): spec is string =>
  typeof spec === "string" && currencyDigits(spec) !== undefined;

const currencyReader = (spec: ValueSpec, scope: Scope): TextReader =>
  isCurrency(spec) ? () => spec : textReader(spec, scope);
