import {
  fault,
  isThere,
  member,
  readList,
  readMembers,
  readText,
  readWhole,
  readWord,
  type Spot,
} from "../../tag/parse/reading.ts";
import type { Rule } from "../rule.ts";
import { mostTimes } from "./limits.ts";
import type { Place, ReadRule, RuleReading } from "./ruleReading.ts";

type Relation = Extract<Rule, { kind: "relation" }>;

const quantifiers = ["any", "all", "none", "atLeast"] as const;

/** Customers related to this one, and what holds of them. */
export function readRelation(reading: RuleReading, spot: Spot, { depth }: Place, readRule: ReadRule): Rule | null {
  if (!readMembers(reading, spot, ["kinds", "direction", ...quantifiers], "a relation")) return null;
  const kindsSpot = member(spot, "kinds");
  const kinds = readList(reading, kindsSpot, 1, item => readText(reading, item, 100));
  const twice = kinds?.find((kind, index) => kinds.indexOf(kind) < index);
  if (twice !== undefined) fault(reading, kindsSpot.path, "repeated", `names ${twice} twice`);
  const directionSpot = member(spot, "direction");
  const direction = isThere(directionSpot)
    ? readWord(reading, directionSpot, ["outgoing", "incoming", "both"])
    : "both";
  const named = quantifiers.filter(name => isThere(member(spot, name)));
  const [name] = named;
  if (name === undefined || named.length > 1)
    return fault(reading, spot.path, "one-of", `a relation takes exactly one of ${quantifiers.join(", ")}`);
  const inner = member(spot, name);
  let quantifier: Relation["quantifier"] | null = name === "atLeast" ? null : name;
  let whereSpot = inner;
  if (name === "atLeast") {
    if (!readMembers(reading, inner, ["count", "where"], "at least so many")) return null;
    const count = readWhole(reading, member(inner, "count"), 1, mostTimes);
    quantifier = count === null ? null : { atLeast: count };
    whereSpot = member(inner, "where");
  }
  const where = readRule(whereSpot, { depth: depth + 1, related: true });
  if (kinds === null || direction === null || quantifier === null || where === null) return null;
  return { kind: "relation", kinds, direction, quantifier, where };
}

/** Why a kind of node cannot be asked of related customers; null where it can. */
export function whyNotRelated(name: string): string | null {
  switch (name) {
    case "relation":
      return "related customers are looked at one level deep: there is no relation within a relation";
    case "segment":
    case "snapshot":
      return `a ${name} is of the customers themselves; related customers are looked at by their own tags and facts`;
    case "sample":
    case "top":
      return `${name} is drawn from all customers, not from those related to one: put it beside the relation`;
    default:
      return null;
  }
}
