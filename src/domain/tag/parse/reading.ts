import type { Fault } from "../../fault.ts";
import type { FactFields } from "../factFields.ts";
import type { Standards } from "../standards.ts";
import type { ValueType } from "../tagValue.ts";

/** What reading a definition takes beside its text, and where everything wrong with it is noted. */
export type Reading = {
  readonly standards: Standards;
  readonly fields: FactFields;
  readonly faults: Fault[];
  /** The type, of a tag or a measure, which literals and fields are read after; null where there is none, or it was unreadable itself. */
  readonly type: ValueType | null;
  /** Where that type is written, for faults; by default "type". */
  readonly typeAt?: string;
};

/** A place in the outside form: `value` as it was found, and its path for faults. Null and undefined both mean "not there". */
export type Spot = { readonly value: unknown; readonly path: string };

export const member = ({ value, path }: Spot, name: string): Spot => ({
  value: Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined,
  path: path === "" ? name : `${path}.${name}`,
});
/** The path of a part of the type. */
export const typePath = ({ typeAt = "type" }: Reading, part: string): string => `${typeAt}.${part}`;
export const isThere = ({ value }: Spot): boolean => value !== undefined && value !== null;

/** Notes a fault; null, so that a reader can return it. */
export function fault({ faults }: Reading, path: string, code: string, message: string): null {
  faults.push({ field: path, code, message });
  return null;
}

export function wrongType(reading: Reading, { value, path }: Spot, expected: string): null {
  if (value === undefined || value === null) return fault(reading, path, "missing", `is needed: ${expected}`);
  const got = Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
  return fault(reading, path, "wrong-type", `expected ${expected}, got ${got}`);
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether this is an object; members with other names than these are faults each. */
export function readMembers(reading: Reading, spot: Spot, known: readonly string[], what: string): boolean {
  const { value, path } = spot;
  if (!isObject(value)) {
    wrongType(reading, spot, `${what}, an object`);
    return false;
  }
  for (const name of Object.keys(value))
    if (!known.includes(name) && isThere(member(spot, name)))
      fault(
        reading,
        path === "" ? clipped(name) : `${path}.${clipped(name)}`,
        "unknown-field",
        `is not known here; known are ${known.join(", ")}`,
      );
  return true;
}

/** The one member that an object of alternatives has, and its name. */
export function readChoice<Name extends string>(
  reading: Reading,
  spot: Spot,
  choices: readonly Name[],
  what: string,
): { readonly name: Name; readonly spot: Spot } | null {
  const { value, path } = spot;
  const options = choices.join(", ");
  if (!isObject(value)) return wrongType(reading, spot, `${what}, an object with one of ${options}`);
  const named = Object.keys(value).filter(name => isThere(member(spot, name)));
  const [name] = named;
  if (name === undefined) return fault(reading, path, "missing", `${what} needs one of ${options}`);
  if (named.length > 1)
    return fault(
      reading,
      path,
      "one-of",
      `${what} takes exactly one of ${options}; got ${named.map(clipped).join(", ")}`,
    );
  if (!choices.includes(name as Name))
    return fault(
      reading,
      `${path}.${clipped(name)}`,
      "unknown-field",
      `is not known here; ${what} is one of ${options}`,
    );
  return { name: name as Name, spot: member(spot, name) };
}

/** For a choice that has no parameters. */
export function readTrue(reading: Reading, spot: Spot): true | null {
  if (spot.value === true) return true;
  return fault(reading, spot.path, "not-allowed", "can only be true");
}

const lineText = /^[^\p{Cc}\p{Cs}]+$/u;
const freeText = /^(?:[^\p{Cc}\p{Cs}]|[\n\t])+$/u;

/** Text with something in it; `free` may have several lines. */
export function readText(reading: Reading, spot: Spot, longest: number, free = false): string | null {
  const { value, path } = spot;
  if (typeof value !== "string") return wrongType(reading, spot, "text");
  if (value.trim() === "") return fault(reading, path, "empty", "must not be empty");
  if (value.length > longest)
    return fault(reading, path, "too-long", `has ${value.length} characters; at most ${longest} are possible`);
  if (!(free ? freeText : lineText).test(value))
    return fault(reading, path, "malformed", "must not hold control characters or broken surrogates");
  return value;
}

export function readWord<Word extends string>(reading: Reading, spot: Spot, words: readonly Word[]): Word | null {
  if (!isThere(spot)) return wrongType(reading, spot, `one of ${words.join(", ")}`);
  if (words.includes(spot.value as Word)) return spot.value as Word;
  return fault(reading, spot.path, "not-allowed", `expected one of ${words.join(", ")}; got ${quoted(spot.value)}`);
}

export function readWhole(reading: Reading, spot: Spot, least: number, most: number): number | null {
  const { value, path } = spot;
  if (typeof value !== "number") return wrongType(reading, spot, `a whole number from ${least} to ${most}`);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return fault(reading, path, "out-of-range", `expected a whole number from ${least} to ${most}; got ${value}`);
}

export function readBoolean(reading: Reading, spot: Spot): boolean | null {
  return typeof spot.value === "boolean" ? spot.value : wrongType(reading, spot, "true or false");
}

/** No list in a definition may be longer. */
export const longestList = 1000;

/** A list of at least `fewest`; null when it, or any entry, cannot be read. */
export function readList<Item>(
  reading: Reading,
  spot: Spot,
  fewest: number,
  readItem: (item: Spot) => Item | null,
): Item[] | null {
  const { value, path } = spot;
  if (!Array.isArray(value)) return wrongType(reading, spot, "a list");
  if (value.length < fewest)
    return fault(reading, path, "too-few", `needs at least ${fewest} ${fewest === 1 ? "entry" : "entries"}`);
  if (value.length > longestList)
    return fault(reading, path, "too-many", `has ${value.length} entries; at most ${longestList} are possible`);
  const items = value.map((entry: unknown, index) => readItem({ value: entry, path: `${path}[${index}]` }));
  return items.includes(null) ? null : (items as Item[]);
}

export function readZone(reading: Reading, spot: Spot): string | null {
  const zone = readText(reading, spot, 64);
  if (zone === null || reading.standards.isZone(zone)) return zone;
  return fault(
    reading,
    spot.path,
    "unknown-zone",
    `expected an IANA time zone such as Europe/Prague; got ${quoted(zone)}`,
  );
}

export function readCurrency(reading: Reading, spot: Spot): string | null {
  const currency = readText(reading, spot, 3);
  if (currency === null || reading.standards.digitsOf(currency) !== undefined) return currency;
  return fault(
    reading,
    spot.path,
    "unknown-currency",
    `expected an ISO 4217 code such as CZK; got ${quoted(currency)}`,
  );
}

const clipped = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}…` : name);
export const quoted = (value: unknown): string => {
  const text = typeof value === "string" ? `"${value}"` : String(JSON.stringify(value));
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
};
