import type { CampaignChannel } from "../campaign/campaign.ts";
import type { OfferId } from "../campaign/offer.ts";
import type { PolicyDefinition } from "../campaign/policy.ts";
import type { Instant } from "../instant.ts";
import { type Assigned, assign, holdoutBucket } from "./assign.ts";
import { budgetAllows } from "./budget.ts";
import { tightestCap } from "./caps.ts";
import type { Gate, GateVerdict } from "./decision.ts";
import type { GateInputs } from "./gateInputs.ts";
import {
  assignedInWords,
  budgetInWords,
  capInWords,
  consentInWords,
  holdoutInWords,
  quietInWords,
  scheduleInWords,
  truthInWords,
} from "./gatesInWords.ts";
import { type QuietStand, quietStand, zoneTaken } from "./quietHours.ts";
import { scheduleStand } from "./schedule.ts";
import { isUnknown } from "./truth.ts";

/** How far a contact came. */
export type Course = {
  readonly outcome: "send" | "skip" | "defer";
  readonly reason: Gate | null;
  readonly assigned: Assigned | null;
  readonly offer: { readonly offerId: OfferId; readonly tier: string | null } | null;
  /** Of a control or a skip the one that would have come first; null for a campaign without channels. */
  readonly channel: CampaignChannel | null;
  readonly zone: string | null;
  readonly until: Instant | null;
};

/**
 * Takes a contact through the gates: suppression, holdout, assignment, control, schedule, eligibility, offer, and then for each channel
 * in order of preference cap, quiet hours, consent and budget. Whom a wave's local time has not reached is deferred until it does, after
 * the assignment, so that every arm is assigned when the wave begins. The first channel that all of them let through is taken. Where there is
 * none, one that only quiet hours hold defers the contact; else it is skipped, for the first thing that stopped the first channel.
 * What is unknown stops.
 *
 * Every gate come to leaves its verdict in `told`; null where nobody asks why. A gate that has nothing to look at (no policy, no cap
 * for the channel, no budget) is not come to.
 */
export function throughGates(asked: GateInputs, told: GateVerdict[] | null): Course {
  const { definition, customerId, at, tooLate } = asked;
  const { purpose } = definition;
  const policy = asked.policy;
  const { suppression = null, holdout = null, quietHours = null } = policy ?? {};
  const exempt = policy?.exempt.includes(purpose) ?? false;
  const zone =
    exempt || quietHours === null
      ? null
      : zoneTaken(quietHours, quietHours.zoneAttribute === null ? null : asked.customersZone(), at, asked.offsets);
  const first = definition.channels[0] ?? null;
  const skip = (reason: Gate, assigned: Assigned | null, offer: Course["offer"]): Course => ({
    outcome: "skip",
    reason,
    assigned,
    offer,
    channel: first,
    zone,
    until: null,
  });

  if (tooLate !== null) {
    told?.push(verdict(tooLate.gate, null, "stop", tooLate.detail));
    return skip(tooLate.gate, null, null);
  }
  if (policy !== null && suppression !== null) {
    const truth = asked.suppression();
    const word = truth === false ? "pass" : isUnknown(truth) ? "unknown" : "stop";
    told?.push(verdict("suppression", null, word, truthInWords(truth, "suppressed", "not suppressed", policy.id)));
    if (truth !== false) return skip("suppression", null, null);
  }
  if (holdout !== null && !exempt) {
    const bucket = holdoutBucket(holdout, customerId);
    const out = bucket < holdout.share;
    told?.push(verdict("holdout", null, out ? "stop" : "pass", holdoutInWords(holdout, bucket)));
    if (out) return skip("holdout", null, null);
  }
  const assigned = assign(definition.assignment, customerId, asked.earlier);
  told?.push(
    verdict("assignment", null, assigned === null ? "stop" : "pass", assignedInWords(definition, customerId, assigned)),
  );
  if (assigned === null) return skip("assignment", null, null);
  if (assigned.control) {
    told?.push(verdict("control", null, "stop", `${assigned.arm} gets nothing, to compare the others with`));
    return skip("control", assigned, null);
  }
  if (asked.schedule !== null) {
    const stand = scheduleStand(asked.schedule, at, asked.offsets);
    told?.push(
      verdict("schedule", null, stand.word, scheduleInWords(asked.schedule.localTime, stand, at, asked.offsets)),
    );
    if (stand.word === "hold")
      return { outcome: "defer", reason: "schedule", assigned, offer: null, channel: first, zone, until: stand.from };
    if (stand.word !== "pass") return skip("schedule", assigned, null);
  }
  if (asked.audience !== null) {
    const truth = asked.audience();
    const word = truth === true ? "pass" : isUnknown(truth) ? "unknown" : "stop";
    told?.push(
      verdict(
        "eligibility",
        null,
        word,
        truthInWords(truth, "in the audience", "no more in the audience", definition.id),
      ),
    );
    if (truth !== true) return skip("eligibility", assigned, null);
  }
  let offer: Course["offer"] = null;
  if (definition.offers.length > 0) {
    const answer = asked.offer();
    const word = answer.kind === "chosen" ? "pass" : answer.kind === "none" ? "stop" : "unknown";
    told?.push(verdict("offer", null, word, answer.detail));
    if (answer.kind !== "chosen") return skip("offer", assigned, null);
    offer = { offerId: answer.offerId, tier: answer.tier };
  }

  const way: Way = { asked, policy: exempt ? null : policy, zone, stand: undefined };
  let firstReason: Gate | null = null;
  let held: CampaignChannel | null = null;
  for (const channel of definition.channels) {
    const stopped = throughChannel(way, channel, told);
    if (stopped === null) return { outcome: "send", reason: null, assigned, offer, channel, zone, until: null };
    if (stopped === "held") held ??= channel;
    else firstReason ??= stopped;
  }
  if (held !== null) {
    const until = way.stand?.until ?? null;
    return { outcome: "defer", reason: "quietHours", assigned, offer, channel: held, zone, until };
  }
  // Without any channel there is none that the customer could have agreed to.
  return skip(firstReason ?? "consent", assigned, offer);
}

/** What the channels of one decision have in common. */
type Way = {
  readonly asked: GateInputs;
  /** Null where its caps and quiet hours do not hold. */
  readonly policy: PolicyDefinition | null;
  readonly zone: string | null;
  /** How the quiet hours stand, once a channel has come to them; null where the zone is unknown. */
  stand: QuietStand | null | undefined;
};

/** The gate that stops a channel, "held" where only the quiet hours stand in its way, null where it may be taken. */
function throughChannel(
  way: Way,
  { channel, unitCost }: CampaignChannel,
  told: GateVerdict[] | null,
): Gate | "held" | null {
  const { asked, policy } = way;
  const { definition, at } = asked;
  if (policy !== null && policy.caps.length > 0) {
    const stand = tightestCap(policy.caps, asked.contacts(), channel, definition.purpose, at);
    if (stand !== null) {
      told?.push(verdict("cap", channel, stand.stops ? "stop" : "pass", capInWords(stand, at)));
      if (stand.stops) return "cap";
    }
  }
  let held = false;
  const hours = policy?.quietHours ?? null;
  if (hours !== null) {
    if (way.stand === undefined) {
      way.stand = way.zone === null ? null : quietStand(hours, way.zone, at, asked.offsets);
    }
    const stand = way.stand;
    held = hours.then === "hold" && (stand?.until ?? null) !== null;
    const word = stand === null ? "unknown" : !stand.quiet ? "pass" : held ? "hold" : "stop";
    told?.push(verdict("quietHours", channel, word, quietInWords(hours, way.zone, stand)));
    if (word === "unknown" || word === "stop") return "quietHours";
  }
  const consent = asked.consent(channel);
  const word = consent === null ? "unknown" : consent.granted ? "pass" : "stop";
  told?.push(verdict("consent", channel, word, consentInWords(consent, channel, definition.purpose)));
  if (word !== "pass") return "consent";
  if (definition.budget !== null) {
    const allowed = budgetAllows(definition.budget, asked.spent, unitCost);
    told?.push(verdict("budget", channel, allowed, budgetInWords(definition.budget, asked.spent, unitCost)));
    if (allowed !== "pass") return "budget";
  }
  return held ? "held" : null;
}

const verdict = (gate: Gate, channel: string | null, word: GateVerdict["verdict"], detail: string): GateVerdict => ({
  gate,
  channel,
  verdict: word,
  detail,
});
