import type { CustomerId } from "../../domain/ids.ts";
import { accountTarget, customerTarget } from "../../projections/indexRows.ts";
import type { MaybePromise, ReadSession } from "../../projections/readModels.ts";
import { claimsKey, customerKey, identityKey, relationsKey } from "../../projections/touchedKeys.ts";
import type { AnswerScope } from "./answerScope.ts";

/**
 * The session, with what each read depends on noted in the scope. Written out read by read, so that one which is new has
 * to be thought about; what spans customers makes the answer one not to remember.
 */
export function recordedReads(session: ReadSession, scope: AnswerScope): ReadSession {
  /** The session for a read that no key stands for. */
  const unrecorded = (): ReadSession => {
    scope.notRememberable();
    return session;
  };
  const sawCustomer = (id: CustomerId): void => scope.dependsOn(customerKey(id));
  /** What is read of an account depends on who holds it, and then on the rows of that customer. */
  const holders = new Map<string, MaybePromise<CustomerId | null>>();
  const sawHolder = (ref: string): MaybePromise<CustomerId | null> => {
    let holder = holders.get(ref);
    if (holder === undefined) {
      holder = session.customerOfAccount(ref);
      holders.set(ref, holder);
      scope.dependsOn(claimsKey(ref));
      if (holder instanceof Promise) scope.notRememberable();
      else if (holder !== null) sawCustomer(holder);
    }
    return holder;
  };

  return {
    get position() {
      return unrecorded().position;
    },
    snapshot: session.snapshot,
    generation: session.generation,
    touchedAfter: (keys, snapshot) => unrecorded().touchedAfter(keys, snapshot),
    release: session.release,
    customers: ids => {
      for (const id of ids) sawCustomer(id);
      return session.customers(ids);
    },
    customerOfIdentity: (system, id) => {
      scope.dependsOn(identityKey(system, id));
      return session.customerOfIdentity(system, id);
    },
    customerOfAccount: sawHolder,
    customerList: range => unrecorded().customerList(range),
    customerCount: () => unrecorded().customerCount(),
    incomingRelationships: ids => {
      for (const id of ids) scope.dependsOn(relationsKey(customerTarget(id)));
      return session.incomingRelationships(ids);
    },
    accountParties: refs => {
      for (const ref of refs) scope.dependsOn(relationsKey(accountTarget(ref)));
      return session.accountParties(refs);
    },
    account: ref => {
      sawHolder(ref);
      return session.account(ref);
    },
    timeline: (id, range, types) => {
      sawCustomer(id);
      return session.timeline(id, range, types);
    },
    entries: (ref, range, kind, known) => {
      sawHolder(ref);
      return session.entries(ref, range, kind, known);
    },
    balanceAt: (ref, at, known) => {
      sawHolder(ref);
      return session.balanceAt(ref, at, known);
    },
    nextEntryAt: (ref, after) => {
      sawHolder(ref);
      return session.nextEntryAt(ref, after);
    },
    quarantine: (range, filter) => unrecorded().quarantine(range, filter),
    quarantined: quarantineId => unrecorded().quarantined(quarantineId),
    groupOf: (id, known) => unrecorded().groupOf(id, known),
    mergesInto: (id, range) => unrecorded().mergesInto(id, range),
    mergeByEvent: eventId => unrecorded().mergeByEvent(eventId),
    openProposals: (...given) => unrecorded().openProposals(...given),
    proposalOf: (...given) => unrecorded().proposalOf(...given),
    rejectedProposals: (...given) => unrecorded().rejectedProposals(...given),
    approvedProposals: (...given) => unrecorded().approvedProposals(...given),
    qualityCounts: query => unrecorded().qualityCounts(query),
    qualitySources: () => unrecorded().qualitySources(),
    // Values of tags change with time and with other customers.
    logTime: () => unrecorded().logTime(),
    tagsOf: ids => unrecorded().tagsOf(ids),
    keptUnder: (code, ids) => unrecorded().keptUnder(code, ids),
    historyOf: id => unrecorded().historyOf(id),
    tagFills: () => unrecorded().tagFills(),
    conditionFills: () => unrecorded().conditionFills(),
    tagSpread: (code, limit) => unrecorded().tagSpread(code, limit),
    // Memberships follow from tags, the feed from every commit.
    segmentState: id => unrecorded().segmentState(id),
    segmentStates: () => unrecorded().segmentStates(),
    standingSegment: id => unrecorded().standingSegment(id),
    segmentFeed: (id, after, limit) => unrecorded().segmentFeed(id, after, limit),
    segmentEpoch: () => unrecorded().segmentEpoch(),
    segmentSequenceAt: (id, until) => unrecorded().segmentSequenceAt(id, until),
    customerSegmentChanges: (...given) => unrecorded().customerSegmentChanges(...given),
    segmentsOfCustomer: row => unrecorded().segmentsOfCustomer(row),
    segmentDays: (id, from, to) => unrecorded().segmentDays(id, from, to),
    segmentMembersAt: (...given) => unrecorded().segmentMembersAt(...given),
    segmentMemberAt: (...given) => unrecorded().segmentMemberAt(...given),
    segmentSizeAt: (id, sequence) => unrecorded().segmentSizeAt(id, sequence),
    taggedCustomers: (code, value, after, limit) => unrecorded().taggedCustomers(code, value, after, limit),
    // Of all customers together.
    campaignRow: (kind, key) => unrecorded().campaignRow(kind, key),
    campaignRows: (kind, range) => unrecorded().campaignRows(kind, range),
  };
}
