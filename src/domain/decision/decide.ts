import type { PolicyDefinition } from "../campaign/policy.ts";
import type { Position } from "../event.ts";
import type { EventId } from "../ids.ts";
import type { Decision, DecisionCause, GateVerdict, OfferScore } from "./decision.ts";
import type { GateInputs, OfferAnswer } from "./gateInputs.ts";
import { throughGates } from "./gates.ts";
import { formatLocalTime } from "./localTime.ts";
import { chooseOffer } from "./offers/chooseOffer.ts";
import type { OfferCandidate, OfferScorer } from "./offers/offerScorer.ts";

export type DecisionInputs = Omit<GateInputs, "policy" | "offer"> & {
  readonly decisionId: EventId;
  readonly campaignVersion: number;
  readonly policy: { readonly definition: PolicyDefinition; readonly version: number } | null;
  readonly cause: DecisionCause;
  readonly known: Position;
  /** Segments of the campaign's breakdown that the customer is a member of. */
  readonly segments: readonly string[];
  /** Asked only when the gate is come to. */
  readonly offers: () => readonly OfferCandidate[];
  readonly scorer: OfferScorer;
};

/**
 * Decides about one customer at one instant, and says why: see `throughGates` for the order. The consent recorded is that of the
 * channel recorded, whether or not its gate was come to, so that another policy can be tried on the decision later.
 */
export function decide(inputs: DecisionInputs): Decision {
  const { definition, decisionId, policy, at, schedule } = inputs;
  const gates: GateVerdict[] = [];
  let scores: readonly OfferScore[] = [];
  const course = throughGates(
    {
      definition,
      policy: policy === null ? null : policy.definition,
      customerId: inputs.customerId,
      at,
      tooLate: inputs.tooLate,
      suppression: inputs.suppression,
      earlier: inputs.earlier,
      schedule,
      audience: inputs.audience,
      offer: () => {
        const choice = chooseOffer(decisionId, at, inputs.offers(), definition.exploration, inputs.scorer);
        if (choice.kind === "chosen") scores = choice.scores;
        return answerOf(choice);
      },
      contacts: inputs.contacts,
      customersZone: inputs.customersZone,
      offsets: inputs.offsets,
      consent: inputs.consent,
      spent: inputs.spent,
    },
    gates,
  );
  const consent = course.channel === null ? null : inputs.consent(course.channel.channel);
  return {
    decisionId,
    customerId: inputs.customerId,
    campaignId: definition.id,
    campaignVersion: inputs.campaignVersion,
    assignmentVersion: definition.assignment.version,
    cause: inputs.cause,
    at,
    known: inputs.known,
    outcome: course.outcome,
    reason: course.reason,
    arm: course.assigned?.arm ?? null,
    control: course.assigned?.control ?? false,
    variant: course.assigned?.variant ?? null,
    channel: course.channel?.channel ?? null,
    purpose: definition.purpose,
    offerId: course.offer?.offerId ?? null,
    tier: course.offer?.tier ?? null,
    policyId: policy?.definition.id ?? null,
    policyVersion: policy?.version ?? null,
    gates,
    consent: consent === null ? null : { granted: consent.granted, position: consent.position },
    zone: course.zone,
    ...(schedule === null ? {} : { schedule: { localTime: formatLocalTime(schedule.localTime), zone: schedule.zone } }),
    until: course.until,
    unitCost: course.channel?.unitCost ?? null,
    segments: inputs.segments,
    scores,
  };
}

function answerOf(choice: ReturnType<typeof chooseOffer>): OfferAnswer {
  switch (choice.kind) {
    case "chosen": {
      const { offerId, tier, explored, scores } = choice;
      const how = explored ? "drawn evenly from" : "first of";
      return { kind: "chosen", offerId, tier, detail: `${offerId}, ${how} ${scores.length} eligible` };
    }
    case "none":
      return { kind: "none", detail: `none of ${choice.asked} is open to the customer` };
    case "unknown":
      return { kind: "unknown", detail: choice.why };
  }
}
