import type { CustomerId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { IncomingRelationship, ReadSession } from "../../projections/readModels.ts";

/** One thing an answer was made from, small enough to be looked at again in a later snapshot. */
export type Observation =
  /** The rows of the customer in `row` were the fold of so many events. */
  | { readonly kind: "customer"; readonly row: number; readonly foldedEvents: number }
  | { readonly kind: "stranger"; readonly id: CustomerId }
  | { readonly kind: "identity"; readonly system: string; readonly id: string; readonly found: CustomerId | null }
  | { readonly kind: "holder"; readonly ref: string; readonly found: CustomerId | null }
  /** Who says they are related to a customer, or have something to do with an account. */
  | { readonly kind: "related"; readonly to: CustomerId; readonly text: string }
  | { readonly kind: "parties"; readonly ref: string; readonly text: string };

/**
 * All that an answer was made from. The same operation with the same variables gives the same answer in every snapshot
 * that shows the same observations, at every instant from `from` until before `until`: looking at them again, in the
 * snapshot a request would read, is the whole check. Nobody has to be told of a change, so no change can be missed.
 */
export type AnswerTrace = {
  readonly generation: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly observations: readonly Observation[];
  /** The newest snapshot in which the observations were the same; in that one they need no second look. */
  seenIn: number;
};

/** The cost is that of a point read per observation, and nothing at all while no commit came in between. */
export function holdsIn(trace: AnswerTrace, session: ReadSession, now: Instant): boolean {
  if (trace.generation !== session.generation || now < trace.from || now >= trace.until) return false;
  if (trace.seenIn === session.snapshot) return true;
  for (const observation of trace.observations) if (!isStillSo(observation, session)) return false;
  trace.seenIn = session.snapshot;
  return true;
}

/** A read that would be answered later is taken for a change: such a check would cost what it is to save. */
function isStillSo(observation: Observation, session: ReadSession): boolean {
  switch (observation.kind) {
    case "customer":
      return session.foldedEvents(observation.row) === observation.foldedEvents;
    case "stranger": {
      const views = session.customers([observation.id]);
      return !(views instanceof Promise) && views[0] === null;
    }
    case "identity":
      return session.customerOfIdentity(observation.system, observation.id) === observation.found;
    case "holder":
      return session.customerOfAccount(observation.ref) === observation.found;
    case "related": {
      const lists = session.incomingRelationships([observation.to]);
      return !(lists instanceof Promise) && relationshipsText(lists[0]) === observation.text;
    }
    case "parties": {
      const lists = session.accountParties([observation.ref]);
      return !(lists instanceof Promise) && relationshipsText(lists[0]) === observation.text;
    }
  }
}

/** Equal texts, equal lists. */
export const relationshipsText = (list: readonly IncomingRelationship[] | undefined): string =>
  list === undefined || list.length === 0 ? "" : JSON.stringify(list);
