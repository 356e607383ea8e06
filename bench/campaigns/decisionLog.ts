import type { CampaignDefinition, CampaignId } from "../../src/domain/campaign/campaign.ts";
import { campaignStream } from "../../src/domain/campaign/campaign.ts";
import { type PolicyDefinition, type PolicyId, policyStream } from "../../src/domain/campaign/policy.ts";
import type { Contact } from "../../src/domain/decision/caps.ts";
import { decide } from "../../src/domain/decision/decide.ts";
import type { Decision } from "../../src/domain/decision/decision.ts";
import { thompson } from "../../src/domain/decision/offers/thompson.ts";
import type { NewEvent } from "../../src/domain/event.ts";
import type { AppendRequest, LogWriter } from "../../src/domain/eventLog.ts";
import { type CustomerId, customerStream } from "../../src/domain/ids.ts";
import type { JsonObject } from "../../src/domain/json.ts";
import { campaignEventId } from "../../src/projections/campaigns/campaignEventId.ts";
import { decisionIdOf } from "../../src/projections/campaigns/decisionIdOf.ts";
import { zoneOffsets } from "../../src/projections/campaigns/zoneOffsets.ts";

const hour = 3_600_000;
const day = 24 * hour;
const begin = Date.UTC(2026, 0, 5, 8);

const texts = { owner: "crm", description: "For a measurement." };
export const pastPolicy: PolicyDefinition = {
  ...{ id: "retail" as PolicyId, name: "Retail", ...texts, suppression: null, exempt: [] },
  holdout: { salt: "holdout", share: 500 },
  caps: [
    { channels: [], purposes: [], most: 3, within: 7 * day },
    { channels: ["sms"], purposes: [], most: 1, within: 14 * day },
  ],
  // biome-ignore lint/suspicious/noThenProperty: what a policy calls it
  quietHours: { from: 21 * 60, to: 8 * 60, zoneAttribute: null, zone: "Europe/Prague", then: "hold" },
};
/** What the past one is tried against: one contact a week less, and a shorter night. */
export const triedPolicy: PolicyDefinition = {
  ...pastPolicy,
  caps: [{ channels: [], purposes: [], most: 2, within: 7 * day }, pastPolicy.caps[1]!],
  quietHours: { ...pastPolicy.quietHours!, from: 22 * 60 },
};

const campaignAt = (index: number): CampaignDefinition => ({
  ...{ id: `campaign-number-${index}` as CampaignId, name: `Campaign ${index}`, ...texts, purpose: "marketing" },
  audience: { kind: "all", of: [] },
  start: { kind: "trigger", types: ["transaction-posted"], where: null, maxAge: hour },
  policy: pastPolicy.id,
  channels: [
    { channel: "email", unitCost: { minorUnits: 10, currency: "CZK" } },
    { channel: "sms", unitCost: { minorUnits: 150, currency: "CZK" } },
    { channel: "push", unitCost: null },
  ],
  assignment: {
    ...{ version: 1, salt: `campaign-${index}` },
    arms: [
      { name: "control", share: 1_000, control: true, variants: [] },
      {
        ...{ name: "treated", share: 9_000, control: false },
        variants: [
          { name: "short", share: 5_000, content: {} },
          { name: "long", share: 5_000, content: {} },
        ],
      },
    ],
  },
  ...{ offers: [], exploration: 0, kpis: [], outcomeWindow: 14 * day, breakdown: [], zone: "Europe/Prague" },
  budget: { money: { minorUnits: 1_000_000_000, currency: "CZK" }, contacts: null },
});
const campaigns = Array.from({ length: 10 }, (_, index) => campaignAt(index));

/** Fills a log with definitions and decisions as the stage makes them, a thousand to a commit. Gives the mean length of a decision. */
export function fillDecisions(
  writer: LogWriter & { readonly maintain: () => void },
  decisions: number,
  customers = decisions / 10,
): number {
  let bytes = 0;
  const said = (stream: string, type: string, data: object): AppendRequest => ({
    writes: [{ stream, expected: "any", events: [event(campaignEventId(stream, type), type, begin - day, data)] }],
  });
  writer.append(
    [
      said(policyStream(pastPolicy.id), "policy-drafted", { version: 1, definition: pastPolicy }),
      said(policyStream(pastPolicy.id), "policy-published", { version: 1 }),
      ...campaigns.flatMap(definition => [
        said(campaignStream(definition.id), "campaign-drafted", { version: 1, definition }),
        said(campaignStream(definition.id), "campaign-approved", { version: 1 }),
        said(campaignStream(definition.id), "campaign-started", { version: 1 }),
      ]),
    ],
    begin - day,
  );
  const contacts = new Map<CustomerId, Contact[]>();
  let spent = { money: 0, contacts: 0 };
  for (let done = 0; done < decisions; done += 1_000) {
    const requests = Array.from({ length: 1_000 }, (_, index): AppendRequest => {
      const number = done + index;
      const customerId = String((number * 7_919) % customers).padStart(26, "0") as CustomerId;
      const definition = campaigns[number % campaigns.length] as CampaignDefinition;
      // Ten rounds over the customers in six weeks, at all hours.
      const at = begin + Math.floor((number / decisions) * 42 * day);
      const cause = {
        ...{ kind: "trigger" as const, eventId: campaignEventId("payment", number), position: number },
      };
      const known = contacts.get(customerId) ?? [];
      const decision = decide({
        ...{ definition, campaignVersion: 1, policy: { definition: pastPolicy, version: 1 }, customerId, cause, at },
        decisionId: decisionIdOf({ campaignId: definition.id, assignmentVersion: 1, customerId, cause }),
        ...{
          tooLate: null,
          known: 32 + number,
          suppression: () => false,
          earlier: null,
          schedule: null,
          audience: null,
        },
        ...{ contacts: () => known, customersZone: () => null, offsets: zoneOffsets, spent, segments: [] },
        consent: channel => (number % 5 === 0 && channel === "email" ? null : { granted: true, position: 7 }),
        ...{ offers: () => [], scorer: thompson },
      });
      if (decision.outcome === "send") {
        known.push({ at, channel: decision.channel as string, purpose: definition.purpose });
        contacts.set(customerId, known);
        spent = { contacts: spent.contacts + 1, money: spent.money + (decision.unitCost?.minorUnits ?? 0) };
      }
      bytes += JSON.stringify(decision).length;
      return { writes: [{ stream: customerStream(customerId), expected: "any", events: [eventOf(decision)] }] };
    });
    writer.append(requests, begin + 60 * day + done);
    writer.maintain();
  }
  return bytes / decisions;
}

const eventOf = ({ customerId: _, ...data }: Decision): NewEvent => ({
  ...event(data.decisionId, "campaign-decided", data.at, data),
  correlationId: `campaign-${data.campaignId}`,
  causationId: data.cause.kind === "trigger" ? data.cause.eventId : null,
});

const event = (eventId: NewEvent["eventId"], type: string, occurredAt: number, data: object): NewEvent => ({
  ...{ eventId, type, schemaVersion: 1, occurredAt, source: "c360", sourceEventId: null },
  actor: { kind: "system", id: "campaigns" },
  ...{ correlationId: null, causationId: null, corrects: null, flags: [], personal: null },
  data: data as JsonObject,
});
