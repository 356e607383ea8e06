import type { CampaignId } from "../../../src/domain/campaign/campaign.ts";
import type { CampaignState } from "../../../src/domain/campaign/campaignCatalogue.ts";
import type { Decision } from "../../../src/domain/decision/decision.ts";
import { customerStream, type EventId } from "../../../src/domain/ids.ts";
import type { JsonObject } from "../../../src/domain/json.ts";
import type { PendingEvent } from "../../../src/projections/campaigns/pendingRows.ts";
import { customerId, eventId } from "../../projections/support/facts.ts";

export const campaignId = "spring" as CampaignId;
export const decidedAt = Date.parse("2024-05-01T08:00:00Z");

/** A send by e-mail to the customer of that name, and what the sentence says of it otherwise. */
export const decision = (name: string, more: Partial<Decision> = {}): Decision => ({
  ...{ decisionId: eventId(`decision ${name}`), customerId: customerId(name), campaignId },
  ...{ campaignVersion: 1, assignmentVersion: 1, at: decidedAt, outcome: "send", reason: null },
  cause: { kind: "trigger", eventId: eventId("trigger") as EventId, position: 1 },
  ...{ arm: "treatment", control: false, variant: "a", channel: "email", purpose: "marketing" },
  ...{ offerId: null, tier: null, policyId: null, policyVersion: null, gates: [], consent: null, zone: null },
  ...{ known: 1, until: null, unitCost: null, segments: [], scores: [] },
  ...more,
});

export const pendingDecision = ({ customerId: customer, ...data }: Decision): PendingEvent => ({
  stream: customerStream(customer),
  event: {
    ...{ eventId: data.decisionId, type: "campaign-decided", schemaVersion: 1, occurredAt: data.at },
    actor: { kind: "system", id: "campaigns" },
    ...{ source: "c360", sourceEventId: null, correlationId: `campaign-${data.campaignId}`, causationId: null },
    ...{ corrects: null, flags: [], data: data as unknown as JsonObject, personal: null },
  },
});

/** As much of a campaign's state as a message is made of. */
export const campaignText = (): string => {
  const variants = [{ name: "a", share: 10_000, content: { template: "spring-a" } }];
  const arms = [{ name: "treatment", share: 10_000, control: false, variants }];
  const definition = { id: campaignId, assignment: { version: 1, salt: "s", arms } };
  return JSON.stringify({ id: campaignId, versions: [{ version: 1, definition }] } as unknown as CampaignState);
};
