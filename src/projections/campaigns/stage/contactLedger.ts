import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { Decision } from "../../../domain/decision/decision.ts";
import { withheldStatus } from "../../../domain/decision/withheld.ts";
import type { Position, RecordedEvent } from "../../../domain/event.ts";
import { type CustomerId, customerOfStream, type EventId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { numberKey } from "../campaignTables.ts";
import { outboxEntryIn, outboxKey, outboxQueueOf, outboxText } from "../outboxRows.ts";
import { type GivenBack, givenBackIn, withheldText } from "../withheldRows.ts";
import type { RowBuffer } from "./rowBuffer.ts";

/** A contact that was held, and when it is to be decided anew. */
export type Deferral = {
  readonly decisionId: EventId;
  readonly customerId: CustomerId;
  readonly campaignId: CampaignId;
  readonly until: Instant;
  /** Of what a wave in customers' own zones held: the local time at which it comes. Left out for all others. */
  readonly localTime?: string;
};

/**
 * What follows from decisions and receipts one by one, whatever becomes of their customers: sends to be handed over, contacts
 * that are held, and how offers did. A pure function of the log.
 */
export type ContactLedger = {
  readonly hear: (event: RecordedEvent) => void;
  /** When the next held contact is due after an instant; those due before it wait for something else than time. */
  readonly nextDeferral: (after: Instant) => Instant | null;
  readonly holds: () => boolean;
  /** Those due by an instant that were not released yet, the earliest first. */
  readonly due: (at: Instant, limit: number, wanted: (deferral: Deferral) => boolean) => readonly Deferral[];
  readonly outstanding: () => number;
  /** Sends of a campaign but for those withheld, and what they cost in minor units. */
  readonly spent: (id: CampaignId) => Spent;
  readonly offerCounts: (
    offerId: string,
    tier: string | null,
  ) => { readonly successes: number; readonly failures: number };
};

export type Spent = { readonly contacts: number; readonly minorUnits: number };
type Shown = { readonly offer: string; readonly success: boolean };
type Score = { readonly shown: number; readonly successes: number };

const nothingSpent: Spent = { contacts: 0, minorUnits: 0 };

export function createContactLedger(rows: RowBuffer): ContactLedger {
  const outbox = new Map<EventId, string>();
  const deferrals = new Map<EventId, { readonly key: string; readonly deferral: Deferral }>();
  /** Held contacts end together, at the end of a zone's quiet hours: few instants, many contacts. */
  const dues = new Map<Instant, Set<EventId>>();

  const keepDeferral = (key: string, deferral: Deferral): void => {
    deferrals.set(deferral.decisionId, { key, deferral });
    const known = dues.get(deferral.until);
    if (known === undefined) dues.set(deferral.until, new Set([deferral.decisionId]));
    else known.add(deferral.decisionId);
  };
  const release = (id: EventId): void => {
    const known = deferrals.get(id);
    if (known === undefined) return;
    deferrals.delete(id);
    rows.put("deferral", known.key, null);
    const others = dues.get(known.deferral.until);
    others?.delete(id);
    if (others?.size === 0) dues.delete(known.deferral.until);
  };
  for (const row of rows.stored("outbox")) outbox.set(outboxEntryIn(row).decisionId, row.key);
  for (const { key, text } of rows.stored("deferral")) keepDeferral(key, JSON.parse(text) as Deferral);

  const score = (offer: string, change: (score: Score) => Score): void => {
    const known = rows.get("offerScore", offer);
    const before = known === null ? { shown: 0, successes: 0 } : (JSON.parse(known) as Score);
    rows.put("offerScore", offer, JSON.stringify(change(before)));
  };

  const spendings = new Map([...rows.stored("spent")].map(({ key, text }) => [key, JSON.parse(text) as Spent]));
  const spent = (id: CampaignId): Spent => spendings.get(id) ?? nothingSpent;
  const spend = (id: CampaignId, cost: number, sign: 1 | -1): void => {
    const { contacts, minorUnits } = spent(id);
    const now: Spent = { contacts: contacts + sign, minorUnits: minorUnits + sign * cost };
    spendings.set(id, now);
    rows.put("spent", id, JSON.stringify(now));
  };
  const show = (decisionId: string, offer: string): void => {
    rows.put("offerShown", decisionId, JSON.stringify({ offer, success: false } satisfies Shown));
    score(offer, ({ shown, successes }) => ({ shown: shown + 1, successes }));
  };

  /** Few: consent was taken back between the decision and the channel. */
  const withheld = new Map([...rows.stored("withheld")].map(row => [row.key, givenBackIn(row)]));
  const giveBack = (decisionId: string, outboxRow: string, position: Position): void => {
    const { campaignId, minorUnits } = outboxEntryIn({ key: outboxRow, text: rows.get("outbox", outboxRow) as string });
    const known = rows.get("offerShown", decisionId);
    const shown = known === null ? null : (JSON.parse(known) as Shown);
    const offer = shown === null || shown.success ? null : shown.offer;
    if (offer !== null) {
      rows.put("offerShown", decisionId, null);
      score(offer, ({ shown, successes }) => ({ shown: shown - 1, successes }));
    }
    spend(campaignId, minorUnits, -1);
    const given: GivenBack = { position, campaignId, minorUnits, offer };
    withheld.set(decisionId, given);
    rows.put("withheld", decisionId, withheldText(given));
  };
  /** A channel says that it had it after all. */
  const takeAgain = (decisionId: string): void => {
    const given = withheld.get(decisionId);
    if (given === undefined) return;
    withheld.delete(decisionId);
    rows.put("withheld", decisionId, null);
    spend(given.campaignId, given.minorUnits, 1);
    if (given.offer !== null) show(decisionId, given.offer);
  };

  const decided = (event: RecordedEvent, customerId: CustomerId): void => {
    const decision = event.data as unknown as Omit<Decision, "customerId">;
    const { decisionId, campaignId, cause, outcome, until, schedule, channel, unitCost, offerId, tier } = decision;
    if (cause.kind === "release") release(cause.of);
    if (outcome === "defer" && until !== null) {
      const deferral: Deferral = {
        ...{ decisionId, customerId, campaignId, until },
        ...(schedule === undefined ? {} : { localTime: schedule.localTime }),
      };
      const key = `${numberKey(until)}/${decisionId}`;
      rows.put("deferral", key, JSON.stringify(deferral));
      keepDeferral(key, deferral);
    }
    if (outcome !== "send") return;
    const key = outboxKey(outboxQueueOf(cause), event.position);
    const minorUnits = unitCost?.minorUnits ?? 0;
    rows.put("outbox", key, outboxText({ decisionId, customerId, campaignId, channel: channel ?? "", minorUnits }));
    outbox.set(decisionId, key);
    spend(campaignId, minorUnits, 1);
    if (offerId !== null) show(decisionId, offerKey(offerId, tier));
  };

  const succeeded = (contactId: string): void => {
    const known = rows.get("offerShown", contactId);
    if (known === null) return;
    const { offer, success } = JSON.parse(known) as Shown;
    if (success) return;
    rows.put("offerShown", contactId, JSON.stringify({ offer, success: true } satisfies Shown));
    score(offer, ({ shown, successes }) => ({ shown, successes: successes + 1 }));
  };

  return {
    hear: event => {
      const { type, stream, data } = event;
      if (type === "campaign-decided") {
        const customerId = customerOfStream(stream);
        if (customerId !== null) decided(event, customerId);
      } else if (type === "delivery-reported") {
        const { contactId, status } = data as { readonly contactId: string; readonly status: string };
        const key = outbox.get(contactId as EventId);
        if (status !== withheldStatus) takeAgain(contactId);
        else if (key !== undefined) giveBack(contactId, key, event.position);
        // Whatever a channel says of a contact, it has it; what is withheld none is to have.
        if (key !== undefined) {
          rows.put("outbox", key, null);
          outbox.delete(contactId as EventId);
        }
        if (status === "clicked" || status === "converted") succeeded(contactId);
      } else if (type === "campaign-responded") {
        const { contactId, response } = data as { readonly contactId?: string; readonly response: string };
        if (contactId !== undefined && response === "accepted") succeeded(contactId);
      }
    },
    nextDeferral: after => {
      let next: Instant | null = null;
      for (const due of dues.keys()) if (due > after && (next === null || due < next)) next = due;
      return next;
    },
    holds: () => deferrals.size > 0,
    due: (at, limit, wanted) => {
      const found: Deferral[] = [];
      for (const due of [...dues.keys()].filter(due => due <= at).sort((a, b) => a - b))
        for (const id of dues.get(due) ?? []) {
          if (found.length === limit) return found;
          const { deferral } = deferrals.get(id) as { readonly deferral: Deferral };
          if (wanted(deferral)) found.push(deferral);
        }
      return found;
    },
    outstanding: () => outbox.size,
    spent,
    offerCounts: (offerId, tier) => {
      const known = rows.get("offerScore", offerKey(offerId, tier));
      if (known === null) return { successes: 0, failures: 0 };
      const { shown, successes } = JSON.parse(known) as Score;
      return { successes, failures: shown - successes };
    },
  };
}

/** Tiers are whatever a tag says: offers have no slash. */
export const offerKey = (offerId: string, tier: string | null): string =>
  tier === null ? offerId : `${offerId}/${tier}`;
