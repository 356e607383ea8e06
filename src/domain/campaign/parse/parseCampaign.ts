import type { Fault } from "../../fault.ts";
import { accept, type Result, refuse } from "../../result.ts";
import { largestJson, tooLargeMessage } from "../../segment/parse/parseRule.ts";
import { readRule } from "../../segment/parse/readRule.ts";
import { type RuleReading, type RuleSurroundings, startReading } from "../../segment/parse/ruleReading.ts";
import { readSegmentId } from "../../segment/parse/wholeLeaves.ts";
import type { Rule } from "../../segment/rule.ts";
import { boundedFaults } from "../../tag/parse/boundedFaults.ts";
import { fault, isThere, member, readMembers, readZone, type Spot } from "../../tag/parse/reading.ts";
import { isTooLarge } from "../../tag/parse/tooLarge.ts";
import { readDuration } from "../../tag/parse/window.ts";
import { type CampaignDefinition, CampaignId } from "../campaign.ts";
import { OfferId } from "../offer.ts";
import { PolicyId } from "../policy.ts";
import { mostBreakdowns, mostKpis, mostOffers } from "./limits.ts";
import { readAssignment } from "./readAssignment.ts";
import { readKpi } from "./readKpi.ts";
import {
  isWithoutRepeats,
  readHead,
  readId,
  readName,
  readOptional,
  readPercent,
  readShortList,
  refuseMember,
} from "./readParts.ts";
import { checkCosts, readBudget, readChannels } from "./readSpending.ts";
import { readStart } from "./readStart.ts";

const members = [
  ...(["id", "name", "owner", "description", "purpose", "audience", "start", "policy", "channels"] as const),
  ...(["assignment", "offers", "exploration", "budget", "kpis", "outcomeWindow", "breakdown", "zone"] as const),
] as const;
type Member = (typeof members)[number];

export const defaultOutcomeWindow = 14 * 86_400_000;

/**
 * Reads a campaign in its outside form, whatever it may be, and checks it against the fact schemas and the tags; segments, policies
 * and offers are looked at by `checkCampaign`. Refuses with everything wrong with it at once, each with its path; never throws for bad input.
 */
export function parseCampaign(
  json: unknown,
  surroundings: RuleSurroundings,
): Result<CampaignDefinition, readonly Fault[]> {
  const reading = startReading(surroundings);
  const spot: Spot = { value: json, path: "" };
  if (isTooLarge(json, largestJson)) fault(reading, "", "too-large", tooLargeMessage);
  else if (readMembers(reading, spot, members, "a campaign")) {
    const campaign = readCampaign(reading, name => member(spot, name), spot);
    if (campaign !== null && reading.faults.length === 0) return accept(campaign);
  }
  return refuse(boundedFaults(reading.faults));
}

function readCampaign(reading: RuleReading, at: (name: Member) => Spot, spot: Spot): CampaignDefinition | null {
  const head = readHead(reading, spot, CampaignId.parse);
  const purpose = readName(reading, at("purpose"));
  const zone = readZone(reading, at("zone"));
  // Days in a zone that is none are looked at all the same: only their instants are not known.
  const start = readStart(reading, at("start"), zone ?? "UTC");
  const outside = start?.kind === "outside";
  const audience = outside && !isThere(at("audience")) ? everybody : readAudience(reading, at("audience"));
  const policy = readOptional(reading, at("policy"), (within, inner) => readId(within, inner, PolicyId.parse));
  const channels = readChannels(reading, at("channels"), outside ? 0 : 1);
  const budget = readOptional(reading, at("budget"), readBudget);
  if (channels !== null && budget !== undefined) checkCosts(reading, at("channels"), channels, budget);
  const assignment = readAssignment(reading, at("assignment"), head?.id ?? "");
  const offers = readIds(reading, at("offers"), mostOffers, OfferId.parse);
  const exploration = readExploration(reading, at("exploration"), offers);
  const kpis = readShortList(reading, at("kpis"), { fewest: 1, most: mostKpis }, item => readKpi(reading, item));
  const codes = (kpis ?? []).map(({ code }) => code);
  isWithoutRepeats(reading, at("kpis"), codes, "code");
  const windowSpot = at("outcomeWindow");
  const outcomeWindow = isThere(windowSpot) ? readDuration(reading, windowSpot) : defaultOutcomeWindow;
  const breakdownSpot = at("breakdown");
  const breakdown = isThere(breakdownSpot)
    ? readShortList(reading, breakdownSpot, { fewest: 0, most: mostBreakdowns }, item => readSegmentId(reading, item))
    : [];
  isWithoutRepeats(reading, breakdownSpot, breakdown ?? []);
  if (outside)
    for (const name of ["policy", "offers", "exploration", "budget"] as const)
      refuseMember(reading, at(name), "is for campaigns that are decided here; this one is run outside");
  if (head === null || purpose === null || audience === null || start === null || zone === null) return null;
  if (policy === undefined || channels === null || budget === undefined || assignment === null) return null;
  if (offers === null || exploration === null || kpis === null || outcomeWindow === null || breakdown === null)
    return null;
  return {
    ...{ ...head, purpose, audience, start, policy, channels, assignment, offers, exploration, budget, kpis },
    ...{ outcomeWindow, breakdown, zone },
  };
}

const everybody: Rule = { kind: "all", of: [] };

const readAudience = (reading: RuleReading, spot: Spot): Rule | null =>
  readRule(reading, spot, { depth: 1, related: false });

function readIds<Id extends string>(
  reading: RuleReading,
  spot: Spot,
  most: number,
  parse: (raw: string) => Id | null,
): readonly Id[] | null {
  if (!isThere(spot)) return [];
  const ids = readShortList(reading, spot, { fewest: 0, most }, item => readId(reading, item, parse));
  return ids !== null && isWithoutRepeats(reading, spot, ids) ? ids : null;
}

function readExploration(reading: RuleReading, spot: Spot, offers: readonly OfferId[] | null): number | null {
  if (!isThere(spot)) return 0;
  if (offers?.length !== 0) return readPercent(reading, spot, "zero allowed");
  return fault(reading, spot.path, "not-allowed", "there are no offers to explore");
}
