import { formatInstant, type Instant, parseInstant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import type { FieldForm } from "../../../domain/tag/factSelection.ts";
import { InexactFigure } from "../evaluation/inexactFigure.ts";
import { readDecimal } from "../formula/decimals.ts";
import { calendarOf, dayNumber } from "./calendar.ts";

/** Where fields are read from: a table of facts, or the parts of one thing that several facts state. */
export type FieldSource = {
  readonly occurredAt: (row: number) => Instant;
  readonly value: (row: number, field: string) => JsonScalar | undefined;
};

/** Null where the fact has no such field, or one that is not of the form. */
export type FieldReader = (source: FieldSource, row: number) => JsonScalar;

/** Reads a field as scaled integer, minor units, instant, text or boolean, whatever `form` says. */
export function fieldReader(field: string, form: FieldForm): FieldReader {
  if (form.kind === "money") return moneyReader(field, form.currency);
  if (field === "occurredAt") {
    if (form.kind === "date") return (source, row) => source.occurredAt(row);
    const read = scalarReader(form);
    return (source, row) => read(formatInstant(source.occurredAt(row)));
  }
  const read = scalarReader(form);
  return (source, row) => {
    const raw = source.value(row, field);
    return raw === undefined || raw === null ? null : read(raw);
  };
}

function moneyReader(field: string, currency: string): FieldReader {
  const minorUnits = `${field}.minorUnits`;
  const code = `${field}.currency`;
  return (source, row) => {
    if (source.value(row, code) !== currency) return null;
    const amount = source.value(row, minorUnits);
    if (typeof amount !== "number") return null;
    if (!Number.isSafeInteger(amount)) throw new InexactFigure(field, String(amount));
    return amount;
  };
}

/** How one stored value is read in a form. Money is no single value: it reads as nothing. */
export function scalarReader(form: FieldForm): (raw: JsonScalar) => JsonScalar {
  switch (form.kind) {
    case "text":
      return raw => (raw === null ? null : String(raw));
    case "boolean":
      return raw => (typeof raw === "boolean" ? raw : null);
    case "decimal": {
      const { decimals } = form;
      return raw => readDecimal(raw, decimals);
    }
    case "date": {
      const { zone } = form;
      return raw => (typeof raw === "string" ? readDate(raw, zone) : null);
    }
    case "money":
      return () => null;
  }
}

const calendarDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** YYYY-MM-DD as the first instant of that day in the zone, or an RFC 3339 instant; null where it is neither. */
export function readDate(text: string, zone: string): Instant | null {
  const match = calendarDay.exec(text);
  if (match === null) return parseInstant(text);
  if (parseInstant(`${text}T00:00:00Z`) === null) return null;
  const [, year, month, day] = match;
  return calendarOf(zone).startOfDay(dayNumber(Number(year), Number(month), Number(day)));
}
