import type { Gate } from "../decision/decision.ts";
import type { Instant } from "../instant.ts";

/**
 * What one campaign has to say about one customer at one instant. Everything else that is told of effects is sums over these. It
 * follows from the customer's facts alone, so that late, reversed and future-dated facts, merges and KPIs added later need no care of
 * their own.
 */
export type Enrolment = {
  /** Null of those who were decided about or contacted, but never assigned to an arm: they are in no denominator. */
  readonly assigned: Assigned | null;
  readonly variant: string | null;
  /** Of the first assignment; of the unassigned, of what came first. By which channel each contact went is in `days`. */
  readonly channel: string | null;
  /** Those of the campaign's breakdown that the customer was a member of when first assigned; in order of their ids. */
  readonly segments: readonly string[];
  /** What happened, by local day of the campaign's zone and channel; in this order, null first. */
  readonly days: readonly EnrolmentDay[];
  /** By KPI, as the tag lists them; all zero of the unassigned. */
  readonly outcomes: readonly Outcome[];
};

export type Assigned = { readonly arm: string; readonly at: Instant };

/** `day` counts from 1970-01-01. */
export type EnrolmentDay = { readonly day: number; readonly channel: string | null; readonly counts: Counts };

/** Of one KPI, in minor units, or the scale of the measure's form. */
export type Outcome = {
  /** Facts in the outcome window [assignment, assignment + window) that count. */
  readonly facts: number;
  /** What they come to; of a conversion 1 or 0. */
  readonly y: number;
  /** The same measure over [assignment − pre-period, assignment); 0 without one. */
  readonly x: number;
};

/** How often each of these happened; what never did is not there. */
export type Counts = ReadonlyMap<Counter, number>;

/**
 * assigned: the customer was, that day. decided: decisions of any outcome. sends: decided to send, and not withheld. withheld: decided to send, and handed to no channel. deferred: held for later. contacts:
 * reported by those who run the campaign elsewhere. Receipts, from sent to unsubscribed: contacts of which that was reported, each
 * once. skips: by the gate that stopped them; saved: what those would have cost, and cost: what sends did, in minor units by
 * currency. response: by code. converted and total: by KPI, customers whose first counted fact was that day, and what facts came to.
 */
export type Counter =
  | "assigned"
  | "decided"
  | "sends"
  | "withheld"
  | "deferred"
  | "contacts"
  | Receipt
  | `skips\t${Gate}`
  | `saved\t${Gate}\t${string}`
  | `cost\t${string}`
  | `response\t${string}`
  | `kpi\t${number}\t${"converted" | "total"}`;

export type Receipt = (typeof receipts)[number];
export const receipts = ["sent", "delivered", "bounced", "opened", "clicked", "converted", "unsubscribed"] as const;
