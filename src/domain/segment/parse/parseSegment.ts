import type { Fault } from "../../fault.ts";
import { accept, type Result, refuse } from "../../result.ts";
import { boundedFaults } from "../../tag/parse/boundedFaults.ts";
import { fault, member, readMembers, readText, type Spot } from "../../tag/parse/reading.ts";
import { isTooLarge } from "../../tag/parse/tooLarge.ts";
import type { SegmentDefinition } from "../segment.ts";
import { largestJson, tooLargeMessage } from "./parseRule.ts";
import { readRule } from "./readRule.ts";
import { type RuleSurroundings, startReading } from "./ruleReading.ts";
import { readSegmentId } from "./wholeLeaves.ts";

const members = ["id", "name", "owner", "description", "rule"] as const;

/**
 * Reads a segment in its outside form, whatever it may be, and checks it against the fact schemas and the tags; other segments
 * are looked at by `checkSegment`. Refuses with everything wrong with it at once, each with its path; never throws for bad input.
 */
export function parseSegment(
  json: unknown,
  surroundings: RuleSurroundings,
): Result<SegmentDefinition, readonly Fault[]> {
  const reading = startReading(surroundings);
  const { faults } = reading;
  const spot: Spot = { value: json, path: "" };
  if (isTooLarge(json, largestJson)) {
    fault(reading, "", "too-large", tooLargeMessage);
    return refuse(faults);
  }
  if (!readMembers(reading, spot, members, "a segment")) return refuse(faults);
  const at = (name: (typeof members)[number]): Spot => member(spot, name);
  const id = readSegmentId(reading, at("id"));
  const name = readText(reading, at("name"), 200);
  const owner = readText(reading, at("owner"), 200);
  const description = readText(reading, at("description"), 4000, true);
  const rule = readRule(reading, at("rule"), { depth: 1, related: false });
  if (id === null || name === null || owner === null || description === null || rule === null || faults.length > 0)
    return refuse(boundedFaults(faults));
  return accept({ id, name, owner, description, rule });
}
