import type { Fault } from "../../fault.ts";
import { accept, type Result, refuse } from "../../result.ts";
import { boundedFaults } from "../../tag/parse/boundedFaults.ts";
import { fault } from "../../tag/parse/reading.ts";
import { isTooLarge, type JsonLimits } from "../../tag/parse/tooLarge.ts";
import type { Rule } from "../rule.ts";
import { readRule } from "./readRule.ts";
import { type RuleSurroundings, startReading } from "./ruleReading.ts";

/** So much that every limit of its own is met first by what comes near it, and that recursion and time are bounded. */
export const largestJson: JsonLimits = { levels: 1_000, parts: 200_000 };
export const tooLargeMessage = `is nested deeper than ${largestJson.levels} levels or has more than ${largestJson.parts} parts`;

/**
 * Reads a rule by itself, as a preview asks for it; `path` is where it stands, for faults. Refuses with everything wrong
 * with it at once; never throws for bad input. Segments that it names are looked at by `checkRule`.
 */
export function parseRule(
  json: unknown,
  surroundings: RuleSurroundings,
  path = "rule",
): Result<Rule, readonly Fault[]> {
  const reading = startReading(surroundings);
  if (isTooLarge(json, largestJson)) fault(reading, path, "too-large", tooLargeMessage);
  const spot = { value: json, path };
  const rule = reading.faults.length > 0 ? null : readRule(reading, spot, { depth: 1, related: false });
  return rule === null || reading.faults.length > 0 ? refuse(boundedFaults(reading.faults)) : accept(rule);
}
