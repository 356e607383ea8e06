import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { Decision } from "../../../domain/decision/decision.ts";
import type { NewEvent } from "../../../domain/event.ts";
import { type CustomerId, customerStream, type EventId } from "../../../domain/ids.ts";
import { type PendingEvent, pendingEventsIn, pendingKey, pendingText } from "../pendingRows.ts";
import type { RowBuffer } from "./rowBuffer.ts";

/**
 * What was decided and is not in the log yet: committed with the pass that decided it, appended by the courier, and let go when the
 * event comes back. It counts for all that is decided meanwhile.
 */
export type PendingEvents = {
  readonly add: (pending: PendingEvent) => void;
  readonly addDecision: (decision: Decision) => void;
  /** The event with that id is in the log, whatever it says. */
  readonly arrived: (id: EventId) => void;
  readonly count: () => number;
  readonly underway: (id: EventId) => boolean;
  /** What was under way when this was made. */
  readonly stored: readonly PendingEvent[];
  /** Of a customer and of everybody merged into it. */
  readonly decisionsOf: (id: CustomerId) => readonly Decision[];
  /** Sends of a campaign that are under way, and what they cost. */
  readonly spent: (id: CampaignId) => { readonly contacts: number; readonly minorUnits: number };
  /** Somebody was merged or split: whose decisions these are has to be asked anew. */
  readonly regrouped: () => void;
  /** To be called before the rows of a commit are asked for. */
  readonly write: () => void;
};

type Batch = { readonly key: string; readonly ids: Set<EventId> };

export function createPendingEvents(rows: RowBuffer, survivorOf: (id: CustomerId) => CustomerId): PendingEvents {
  const batches = new Map<EventId, Batch>();
  const decisions = new Map<EventId, Decision>();
  const spent = new Map<CampaignId, { contacts: number; minorUnits: number }>();
  let byCustomer: Map<CustomerId, Set<Decision>> | null = null;
  let fresh: PendingEvent[] = [];
  const stored: PendingEvent[] = [];
  let nextKey = 1;

  const count = ({ outcome, campaignId, unitCost }: Decision, sign: 1 | -1): void => {
    if (outcome !== "send") return;
    const known = spent.get(campaignId) ?? { contacts: 0, minorUnits: 0 };
    known.contacts += sign;
    known.minorUnits += sign * (unitCost?.minorUnits ?? 0);
    spent.set(campaignId, known);
  };
  const keep = (decision: Decision): void => {
    decisions.set(decision.decisionId, decision);
    count(decision, 1);
    if (byCustomer !== null) put(byCustomer, decision);
  };
  const put = (map: Map<CustomerId, Set<Decision>>, decision: Decision): void => {
    const id = survivorOf(decision.customerId);
    const known = map.get(id);
    if (known === undefined) map.set(id, new Set([decision]));
    else known.add(decision);
  };
  const grouped = (): Map<CustomerId, Set<Decision>> => {
    if (byCustomer === null) {
      byCustomer = new Map();
      for (const decision of decisions.values()) put(byCustomer, decision);
    }
    return byCustomer;
  };
  const forget = (id: EventId): void => {
    const decision = decisions.get(id);
    if (decision === undefined) return;
    decisions.delete(id);
    count(decision, -1);
    const customer = survivorOf(decision.customerId);
    const others = byCustomer?.get(customer);
    others?.delete(decision);
    if (others?.size === 0) byCustomer?.delete(customer);
  };

  for (const row of rows.stored("pending")) {
    const events = pendingEventsIn(row);
    const batch = { key: row.key, ids: new Set(events.map(({ event }) => event.eventId)) };
    for (const pending of events) {
      batches.set(pending.event.eventId, batch);
      stored.push(pending);
      const decision = decisionIn(pending);
      if (decision !== null) keep(decision);
    }
    nextKey = Number(row.key) + 1;
  }

  return {
    add: pending => {
      fresh.push(pending);
    },
    addDecision: decision => {
      keep(decision);
      fresh.push(eventOf(decision));
    },
    arrived: id => {
      const batch = batches.get(id);
      if (batch === undefined) return;
      batches.delete(id);
      batch.ids.delete(id);
      if (batch.ids.size === 0) rows.put("pending", batch.key, null);
      forget(id);
    },
    count: () => batches.size + fresh.length,
    underway: id => batches.has(id) || decisions.has(id),
    stored,
    decisionsOf: id => [...(grouped().get(id) ?? [])],
    spent: id => spent.get(id) ?? { contacts: 0, minorUnits: 0 },
    regrouped: () => {
      byCustomer = null;
    },
    write: () => {
      for (let from = 0; from < fresh.length; from += batchSize) {
        const events = fresh.slice(from, from + batchSize);
        const batch = { key: pendingKey(nextKey), ids: new Set(events.map(({ event }) => event.eventId)) };
        for (const id of batch.ids) batches.set(id, batch);
        rows.put("pending", batch.key, pendingText(events));
        nextKey += 1;
      }
      fresh = [];
    },
  };
}

/** Events of one row, which the courier appends together. */
const batchSize = 500;

const eventOf = ({ customerId, ...data }: Decision): PendingEvent => ({
  stream: customerStream(customerId),
  event: {
    eventId: data.decisionId,
    type: "campaign-decided",
    schemaVersion: 1,
    occurredAt: data.at,
    actor: { kind: "system", id: "campaigns" },
    source: "c360",
    sourceEventId: null,
    correlationId: `campaign-${data.campaignId}`,
    causationId:
      data.cause.kind === "trigger" ? data.cause.eventId : data.cause.kind === "release" ? data.cause.of : null,
    corrects: null,
    flags: [],
    data: data as unknown as NewEvent["data"],
    personal: null,
  },
});

function decisionIn({ stream, event }: PendingEvent): Decision | null {
  if (event.type !== "campaign-decided") return null;
  const customerId = stream.slice(customerStream("" as CustomerId).length) as CustomerId;
  return { ...(event.data as unknown as Omit<Decision, "customerId">), customerId };
}
