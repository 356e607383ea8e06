import type { TagCode } from "../definition.ts";
import type { TagRule } from "../rule.ts";
import type { TagValue, ValueType } from "../tagValue.ts";
import { readAttribute } from "./attribute.ts";
import { readExpression, readTagCode } from "./expression.ts";
import { readFacts } from "./facts.ts";
import { mostDecimals } from "./form.ts";
import { readTagValue } from "./literal.ts";
import { readMeasure } from "./measure.ts";
import {
  fault,
  isThere,
  member,
  type Reading,
  readBoolean,
  readChoice,
  readList,
  readMembers,
  readText,
  readTrue,
  readWhole,
  readWord,
  type Spot,
} from "./reading.ts";

const kinds = [
  "attribute",
  "statistic",
  "formula",
  "tiers",
  "relation",
  "manual",
  "rfm",
  "score",
  "lookAlike",
] as const;
const longestName = 100;
const mostFeatures = 50;

export function readRule(reading: Reading, spot: Spot): TagRule | null {
  const choice = readChoice(reading, spot, kinds, "a rule");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  switch (name) {
    case "attribute": {
      const source = readAttribute(reading, inner);
      return source === null ? null : { kind: "attribute", source };
    }
    case "statistic": {
      if (!readMembers(reading, inner, ["measure", "facts"], "a statistic")) return null;
      const facts = readFacts(reading, member(inner, "facts"));
      const measure = readMeasure(reading, member(inner, "measure"), facts?.types ?? []);
      return facts?.selection == null || measure === null
        ? null
        : { kind: "statistic", measure, facts: facts.selection };
    }
    case "formula": {
      const expression = readExpression(reading, inner);
      return expression === null ? null : { kind: "formula", expression };
    }
    case "tiers":
      return readTiers(reading, inner);
    case "relation":
      return readRelation(reading, inner);
    case "manual":
      return readTrue(reading, inner) && { kind: "manual" };
    case "rfm":
      return readRfm(reading, inner);
    case "score":
      return readScore(reading, inner);
    case "lookAlike": {
      if (!readMembers(reading, inner, ["seed", "features"], "a look-alike")) return null;
      needType(reading, inner, "lookAlike", ["number"]);
      const seed = readTagCode(reading, member(inner, "seed"));
      const at = member(inner, "features");
      const features = readList(reading, at, 1, item => readTagCode(reading, item));
      if (features !== null && features.length > mostFeatures)
        return fault(reading, at.path, "too-many", `at most ${mostFeatures} features are possible`);
      return seed === null || features === null ? null : { kind: "lookAlike", seed, features };
    }
  }
}

function needType(reading: Reading, { path }: Spot, what: string, kinds: readonly ValueType["kind"][]): void {
  const { type } = reading;
  if (type !== null && !kinds.includes(type.kind))
    fault(reading, path, "type-mismatch", `${what} gives ${kinds.join(" or ")}; the tag's type is ${type.kind}`);
}

function readTiers(reading: Reading, spot: Spot): TagRule | null {
  if (!readMembers(reading, spot, ["tiers", "otherwise"], "tiers")) return null;
  const { type } = reading;
  const readValue = (at: Spot): Exclude<TagValue, null> | null =>
    type === null ? null : readTagValue(reading, at, type);
  const tiers = readList(reading, member(spot, "tiers"), 1, item => {
    if (!readMembers(reading, item, ["value", "when"], "a tier")) return null;
    const value = readValue(member(item, "value"));
    const when = readExpression(reading, member(item, "when"));
    return value === null || when === null ? null : { value, when };
  });
  const otherwiseSpot = member(spot, "otherwise");
  const otherwise = isThere(otherwiseSpot) ? readValue(otherwiseSpot) : undefined;
  return tiers === null || otherwise === null ? null : { kind: "tiers", tiers, otherwise: otherwise ?? null };
}

function readRelation(reading: Reading, spot: Spot): TagRule | null {
  const known = ["kinds", "direction", "measure", "of", "includeSelf"];
  if (!readMembers(reading, spot, known, "a relation")) return null;
  const kinds = readList(reading, member(spot, "kinds"), 1, item => readText(reading, item, longestName));
  const directionSpot = member(spot, "direction");
  const direction = isThere(directionSpot)
    ? readWord(reading, directionSpot, ["outgoing", "incoming", "both"])
    : "both";
  const measure = readWord(reading, member(spot, "measure"), ["any", "all", "count", "sum"]);
  const ofSpot = member(spot, "of");
  const of: TagCode | null | undefined = isThere(ofSpot) ? readTagCode(reading, ofSpot) : undefined;
  const selfSpot = member(spot, "includeSelf");
  const includeSelf = isThere(selfSpot) ? readBoolean(reading, selfSpot) : false;
  if (measure !== null) {
    const gives: readonly ValueType["kind"][] =
      measure === "sum" ? ["number", "money"] : measure === "count" ? ["number"] : ["boolean"];
    needType(reading, member(spot, "measure"), measure, gives);
    if (of === undefined && measure !== "count")
      fault(reading, ofSpot.path, "missing", `is needed: the tag of the related customers that ${measure} looks at`);
    if (measure === "count" && reading.type?.kind === "number" && reading.type.decimals !== 0)
      fault(reading, "type.number.decimals", "type-mismatch", "count gives whole numbers; it has no use for decimals");
  }
  if (kinds === null || direction === null || measure === null || of === null || includeSelf === null) return null;
  return { kind: "relation", kinds, direction, measure, of: of ?? null, includeSelf };
}

function readRfm(reading: Reading, spot: Spot): TagRule | null {
  const known = ["output", "recency", "frequency", "monetary", "groups", "tieSystem"];
  if (!readMembers(reading, spot, known, "an RFM score")) return null;
  const output = readWord(reading, member(spot, "output"), ["recency", "frequency", "monetary", "cell"]);
  const [recency, frequency, monetary] = ["recency", "frequency", "monetary"].map(name =>
    readTagCode(reading, member(spot, name)),
  ) as [TagCode | null, TagCode | null, TagCode | null];
  const groupsSpot = member(spot, "groups");
  const groups = isThere(groupsSpot) ? readWhole(reading, groupsSpot, 2, 9) : 5;
  const tieSpot = member(spot, "tieSystem");
  const tieSystem = isThere(tieSpot) ? readText(reading, tieSpot, 64) : undefined;
  if (output !== null) needType(reading, member(spot, "output"), output, output === "cell" ? ["text"] : ["number"]);
  if (output !== "cell" && reading.type?.kind === "number" && reading.type.decimals !== 0)
    fault(reading, "type.number.decimals", "type-mismatch", "groups are whole numbers; they have no use for decimals");
  if (output === null || recency === null || frequency === null || monetary === null) return null;
  if (groups === null || tieSystem === null) return null;
  return { kind: "rfm", output, recency, frequency, monetary, groups, tieSystem: tieSystem ?? null };
}

function readScore(reading: Reading, spot: Spot): TagRule | null {
  if (!readMembers(reading, spot, ["model", "decimals"], "a score")) return null;
  needType(reading, spot, "score", ["number"]);
  const model = readText(reading, member(spot, "model"), longestName);
  const decimalsSpot = member(spot, "decimals");
  const { type } = reading;
  const own = type?.kind === "number" ? type.decimals : 0;
  const decimals = isThere(decimalsSpot) ? readWhole(reading, decimalsSpot, 0, mostDecimals) : own;
  if (decimals !== null && type?.kind === "number" && decimals !== own)
    fault(reading, decimalsSpot.path, "type-mismatch", `are ${decimals}; the tag's type has ${own}`);
  return model === null || decimals === null ? null : { kind: "score", model, decimals };
}
