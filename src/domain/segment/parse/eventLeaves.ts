import { readFacts, readKinds } from "../../tag/parse/facts.ts";
import { isThere, member, readMembers, readWhole, readWord, readZone, type Spot } from "../../tag/parse/reading.ts";
import { readDuration } from "../../tag/parse/window.ts";
import type { EventLeaf, Facts } from "../rule.ts";
import { mostPeriods, mostTimes } from "./limits.ts";
import type { RuleReading } from "./ruleReading.ts";

/** `times`: at least so many; `didNot`: fewer. */
export function readDid(reading: RuleReading, spot: Spot, kind: "did" | "didNot"): EventLeaf | null {
  const read = readFacts(reading, spot, ["times"]);
  if (read === null) return null;
  const times = readTimes(reading, spot);
  return read.selection === null || times === null ? null : { kind, facts: read.selection, times };
}

export function readFirst(reading: RuleReading, spot: Spot): EventLeaf | null {
  const facts = readFacts(reading, spot)?.selection ?? null;
  return facts === null ? null : { kind: "first", facts };
}

export function readRegularly(reading: RuleReading, spot: Spot): EventLeaf | null {
  const facts = kindsBeside(reading, spot, ["unit", "zone", "periods", "atLeast"], "what happens regularly");
  if (facts === undefined) return null;
  const unit = readWord(reading, member(spot, "unit"), ["day", "week", "month", "quarter", "year"]);
  const zone = readZone(reading, member(spot, "zone"));
  const periods = readWhole(reading, member(spot, "periods"), 1, mostPeriods);
  const atLeast = readWhole(reading, member(spot, "atLeast"), 1, periods ?? mostPeriods);
  if (facts === null || unit === null || zone === null || periods === null || atLeast === null) return null;
  return { kind: "regularly", facts, unit, zone, periods, atLeast };
}

export function readStopped(reading: RuleReading, spot: Spot): EventLeaf | null {
  const facts = kindsBeside(reading, spot, ["active", "times", "quiet"], "what stopped");
  if (facts === undefined) return null;
  const active = readDuration(reading, member(spot, "active"));
  const times = readTimes(reading, spot);
  const quiet = readDuration(reading, member(spot, "quiet"));
  if (facts === null || active === null || times === null || quiet === null) return null;
  return { kind: "stopped", facts, active, times, quiet };
}

export function readRestarted(reading: RuleReading, spot: Spot): EventLeaf | null {
  const facts = kindsBeside(reading, spot, ["recent", "quiet"], "what restarted");
  if (facts === undefined) return null;
  const recent = readDuration(reading, member(spot, "recent"));
  const quiet = readDuration(reading, member(spot, "quiet"));
  return facts === null || recent === null || quiet === null ? null : { kind: "restarted", facts, recent, quiet };
}

/** Undefined where there is no object to look into. */
const kindsBeside = (
  reading: RuleReading,
  spot: Spot,
  beside: readonly string[],
  what: string,
): Facts | null | undefined =>
  readMembers(reading, spot, ["types", "where", ...beside], what) ? readKinds(reading, spot).kinds : undefined;

function readTimes(reading: RuleReading, spot: Spot): number | null {
  const times = member(spot, "times");
  return isThere(times) ? readWhole(reading, times, 1, mostTimes) : 1;
}
