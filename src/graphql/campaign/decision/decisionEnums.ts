import { registerEnumType } from "type-graphql";
import type { Decision, DecisionCause, Gate, GateVerdict } from "../../../domain/decision/decision.ts";

export const DecisionOutcome = {
  SEND: "send",
  SKIP: "skip",
  DEFER: "defer",
} as const satisfies Record<string, Decision["outcome"]>;

registerEnumType(DecisionOutcome, {
  name: "CampaignDecisionOutcome",
  description: "What was decided about a contact.",
  valuesConfig: {
    SEND: { description: "It is made." },
    SKIP: { description: "It is not made; `reason` says at which gate it ended." },
    DEFER: { description: "It is held, and decided anew at `until`." },
  },
});

export const DecisionGate = {
  SUPPRESSION: "suppression",
  HOLDOUT: "holdout",
  ASSIGNMENT: "assignment",
  CONTROL: "control",
  SCHEDULE: "schedule",
  ELIGIBILITY: "eligibility",
  OFFER: "offer",
  CAP: "cap",
  QUIET_HOURS: "quietHours",
  CONSENT: "consent",
  BUDGET: "budget",
  STALE: "stale",
  ENDED: "ended",
  DEGRADED: "degraded",
} as const satisfies Record<string, Gate>;

registerEnumType(DecisionGate, {
  name: "CampaignGate",
  description: "The gates that a contact passes, in this order; what is unknown stops.",
  valuesConfig: {
    SUPPRESSION: { description: "The policy's rule of whom nobody contacts." },
    HOLDOUT: { description: "Customers kept out of all campaigns under the policy." },
    ASSIGNMENT: { description: "The dealing into arms; some buckets may belong to none." },
    CONTROL: { description: "The arm that gets nothing." },
    SCHEDULE: {
      description:
        "The local time of a wave in customers' own zones: it holds until that has come where the customer is, and lets one contact of the wave through.",
    },
    ELIGIBILITY: { description: "The audience, where it is asked again." },
    OFFER: { description: "Whether any offer is open to the customer." },
    CAP: { description: "The frequency caps." },
    QUIET_HOURS: { description: "The quiet hours in the customer's zone." },
    CONSENT: { description: "Consent to the channel and the purpose, as it stands then." },
    BUDGET: { description: "What the campaign may spend." },
    STALE: { description: "It came too late to be decided." },
    ENDED: { description: "The campaign was not running any more when a held contact was due." },
    DEGRADED: { description: "A fact about the customer could not be worked in." },
  },
});

export const DecisionVerdict = {
  PASS: "pass",
  STOP: "stop",
  HOLD: "hold",
  UNKNOWN: "unknown",
} as const satisfies Record<string, GateVerdict["verdict"]>;

registerEnumType(DecisionVerdict, {
  name: "CampaignGateVerdict",
  description: "What a gate said.",
  valuesConfig: {
    PASS: { description: "It let the contact through." },
    STOP: { description: "It stopped it." },
    HOLD: { description: "It held it until later." },
    UNKNOWN: { description: "It could not tell, and so stopped it." },
  },
});

export const DecisionCauseKind = {
  TRIGGER: "trigger",
  WAVE: "wave",
  RELEASE: "release",
} as const satisfies Record<string, DecisionCause["kind"]>;

registerEnumType(DecisionCauseKind, {
  name: "CampaignDecisionCauseKind",
  description: "What brought a decision about.",
  valuesConfig: {
    TRIGGER: { description: "A fact." },
    WAVE: { description: "A wave over the whole audience." },
    RELEASE: { description: "A contact that was held became due." },
  },
});
