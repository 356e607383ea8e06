import type { Money } from "../../money.ts";
import type { RuleReading } from "../../segment/parse/ruleReading.ts";
import { readAmount, readScaled } from "../../tag/parse/literal.ts";
import {
  fault,
  isThere,
  member,
  quoted,
  type Reading,
  readCurrency,
  readList,
  readMembers,
  readText,
  type Spot,
} from "../../tag/parse/reading.ts";
import { parseTimeOfDay } from "../timeOfDay.ts";
import { buckets, longestName } from "./limits.ts";

/** Who and what a definition is: the same in campaigns, policies and offers. */
export function readHead<Id extends string>(
  reading: Reading,
  spot: Spot,
  parse: (raw: string) => Id | null,
): { readonly id: Id; readonly name: string; readonly owner: string; readonly description: string } | null {
  const id = readId(reading, member(spot, "id"), parse);
  const name = readText(reading, member(spot, "name"), 200);
  const owner = readText(reading, member(spot, "owner"), 200);
  const description = readText(reading, member(spot, "description"), 4000, true);
  return id === null || name === null || owner === null || description === null
    ? null
    : { id, name, owner, description };
}

export function readId<Id extends string>(reading: Reading, spot: Spot, parse: (raw: string) => Id | null): Id | null {
  const raw = readText(reading, spot, 200);
  const id = raw === null ? null : parse(raw);
  if (raw === null || id !== null) return id;
  const message = `expected lower-case words joined by hyphens, at most 64 characters; got ${quoted(raw)}`;
  return fault(reading, spot.path, "malformed", message);
}

/** Hundredths of a percent, exactly: "12.50" is 1,250. */
export function readPercent(reading: Reading, spot: Spot, zero: "zero allowed" | "above zero"): number | null {
  const hundredths = readScaled(reading, spot, 2, "a percentage (one of 10,000)");
  if (hundredths === null) return null;
  const least = zero === "zero allowed" ? 0 : 1;
  if (hundredths >= least && hundredths <= buckets) return hundredths;
  const range = zero === "zero allowed" ? "0 to 100" : "more than 0 and at most 100";
  return fault(reading, spot.path, "out-of-range", `expected ${range} percent`);
}

export function readSumOfMoney(reading: Reading, spot: Spot, zero: "zero allowed" | "above zero"): Money | null {
  if (!readMembers(reading, spot, ["amount", "currency"], "an amount of money")) return null;
  const currency = readCurrency(reading, member(spot, "currency"));
  const amountSpot = member(spot, "amount");
  const minorUnits = currency === null ? null : readAmount(reading, amountSpot, currency);
  if (currency === null || minorUnits === null) return null;
  if (minorUnits > 0 || (minorUnits === 0 && zero === "zero allowed")) return { minorUnits, currency };
  const range = zero === "zero allowed" ? "zero or more" : "more than zero";
  return fault(reading, amountSpot.path, "out-of-range", `expected ${range}`);
}

/** Minutes after midnight. */
export function readTimeOfDay(reading: Reading, spot: Spot): number | null {
  const text = readText(reading, spot, 20);
  const minutes = text === null ? null : parseTimeOfDay(text);
  if (text === null || minutes !== null) return minutes;
  return fault(reading, spot.path, "malformed", `expected a time of day from 00:00 to 23:59; got ${quoted(text)}`);
}

/** The name of a profile attribute that holds a zone; any may, since sources send attributes under names of their own. */
export function readZoneAttribute(reading: Reading, spot: Spot): string | null {
  const name = readText(reading, spot, longestName);
  if (name === null) return null;
  if (reading.fields.find("customer-attributes-changed", `attributes.${name}`)?.kind !== "unknown") return name;
  return fault(reading, spot.path, "malformed", "expected a letter, then letters, digits, _ . or -");
}

export const readName = (reading: Reading, spot: Spot): string | null => readText(reading, spot, longestName);

/** Lists of names, each once; without a list, none. */
export function readNames(reading: Reading, spot: Spot, most: number): readonly string[] | null {
  if (!isThere(spot)) return [];
  const names = readShortList(reading, spot, { fewest: 0, most }, item => readName(reading, item));
  return names !== null && isWithoutRepeats(reading, spot, names) ? names : null;
}

/** A list with fewer entries than any list may have. */
export function readShortList<Item>(
  reading: Reading,
  spot: Spot,
  { fewest, most }: { readonly fewest: number; readonly most: number },
  readItem: (item: Spot) => Item | null,
): Item[] | null {
  const { value, path } = spot;
  if (Array.isArray(value) && value.length > most)
    return fault(reading, path, "too-many", `has ${value.length} entries; at most ${most} are possible`);
  return readList(reading, spot, fewest, readItem);
}

/** Notes a fault at each entry that says again what one before it said. `member`: the one that says it, in entries that are objects. */
export function isWithoutRepeats(reading: Reading, { path }: Spot, names: readonly string[], member = ""): boolean {
  const repeated = names.flatMap((name, index) => (names.indexOf(name) < index ? [{ name, index }] : []));
  for (const { name, index } of repeated) {
    const at = `${path}[${index}]${member === "" ? "" : `.${member}`}`;
    fault(reading, at, "repeated", `${quoted(name)} is there twice: each needs a name of its own`);
  }
  return repeated.length === 0;
}

/** For a member that has no use beside what else is said. Notes a fault where it is there. */
export function refuseMember(reading: Reading, spot: Spot, why: string): void {
  if (isThere(spot)) fault(reading, spot.path, "not-allowed", why);
}

/** A part that may be left out; undefined where it cannot be read. */
export function readOptional<Part>(
  reading: RuleReading,
  spot: Spot,
  read: (reading: RuleReading, spot: Spot) => Part | null,
): Part | null | undefined {
  return isThere(spot) ? (read(reading, spot) ?? undefined) : null;
}

/** Decisions are made of facts, not the other way round: a trigger or a KPI of them could go on for ever. */
export function noDecisions(reading: Reading, { value, path }: Spot): void {
  if (!Array.isArray(value) || !reading.fields.types.includes(decided)) return;
  value.forEach((type, index) => {
    if (type === decided)
      fault(reading, `${path}[${index}]`, "not-allowed", "what is decided here is no fact to ask for");
  });
}
const decided = "campaign-decided";
