import { createMemoryLog } from "../../../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../../../src/adapters/memory/createMemoryReadModels.ts";
import {
  type CampaignDefinition,
  type CampaignId,
  campaignStream,
} from "../../../../../src/domain/campaign/campaign.ts";
import { type OfferDefinition, type OfferId, offerStream } from "../../../../../src/domain/campaign/offer.ts";
import { type PolicyDefinition, type PolicyId, policyStream } from "../../../../../src/domain/campaign/policy.ts";
import type { Decision } from "../../../../../src/domain/decision/decision.ts";
import { customerOfStream, customerStream } from "../../../../../src/domain/ids.ts";
import type { JsonObject } from "../../../../../src/domain/json.ts";
import { outboxEntryIn } from "../../../../../src/projections/campaigns/outboxRows.ts";
import { pendingEventsIn } from "../../../../../src/projections/campaigns/pendingRows.ts";
import { createCampaignStage } from "../../../../../src/projections/campaigns/stage/campaignStage.ts";
import { createEngine, type EngineOptions } from "../../../../../src/projections/engine.ts";
import type { ReadModelStore } from "../../../../../src/projections/readModelStore.ts";
import { createColumns } from "../../../../../src/projections/segments/columns/createColumns.ts";
import { appendAll, customerId, newEvent } from "../../../support/facts.ts";

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
/** A Wednesday, noon in UTC. */
export const noon = Date.UTC(2026, 4, 6, 12);

const nothing = { name: "", owner: "testers", description: "" };

export const campaign = (id: string, given: Partial<CampaignDefinition> = {}): CampaignDefinition => ({
  ...nothing,
  id: id as CampaignId,
  purpose: "marketing",
  audience: { kind: "all", of: [] },
  start: { kind: "trigger", types: ["transaction-posted"], where: null, maxAge: hour },
  policy: null,
  channels: [{ channel: "email", unitCost: { minorUnits: 5, currency: "EUR" } }],
  assignment: {
    version: 1,
    salt: id,
    arms: [
      {
        ...{ name: "all", share: 10_000, control: false },
        variants: [{ name: "a", share: 10_000, content: { template: "a" } }],
      },
    ],
  },
  offers: [],
  exploration: 0,
  budget: null,
  kpis: [
    {
      ...{ code: "spend", name: "Spend", margin: 10_000, prePeriod: null },
      facts: { types: ["transaction-posted"], where: null },
      measure: { kind: "count" },
    },
  ],
  outcomeWindow: 14 * day,
  breakdown: [],
  zone: "UTC",
  ...given,
});

export const policy = (id: string, given: Partial<PolicyDefinition> = {}): PolicyDefinition => ({
  ...nothing,
  id: id as PolicyId,
  ...{ suppression: null, holdout: null, caps: [], quietHours: null, exempt: [] },
  ...given,
});

export const offer = (id: string, given: Partial<OfferDefinition> = {}): OfferDefinition => ({
  ...nothing,
  id: id as OfferId,
  eligible: { kind: "all", of: [] },
  value: { minorUnits: 10_000, currency: "EUR" },
  ...{ tier: null, from: null, until: null },
  ...given,
});

/**
 * A log, read models and an engine with campaigns, in memory, without a door and with a courier that goes when it is told to. Time stands
 * still until it is moved.
 */
export function campaignBank(given: Partial<Parameters<typeof createCampaignStage>[0]> = {}) {
  const { writer, reader } = createMemoryLog();
  let { store } = createMemoryReadModels();
  const clock = { now: noon };
  let names = 0;
  let stage: ReturnType<typeof createCampaignStage>;
  const options = (of: ReadModelStore, decideAfter = 0): EngineOptions => {
    stage = createCampaignStage({
      ...{ tables: of.tags, segments: of.segments, campaigns: of.campaigns, columns: createColumns() },
      ...{ newEpoch: () => "epoch", decideAfter, now: () => 0 },
      ...given,
    });
    return { log: reader, store: of, stage, upcast: event => event, now: () => 0, workFlushMs: 0 };
  };
  let engine = createEngine(options(store));

  const tell = (
    stream: string,
    type: string,
    data: object,
    at: { readonly occurredAt?: number; readonly name?: string } = {},
  ) => {
    names += 1;
    appendAll(
      writer,
      [
        {
          stream,
          name: at.name ?? `event-${names}`,
          type,
          occurredAt: at.occurredAt ?? clock.now,
          data: data as JsonObject,
        },
      ],
      clock.now,
    );
  };
  /** Appends what is on its way, over and over, until nothing is. */
  const deliver = async (): Promise<void> => {
    for (;;) {
      await engine.drain();
      const rows = store.campaigns.campaignRows("pending", { limit: 1_000 });
      if (rows.length === 0) return;
      const events = rows.flatMap(pendingEventsIn);
      writer.append(
        events.map(({ stream, event }) => ({ writes: [{ stream, expected: "any", events: [event] }] })),
        clock.now,
      );
    }
  };

  return {
    ...{ writer, reader, clock, tell, deliver },
    get store() {
      return store;
    },
    engine: () => engine,
    nextDue: () => stage.nextDue(),
    /** As after a restart: what was not committed is gone. */
    restart: (decideAfter = 0): void => {
      engine = createEngine(options(store, decideAfter));
    },
    /** Appends at most so many of the rows that are on their way, without waiting for them to come back. */
    relay: (most: number): void => {
      for (const row of store.campaigns.campaignRows("pending", { limit: most }))
        for (const { stream, event } of pendingEventsIn(row))
          writer.append([{ writes: [{ stream, expected: "any", events: [event] }] }], clock.now);
    },
    loseReadModels: (): void => {
      ({ store } = createMemoryReadModels());
      engine = createEngine(options(store));
    },
    fact: (
      who: string,
      type: string,
      data: object,
      at: { readonly occurredAt?: number; readonly name?: string } = {},
    ): void => tell(customerStream(customerId(who)), type, data, at),
    consents: (who: string, channel = "email", purpose = "marketing"): void =>
      tell(customerStream(customerId(who)), "consent-granted", { channel, purpose }),
    pays: (who: string, at: { readonly occurredAt?: number } = {}): void =>
      tell(customerStream(customerId(who)), "transaction-posted", payment, at),
    launches: (definition: CampaignDefinition, version = 1): void => {
      const stream = campaignStream(definition.id);
      tell(stream, "campaign-drafted", { version, definition });
      tell(stream, "campaign-approved", { version });
      if (version === 1) tell(stream, "campaign-started", { version });
    },
    publishesPolicy: (definition: PolicyDefinition, version = 1): void => {
      tell(policyStream(definition.id), "policy-drafted", { version, definition });
      tell(policyStream(definition.id), "policy-published", { version });
    },
    publishesOffer: (definition: OfferDefinition, version = 1): void => {
      tell(offerStream(definition.id), "offer-drafted", { version, definition });
      tell(offerStream(definition.id), "offer-published", { version });
    },
    /** Moves time, and tells the log of it. */
    wait: async (ms: number): Promise<void> => {
      clock.now += ms;
      tell("clock", "clock-ticked", {});
      await deliver();
    },
    decisions: async (): Promise<Decision[]> => {
      const events = await reader.read({ types: ["campaign-decided"], limit: 100_000 });
      return events.map(({ stream, data }) => ({
        ...(data as unknown as Omit<Decision, "customerId">),
        customerId: customerOfStream(stream) as Decision["customerId"],
      }));
    },
    outbox: () => store.campaigns.campaignRows("outbox", { limit: 100_000 }).map(outboxEntryIn),
  };
}
export type CampaignBank = ReturnType<typeof campaignBank>;

const payment = {
  ...{ account: "core/1", transactionId: "t", direction: "debit" },
  amount: { minorUnits: 1_000, currency: "EUR" },
};

export { customerId, newEvent };
