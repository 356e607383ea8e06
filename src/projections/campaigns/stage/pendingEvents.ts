import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { Decision } from "../../../domain/decision/decision.ts";
import { type CustomerId, customerStream, type EventId } from "../../../domain/ids.ts";
import {
  type PendingEvent,
  pendingDecisionText,
  pendingEventsIn,
  pendingKey,
  pendingSome,
  pendingText,
} from "../pendingRows.ts";
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
  readonly decisionsOf: (id: CustomerId) => readonly DecisionInBrief[];
  /** Sends of a campaign that are under way, and what they cost. */
  readonly spent: (id: CampaignId) => { readonly contacts: number; readonly minorUnits: number };
  /** Somebody was merged or split: whose decisions these are has to be asked anew. */
  readonly regrouped: () => void;
  /** To be called before the rows of a commit are asked for. */
  readonly write: () => void;
};

/** What later decisions look at. The rest is most of it: kept for all that are under way, it would mostly be work for the collector. */
export type DecisionInBrief = Pick<
  Decision,
  | "customerId"
  | "campaignId"
  | "assignmentVersion"
  | "cause"
  | "at"
  | "outcome"
  | "arm"
  | "variant"
  | "channel"
  | "purpose"
  | "unitCost"
> & { readonly schedule: Decision["schedule"] | undefined };

type Written = { readonly id: EventId; readonly text: string };
/** The events of one row, in its order; it goes when none is left. Their texts are in the row and nowhere else. */
type Batch = { readonly key: string; ids: readonly EventId[]; left: number };
/** `batch` null: not written yet. `decision` null: another event. */
type Underway = { batch: Batch | null; readonly decision: DecisionInBrief | null };

export function createPendingEvents(rows: RowBuffer, survivorOf: (id: CustomerId) => CustomerId): PendingEvents {
  const underway = new Map<EventId, Underway>();
  const spent = new Map<CampaignId, { contacts: number; minorUnits: number }>();
  let byCustomer: Map<CustomerId, readonly DecisionInBrief[]> | null = null;
  let fresh: Written[] = [];
  /** Batches of which some events came back since the last commit, and others did not. */
  let partly = new Set<Batch>();
  const stored: PendingEvent[] = [];
  let nextKey = 1;

  const count = ({ outcome, campaignId, unitCost }: DecisionInBrief, sign: 1 | -1): void => {
    if (outcome !== "send") return;
    const known = spent.get(campaignId) ?? { contacts: 0, minorUnits: 0 };
    known.contacts += sign;
    known.minorUnits += sign * (unitCost?.minorUnits ?? 0);
    spent.set(campaignId, known);
  };
  const keep = (id: EventId, decision: DecisionInBrief | null, batch: Batch | null): void => {
    underway.set(id, { batch, decision });
    if (decision === null) return;
    count(decision, 1);
    if (byCustomer !== null) put(byCustomer, decision);
  };
  const put = (map: Map<CustomerId, readonly DecisionInBrief[]>, decision: DecisionInBrief): void => {
    const id = survivorOf(decision.customerId);
    map.set(id, [...(map.get(id) ?? none), decision]);
  };
  const grouped = (): Map<CustomerId, readonly DecisionInBrief[]> => {
    if (byCustomer === null) {
      byCustomer = new Map();
      for (const { decision } of underway.values()) if (decision !== null) put(byCustomer, decision);
    }
    return byCustomer;
  };
  const forget = (decision: DecisionInBrief): void => {
    count(decision, -1);
    if (byCustomer === null) return;
    const customer = survivorOf(decision.customerId);
    const others = (byCustomer.get(customer) ?? none).filter(other => other !== decision);
    if (others.length === 0) byCustomer.delete(customer);
    else byCustomer.set(customer, others);
  };

  for (const row of rows.stored("pending")) {
    const pendings = pendingEventsIn(row);
    const batch = { key: row.key, ids: pendings.map(({ event }) => event.eventId), left: pendings.length };
    for (const pending of pendings) {
      keep(pending.event.eventId, decisionIn(pending), batch);
      stored.push(pending);
    }
    nextKey = Number(row.key) + 1;
  }

  return {
    add: pending => {
      keep(pending.event.eventId, null, null);
      fresh.push({ id: pending.event.eventId, text: pendingText(pending) });
    },
    addDecision: decision => {
      keep(decision.decisionId, inBrief(decision), null);
      fresh.push({ id: decision.decisionId, text: pendingDecisionText(decision) });
    },
    arrived: id => {
      const known = underway.get(id);
      if (known === undefined) return;
      underway.delete(id);
      if (known.decision !== null) forget(known.decision);
      if (known.batch === null) return;
      known.batch.left -= 1;
      if (known.batch.left > 0) partly.add(known.batch);
      else {
        partly.delete(known.batch);
        rows.put("pending", known.batch.key, null);
      }
    },
    count: () => underway.size,
    underway: id => underway.has(id),
    stored,
    decisionsOf: id => grouped().get(id) ?? none,
    spent: id => spent.get(id) ?? { contacts: 0, minorUnits: 0 },
    regrouped: () => {
      byCustomer = null;
    },
    write: () => {
      // What came back once does not come again: after a restart it would be waited for in vain.
      for (const batch of partly) {
        const { key, ids } = batch;
        rows.put(
          "pending",
          key,
          pendingSome(rows.get("pending", key) as string, at => underway.has(ids[at] as EventId)),
        );
        batch.ids = ids.filter(id => underway.has(id));
      }
      partly = new Set();
      // Made once more, one may have come back before it went: after read models were lost its event was in the log already.
      const going = fresh.filter(({ id }) => underway.has(id));
      for (let from = 0; from < going.length; from += batchSize) {
        const events = going.slice(from, from + batchSize);
        const ids = events.map(({ id }) => id);
        const batch = { key: pendingKey(nextKey), ids, left: ids.length };
        for (const id of ids) (underway.get(id) as Underway).batch = batch;
        rows.put("pending", batch.key, events.map(({ text }) => text).join(""));
        nextKey += 1;
      }
      fresh = [];
    },
  };
}

const none: readonly DecisionInBrief[] = [];

/** Events of one row, which the courier appends together. */
const batchSize = 500;

function inBrief(decision: Decision): DecisionInBrief {
  const { customerId, campaignId, assignmentVersion, cause, at, outcome, arm, variant, channel, purpose } = decision;
  const { unitCost, schedule } = decision;
  return {
    customerId,
    campaignId,
    assignmentVersion,
    cause,
    at,
    outcome,
    arm,
    variant,
    channel,
    purpose,
    unitCost,
    schedule,
  };
}

function decisionIn({ stream, event }: PendingEvent): DecisionInBrief | null {
  if (event.type !== "campaign-decided") return null;
  const customerId = stream.slice(customerStream("" as CustomerId).length) as CustomerId;
  return inBrief({ ...(event.data as unknown as Omit<Decision, "customerId">), customerId });
}
