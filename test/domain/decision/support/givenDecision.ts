import type { Arm, CampaignDefinition, CampaignId } from "../../../../src/domain/campaign/campaign.ts";
import type { OfferDefinition, OfferId } from "../../../../src/domain/campaign/offer.ts";
import type { PolicyDefinition, PolicyId, QuietHours } from "../../../../src/domain/campaign/policy.ts";
import { type DecisionInputs, decide } from "../../../../src/domain/decision/decide.ts";
import type { Decision } from "../../../../src/domain/decision/decision.ts";
import type { OfferCandidate } from "../../../../src/domain/decision/offers/offerScorer.ts";
import { thompson } from "../../../../src/domain/decision/offers/thompson.ts";
import type { CustomerId, EventId } from "../../../../src/domain/ids.ts";
import { zoneOffsets } from "../../../../src/projections/campaigns/zoneOffsets.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** 14:00 in Prague. */
export const noon = Date.UTC(2024, 5, 3, 12);

export const customer = (number: number): CustomerId => String(number).padStart(26, "0") as CustomerId;
export const eventId = (number: number): EventId =>
  `00000000-0000-8000-8000-${number.toString(16).padStart(12, "0")}` as EventId;

export const treatment = (share: number, ...variants: readonly string[]): Arm => ({
  name: "treatment",
  share,
  control: false,
  variants: (variants.length === 0 ? ["only"] : variants).map(name => ({
    name,
    share: 10_000 / Math.max(1, variants.length),
    content: {},
  })),
});
export const control = (share: number): Arm => ({ name: "control", share, control: true, variants: [] });
const everyone = { kind: "all", rules: [] } as unknown as CampaignDefinition["audience"];

export const campaign = (given: Partial<CampaignDefinition> = {}): CampaignDefinition => ({
  id: "spring-loans" as CampaignId,
  name: "Spring loans",
  owner: "ada",
  description: "",
  purpose: "marketing",
  audience: everyone,
  start: { kind: "outside" },
  policy: null,
  channels: [
    { channel: "email", unitCost: { minorUnits: 10, currency: "CZK" } },
    { channel: "sms", unitCost: { minorUnits: 150, currency: "CZK" } },
  ],
  assignment: { version: 1, salt: "spring", arms: [treatment(10_000)] },
  offers: [],
  exploration: 0,
  budget: null,
  kpis: [],
  outcomeWindow: 14 * day,
  breakdown: [],
  zone: "Europe/Prague",
  ...given,
});

export const policy = (given: Partial<PolicyDefinition> = {}): PolicyDefinition => ({
  id: "retail" as PolicyId,
  name: "Retail",
  owner: "bo",
  description: "",
  suppression: null,
  holdout: null,
  caps: [],
  quietHours: null,
  exempt: [],
  ...given,
});

/** In minutes after midnight. */
export const quietHours = (
  from: number,
  to: number,
  zones: Partial<Pick<QuietHours, "zone" | "zoneAttribute">> = {},
  then: QuietHours["then"] = "hold",
): QuietHours => ({ from, to, zoneAttribute: null, zone: null, then, ...zones });

export const offer = (id: string, value: number, given: Partial<OfferDefinition> = {}): OfferDefinition => ({
  id: id as OfferId,
  name: id,
  owner: "ada",
  description: "",
  eligible: everyone,
  value: { minorUnits: value, currency: "CZK" },
  tier: null,
  from: null,
  until: null,
  ...given,
});

export const candidate = (
  definition: OfferDefinition,
  successes = 0,
  failures = 0,
  eligible: OfferCandidate["eligible"] = true,
): OfferCandidate => ({ definition, eligible, tier: null, successes, failures });

/** A customer whom nothing keeps from being contacted, but for what is given. */
export const inputs = (given: Partial<DecisionInputs> = {}): DecisionInputs => ({
  decisionId: eventId(1),
  definition: campaign(),
  campaignVersion: 1,
  policy: null,
  customerId: customer(1),
  cause: { kind: "wave", at: noon },
  at: noon,
  known: 1,
  tooLate: null,
  suppression: () => false,
  earlier: null,
  schedule: null,
  audience: null,
  offers: () => [],
  scorer: thompson,
  contacts: () => [],
  customersZone: () => null,
  offsets: zoneOffsets,
  consent: () => ({ granted: true, position: 7 }),
  spent: { money: 0, contacts: 0 },
  segments: [],
  ...given,
});

export const under = (definition: PolicyDefinition): DecisionInputs["policy"] => ({ definition, version: 3 });
export const decided = (given: Partial<DecisionInputs> = {}): Decision => decide(inputs(given));

/** "cap:email:stop", in order. */
export const passage = (decision: Decision): readonly string[] =>
  decision.gates.map(({ gate, channel, verdict }) => [gate, channel, verdict].filter(part => part !== null).join(":"));
