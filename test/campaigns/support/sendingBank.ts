import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import type { Channel } from "../../../src/campaigns/channel.ts";
import type { LaneLimits } from "../../../src/campaigns/channelLane.ts";
import { type CourierParts, createCourier } from "../../../src/campaigns/createCourier.ts";
import { randomOf } from "../../../src/campaigns/randomOf.ts";
import type { Decision } from "../../../src/domain/decision/decision.ts";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import { type CustomerId, customerOfStream, customerStream } from "../../../src/domain/ids.ts";
import type { CampaignRowChange } from "../../../src/projections/campaigns/campaignTables.ts";
import {
  type OutboxEntry,
  outboxEntryIn,
  outboxKey,
  outboxQueueOf,
  outboxText,
} from "../../../src/projections/campaigns/outboxRows.ts";
import {
  pendingDecisionText,
  pendingEventsIn,
  pendingKey,
  pendingRequests,
} from "../../../src/projections/campaigns/pendingRows.ts";
import { createEngine } from "../../../src/projections/engine.ts";
import { noRows } from "../../contracts/support/segmentBook.ts";
import { appendAll } from "../../projections/support/facts.ts";
import { campaignId, campaignText, decidedAt } from "./decisions.ts";
import { manualTimers, settled } from "./manualTimers.ts";

const all = { limit: Number.MAX_SAFE_INTEGER };

/**
 * A log, read models and the two folds that the courier lives by: what is in the log is pending no more, and a send is in the outbox
 * until a delivery is reported.
 */
export function sendingBank() {
  const log = createMemoryLog({ logId: "log" });
  const { store, readModels } = createMemoryReadModels();
  const clock = manualTimers(decidedAt);
  let changes: CampaignRowChange[] = [];
  let sequence = 0;

  const arrived = ({ eventId }: RecordedEvent): void => {
    for (const row of store.campaigns.campaignRows("pending", all)) {
      const events = pendingEventsIn(row);
      const last = events.at(-1);
      if (last?.event.eventId === eventId) changes.push({ kind: "pending", key: row.key, text: null });
    }
  };
  const fold = (event: RecordedEvent): void => {
    const { type, stream, position, data } = event;
    if (type === "campaign-decided") {
      arrived(event);
      const { decisionId, campaignId, cause, channel, outcome, unitCost } = data as unknown as Decision;
      const customerId = customerOfStream(stream) as CustomerId;
      const entry: OutboxEntry = {
        decisionId,
        customerId,
        campaignId,
        channel: channel ?? "",
        minorUnits: unitCost?.minorUnits ?? 0,
      };
      const key = outboxKey(outboxQueueOf(cause), position);
      if (outcome === "send") changes.push({ kind: "outbox", key, text: outboxText(entry) });
    }
    if (type !== "delivery-reported") return;
    const row = [...store.campaigns.campaignRows("outbox", all)].find(
      row => outboxEntryIn(row).decisionId === data.contactId,
    );
    if (row !== undefined) changes.push({ kind: "outbox", key: row.key, text: null });
  };
  const engine = createEngine({
    ...{ log: log.reader, store, upcast: event => event, pageSize: 1 },
    stage: {
      ...{ reach: fold, take: () => {}, regrouped: () => {} },
      changes: () => ({ campaigns: changes }),
      committed: () => {
        changes = [];
      },
    },
    flushEvents: 1,
  });
  store.commit({
    ...noRows,
    checkpoint: store.checkpoint(),
    campaigns: [{ kind: "campaign", key: campaignId, text: campaignText() }],
  });

  const parts = (channels: Readonly<Record<string, Channel>>, limits: Partial<LaneLimits> = {}): CourierParts => ({
    ...{ readModels, log: log.reader, timers: clock.timers, random: randomOf(7), onTrouble: () => {} },
    append: async requests => log.writer.append(requests, clock.timers.now()),
    appendPending: async text => log.writer.append(pendingRequests(text), clock.timers.now()),
    openChannel: name => {
      const channel = channels[name];
      if (channel === undefined) throw new Error(`no channel ${name}`);
      return { channel, limits };
    },
  });

  const consented = new Set<string>();
  const consents = (customer: CustomerId, channel: string, purpose: string): void => {
    const name = `consent ${customer} ${channel} ${purpose}`;
    if (channel === "" || consented.has(name)) return;
    consented.add(name);
    const stream = customerStream(customer);
    appendAll(
      log.writer,
      [{ stream, name, type: "consent-granted", occurredAt: 1, data: { channel, purpose } }],
      decidedAt,
    );
  };

  return {
    ...{ log, store, readModels, engine, clock, parts },
    consents,
    /** The projector decides about customers who allow it, and commits that. */
    decide: async (...decisions: readonly Decision[]): Promise<void> => {
      for (const { customerId, channel, purpose } of decisions) consents(customerId, channel ?? "", purpose);
      await engine.drain();
      sequence += 1;
      const text = decisions.map(pendingDecisionText).join("");
      changes.push({ kind: "pending", key: pendingKey(sequence), text });
      await engine.flush();
    },
    /** What goes on without time: everybody looks, until there is nothing new or the process has ended; the projector then as well. */
    goOn: async (courier: ReturnType<typeof createCourier>, ended = (): boolean => false): Promise<void> => {
      for (let before = -1; before !== log.writer.head(); ) {
        before = log.writer.head();
        courier.relay().catch(() => undefined);
        courier.dispatch().catch(() => undefined);
        await settled();
        if (ended()) return;
        await engine.drain();
        courier.dispatch().catch(() => undefined);
        await settled();
      }
    },
    /** Pending rows that come now are numbered from the first again. */
    numberAnew: (): void => {
      sequence = 0;
    },
    events: async (type: string): Promise<readonly RecordedEvent[]> =>
      log.reader.read({ types: [type], limit: 10_000 }),
    rows: (kind: "pending" | "outbox") => store.campaigns.campaignRows(kind, all),
  };
}
export type SendingBank = ReturnType<typeof sendingBank>;
