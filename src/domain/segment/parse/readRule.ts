import { fault, readChoice, readList, type Spot } from "../../tag/parse/reading.ts";
import type { Rule } from "../rule.ts";
import { readDid, readFirst, readRegularly, readRestarted, readStopped } from "./eventLeaves.ts";
import { deepestRule, mostRuleNodes } from "./limits.ts";
import { readRelation, whyNotRelated } from "./relation.ts";
import type { Place, RuleReading } from "./ruleReading.ts";
import { readSequence } from "./sequence.ts";
import { readAttributeLeaf, readMeasureLeaf, readTagLeaf } from "./valueLeaves.ts";
import { readListLeaf, readSample, readSegmentId, readSnapshot, readTop } from "./wholeLeaves.ts";

const choices = [
  ...(["all", "any", "not", "tag", "attribute", "measure", "did", "didNot", "first", "regularly", "stopped"] as const),
  ...(["restarted", "sequence", "relation", "segment", "list", "snapshot", "sample", "top"] as const),
] as const;

/** One node of a rule and all below it. */
export function readRule(reading: RuleReading, spot: Spot, place: Place): Rule | null {
  if (isBeyondLimits(reading, spot, place)) return null;
  const choice = readChoice(reading, spot, choices, "a rule");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  const why = place.related ? whyNotRelated(name) : null;
  if (why !== null) return fault(reading, inner.path, "not-allowed", why);
  const below: Place = { ...place, depth: place.depth + 1 };
  switch (name) {
    case "all":
    case "any": {
      const of = readList(reading, inner, 1, item => readRule(reading, item, below));
      return of === null ? null : { kind: name, of };
    }
    case "not": {
      const of = readRule(reading, inner, below);
      return of === null ? null : { kind: "not", of };
    }
    case "tag":
      return readTagLeaf(reading, inner, place);
    case "attribute":
      return readAttributeLeaf(reading, inner, place);
    case "measure":
      return readMeasureLeaf(reading, inner, place);
    case "did":
    case "didNot":
      return readDid(reading, inner, name);
    case "first":
      return readFirst(reading, inner);
    case "regularly":
      return readRegularly(reading, inner);
    case "stopped":
      return readStopped(reading, inner);
    case "restarted":
      return readRestarted(reading, inner);
    case "sequence":
      return readSequence(reading, inner);
    case "relation":
      return readRelation(reading, inner, place, (at, within) => readRule(reading, at, within));
    case "segment": {
      const id = readSegmentId(reading, inner);
      return id === null ? null : { kind: "segment", id };
    }
    case "list":
      return readListLeaf(reading, inner, place);
    case "snapshot":
      return readSnapshot(reading, inner);
    case "sample":
      return readSample(reading, inner);
    case "top":
      return readTop(reading, inner, place);
  }
}

/** Past the limit nothing more is read, and that is told once. */
function isBeyondLimits(reading: RuleReading, { path }: Spot, { depth }: Place): boolean {
  reading.met.nodes += 1;
  if (reading.met.nodes > mostRuleNodes) {
    if (reading.met.nodes === mostRuleNodes + 1)
      fault(
        reading,
        path,
        "too-large",
        `is past the ${mostRuleNodes} parts that a rule may have: split it into segments`,
      );
    return true;
  }
  if (depth <= deepestRule) return false;
  fault(reading, path, "too-deep", `nests deeper than ${deepestRule} levels: flatten it, or split it into segments`);
  return true;
}
