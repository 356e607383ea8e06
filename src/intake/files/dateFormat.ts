/** A wall-clock reading without a zone. */
export type LocalDateTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Milliseconds since local midnight, were the day 24 hours long. */
  readonly timeOfDay: number;
};

type Field = "year" | "month" | "day" | "hour" | "minute" | "second" | "millisecond";
type Token = { readonly pattern: string; readonly field: Field };

const tokens: Readonly<Record<string, Token>> = {
  yyyy: { pattern: "(\\d{4})", field: "year" },
  yy: { pattern: "(\\d{2})", field: "year" },
  MMM: { pattern: "([A-Za-z]{3})", field: "month" },
  MM: { pattern: "(\\d{2})", field: "month" },
  M: { pattern: "(\\d{1,2})", field: "month" },
  dd: { pattern: "(\\d{2})", field: "day" },
  d: { pattern: "(\\d{1,2})", field: "day" },
  HH: { pattern: "(\\d{2})", field: "hour" },
  H: { pattern: "(\\d{1,2})", field: "hour" },
  mm: { pattern: "(\\d{2})", field: "minute" },
  ss: { pattern: "(\\d{2})", field: "second" },
  SSS: { pattern: "(\\d{3})", field: "millisecond" },
};
const tokenPattern = /yyyy|yy|MMM|MM|M|dd|d|HH|H|mm|ss|SSS|[A-Za-z]|[^A-Za-z]/g;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Fields that a format speaks of, or the reason why it is no format. */
export function fieldsOfFormat(format: string): ReadonlySet<Field> | string {
  const fields = new Set<Field>();
  for (const part of format.match(tokenPattern) ?? []) {
    const token = tokens[part];
    if (token === undefined && /[A-Za-z]/.test(part) && part !== "T") return `"${part}" means nothing in a date format`;
    if (token === undefined) continue;
    if (fields.has(token.field)) return `names the ${token.field} twice`;
    fields.add(token.field);
  }
  return fields;
}

/**
 * A reader for texts of one format (yyyy yy MMM MM M dd d HH H mm ss SSS; MMM in English; all else literal). A date that
 * does not exist gives null. A field the format lacks is 1 for dates and 0 for times. A two-digit year lies in the
 * hundred years from `twoDigitYearsFrom`.
 */
export function dateReader(format: string, twoDigitYearsFrom = 2000): (text: string) => LocalDateTime | null {
  const parts: readonly string[] = format.match(tokenPattern) ?? [];
  const fields = parts.flatMap(part => tokens[part]?.field ?? []);
  const pattern = new RegExp(
    `^${parts.map(part => tokens[part]?.pattern ?? part.replace(/[.*+?^${}()|[\]\\]/, "\\$&")).join("")}$`,
  );
  const twoDigits = parts.includes("yy");
  const monthNames = parts.includes("MMM");
  return text => {
    const match = pattern.exec(text);
    if (match === null) return null;
    const found: Record<Field, number> = { year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
    for (const [index, field] of fields.entries()) {
      const part = match[index + 1]!;
      found[field] = monthNames && field === "month" ? months.indexOf(part.toLowerCase()) + 1 : +part;
    }
    const { month, day, hour, minute, second, millisecond } = found;
    const year = twoDigits ? yearFrom(found.year, twoDigitYearsFrom) : found.year;
    if (hour > 23 || minute > 59 || second > 59 || !dateExists(year, month, day)) return null;
    return { year, month, day, timeOfDay: ((hour * 60 + minute) * 60 + second) * 1000 + millisecond };
  };
}

const yearFrom = (twoDigits: number, first: number): number => first + ((((twoDigits - first) % 100) + 100) % 100);

function dateExists(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day;
}

/** Calendar date as `YYYY-MM-DD`. */
export const formatDate = ({ year, month, day }: LocalDateTime): string =>
  `${String(year).padStart(4, "0")}-${month < 10 ? "0" : ""}${month}-${day < 10 ? "0" : ""}${day}`;
