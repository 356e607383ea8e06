import type { Fault } from "../../fault.ts";
import { accept, type Result, refuse } from "../../result.ts";
import { largestJson, tooLargeMessage } from "../../segment/parse/parseRule.ts";
import { readRule } from "../../segment/parse/readRule.ts";
import { type RuleReading, type RuleSurroundings, startReading } from "../../segment/parse/ruleReading.ts";
import { boundedFaults } from "../../tag/parse/boundedFaults.ts";
import {
  fault,
  isThere,
  member,
  type Reading,
  readMembers,
  readText,
  readWhole,
  readWord,
  readZone,
  type Spot,
} from "../../tag/parse/reading.ts";
import { isTooLarge } from "../../tag/parse/tooLarge.ts";
import { readDuration } from "../../tag/parse/window.ts";
import { type Cap, type PolicyDefinition, PolicyId, type QuietHours } from "../policy.ts";
import { longestName, mostCaps, mostInCap, mostNames } from "./limits.ts";
import {
  readHead,
  readNames,
  readOptional,
  readPercent,
  readShortList,
  readTimeOfDay,
  readZoneAttribute,
} from "./readParts.ts";

const members = [
  ...(["id", "name", "owner", "description", "suppression", "holdout", "caps", "quietHours", "exempt"] as const),
] as const;

/**
 * Reads a policy in its outside form, whatever it may be, and checks it against the fact schemas and the tags; segments are looked
 * at by `checkPolicy`. Refuses with everything wrong with it at once, each with its path; never throws for bad input.
 */
export function parsePolicy(json: unknown, surroundings: RuleSurroundings): Result<PolicyDefinition, readonly Fault[]> {
  const reading = startReading(surroundings);
  const spot: Spot = { value: json, path: "" };
  if (isTooLarge(json, largestJson)) fault(reading, "", "too-large", tooLargeMessage);
  else if (readMembers(reading, spot, members, "a policy")) {
    const policy = readPolicy(reading, spot);
    if (policy !== null && reading.faults.length === 0) return accept(policy);
  }
  return refuse(boundedFaults(reading.faults));
}

function readPolicy(reading: RuleReading, spot: Spot): PolicyDefinition | null {
  const at = (name: (typeof members)[number]): Spot => member(spot, name);
  const head = readHead(reading, spot, PolicyId.parse);
  const suppression = readOptional(reading, at("suppression"), (within, inner) =>
    readRule(within, inner, { depth: 1, related: false }),
  );
  const holdout = readOptional(reading, at("holdout"), readHoldout);
  const capsSpot = at("caps");
  const caps = isThere(capsSpot)
    ? readShortList(reading, capsSpot, { fewest: 0, most: mostCaps }, item => readCap(reading, item))
    : [];
  const quietHours = readOptional(reading, at("quietHours"), readQuietHours);
  const exempt = readNames(reading, at("exempt"), mostNames);
  if (head === null || suppression === undefined || holdout === undefined || caps === null) return null;
  if (quietHours === undefined || exempt === null) return null;
  return { ...head, suppression, holdout, caps, quietHours, exempt };
}

function readHoldout(reading: Reading, spot: Spot): PolicyDefinition["holdout"] {
  if (!readMembers(reading, spot, ["salt", "percent"], "a holdout")) return null;
  const salt = readText(reading, member(spot, "salt"), longestName);
  const share = readPercent(reading, member(spot, "percent"), "above zero");
  return salt === null || share === null ? null : { salt, share };
}

function readCap(reading: Reading, spot: Spot): Cap | null {
  if (!readMembers(reading, spot, ["channels", "purposes", "most", "within"], "a cap")) return null;
  const channels = readNames(reading, member(spot, "channels"), mostNames);
  const purposes = readNames(reading, member(spot, "purposes"), mostNames);
  const most = readWhole(reading, member(spot, "most"), 1, mostInCap);
  const within = readDuration(reading, member(spot, "within"));
  return channels === null || purposes === null || most === null || within === null
    ? null
    : { channels, purposes, most, within };
}

function readQuietHours(reading: Reading, spot: Spot): QuietHours | null {
  if (!readMembers(reading, spot, ["from", "to", "zoneAttribute", "zone", "then"], "quiet hours")) return null;
  const from = readTimeOfDay(reading, member(spot, "from"));
  const to = readTimeOfDay(reading, member(spot, "to"));
  const then = readWord(reading, member(spot, "then"), ["hold", "drop"]);
  const [attributeSpot, zoneSpot] = [member(spot, "zoneAttribute"), member(spot, "zone")];
  const zoneAttribute = isThere(attributeSpot) ? readZoneAttribute(reading, attributeSpot) : undefined;
  const zone = isThere(zoneSpot) ? readZone(reading, zoneSpot) : undefined;
  if (!isThere(attributeSpot) && !isThere(zoneSpot))
    return fault(reading, spot.path, "missing", "quiet hours need a zone: zoneAttribute, zone, or both");
  if (from === null || to === null || then === null || zoneAttribute === null || zone === null) return null;
  if (from === to) return fault(reading, spot.path, "empty-window", "`from` and `to` are the same time of day");
  return { from, to, zoneAttribute: zoneAttribute ?? null, zone: zone ?? null, then };
}
