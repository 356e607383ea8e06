import type { CustomerId } from "../../domain/ids.ts";
import type { CustomerView, IncomingRelationship, MaybePromise, ReadSession } from "../../projections/readModels.ts";
import type { AnswerScope } from "./answerScope.ts";
import { type Observation, relationshipsText } from "./answerTrace.ts";

/**
 * The session, each of its reads noted in the scope. Written out read by read, so that one which is new has to be thought
 * about; what spans customers, and any read that is answered only later, makes the answer one not to remember.
 */
export function recordedReads(session: ReadSession, scope: AnswerScope): ReadSession {
  /** The value, if it is here already. */
  const now = <Value>(value: MaybePromise<Value>): Value | undefined => {
    if (!(value instanceof Promise)) return value;
    scope.notRememberable();
    return undefined;
  };
  /** The session for a read that no observation tells of. */
  const unobserved = (): ReadSession => {
    scope.notRememberable();
    return session;
  };

  const sawRowsOf = (id: CustomerId): void =>
    scope.dependsOn(id, () => {
      const views = now(session.customers([id]));
      return views === undefined ? null : viewed(id, views[0] ?? null);
    });
  const sawHolder = (ref: string): void => {
    let holder: CustomerId | null | undefined;
    scope.dependsOn(`holder ${ref}`, () => {
      holder = now(session.customerOfAccount(ref));
      return holder === undefined ? null : { kind: "holder", ref, found: holder };
    });
    if (holder != null) sawRowsOf(holder);
  };
  const sawLists = (
    kind: "related" | "parties",
    keys: readonly string[],
    found: MaybePromise<readonly IncomingRelationship[][]>,
  ): void => {
    const lists = now(found);
    for (const [index, key] of keys.entries())
      scope.dependsOn(`${kind} ${key}`, () => {
        const text = relationshipsText(lists?.[index]);
        return kind === "related" ? { kind, to: key as CustomerId, text } : { kind, ref: key, text };
      });
  };

  return {
    get position() {
      return unobserved().position;
    },
    snapshot: session.snapshot,
    generation: session.generation,
    release: session.release,
    foldedEvents: row => unobserved().foldedEvents(row),
    customers: ids => {
      const found = session.customers(ids);
      const views = now(found);
      if (views !== undefined)
        for (const [index, id] of ids.entries()) scope.dependsOn(id, () => viewed(id, views[index] ?? null));
      return found;
    },
    customerOfIdentity: (system, id) => {
      const found = session.customerOfIdentity(system, id);
      scope.dependsOn(`identity ${JSON.stringify([system, id])}`, () =>
        found instanceof Promise ? null : { kind: "identity", system, id, found },
      );
      return found;
    },
    customerOfAccount: ref => {
      sawHolder(ref);
      return session.customerOfAccount(ref);
    },
    customerList: range => unobserved().customerList(range),
    customerCount: () => unobserved().customerCount(),
    incomingRelationships: ids => {
      const found = session.incomingRelationships(ids);
      sawLists("related", ids, found);
      return found;
    },
    accountParties: refs => {
      const found = session.accountParties(refs);
      sawLists("parties", refs, found);
      return found;
    },
    account: ref => {
      sawHolder(ref);
      return session.account(ref);
    },
    timeline: (id, range, types) => {
      sawRowsOf(id);
      return session.timeline(id, range, types);
    },
    entries: (ref, range, kind) => {
      sawHolder(ref);
      return session.entries(ref, range, kind);
    },
    balanceAt: (ref, at) => {
      sawHolder(ref);
      return session.balanceAt(ref, at);
    },
    nextEntryAt: (ref, after) => {
      sawHolder(ref);
      return session.nextEntryAt(ref, after);
    },
    quarantine: (range, filter) => unobserved().quarantine(range, filter),
    quarantined: quarantineId => unobserved().quarantined(quarantineId),
  };
}

function viewed(id: CustomerId, view: CustomerView | null): Observation | null {
  if (view === null) return { kind: "stranger", id };
  // A degraded customer may be mended without an event more being folded.
  if (view.degraded !== null) return null;
  return { kind: "customer", row: view.row, foldedEvents: view.customer.eventCount };
}
