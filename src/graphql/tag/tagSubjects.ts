import type { Position } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";
import { historyAsOf } from "../../projections/asOf/historyAsOf.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { TagSubject } from "../../projections/tags/evaluation/evaluateTag.ts";
import type { History } from "../../projections/tags/history/history.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";

/** Customers made ready for evaluation, each read once for the request. */
export type TagSubjects = {
  /** Null where the customer has no history. `use` may be called again, when it needs a related customer that is read meanwhile. */
  readonly ask: <Answer>(id: CustomerId, use: (subject: TagSubject) => Answer) => MaybePromise<Answer | null>;
};

export type Member = { readonly customerId: CustomerId; readonly history: History };

/** Thrown inside an evaluation, which is synchronous, when a related customer has to be waited for; the evaluation starts over then. */
class StillReading extends Error {}

/** @param read the customer in whose history the facts of one count, and that history; null where there is none */
export function createTagSubjects(read: (id: CustomerId) => MaybePromise<Member | null>): TagSubjects {
  const known = new Map<CustomerId, TagSubject | null>();
  const reading = new Set<Promise<unknown>>();
  const remember = (id: CustomerId, member: Member | null): TagSubject | null => {
    const subject = member === null ? null : { ...member, related: find };
    known.set(id, subject);
    return subject;
  };
  const find = (id: CustomerId): TagSubject | null => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const member = read(id);
    if (!(member instanceof Promise)) return remember(id, member);
    reading.add(member.then(read => remember(id, read)));
    throw new StillReading(`customer ${id} is still being read`);
  };
  const ask = <Answer>(id: CustomerId, use: (subject: TagSubject) => Answer): MaybePromise<Answer | null> => {
    reading.clear();
    // An evaluation may carry on without what it cannot have yet, so whether one is whole shows in what was not at hand.
    const startOver = async () => {
      await Promise.all(reading);
      return ask(id, use);
    };
    try {
      const subject = find(id);
      const answer = subject === null || subject.customerId !== id ? null : use(subject);
      return reading.size === 0 ? answer : startOver();
    } catch (error) {
      if (reading.size === 0) throw error;
      return startOver();
    }
  };
  return { ask };
}

const ofRequest = new WeakMap<RequestContext, Map<Position, TagSubjects>>();

/** Customers as they were one person, or several, as known at a position. */
export function tagSubjects(context: RequestContext, known: Position): TagSubjects {
  let found = ofRequest.get(context);
  if (found === undefined) {
    found = new Map();
    ofRequest.set(context, found);
  }
  let subjects = found.get(known);
  if (subjects === undefined) {
    subjects = createTagSubjects(id => memberAt(context, id, known));
    found.set(known, subjects);
  }
  return subjects;
}

function memberAt(context: RequestContext, id: CustomerId, known: Position): MaybePromise<Member | null> {
  const session = context.session();
  return whenReady(session.groupOf(id, known), group => {
    const { survivor: customerId } = group;
    return whenReady(session.customers([customerId]), ([view]) => {
      if (view == null) return null;
      if (view.customer.regroupedAt > known) return memberThen(context, group, known);
      return whenReady(session.historyOf(customerId), history => history && { customerId, history });
    });
  });
}

async function memberThen(
  context: RequestContext,
  group: Parameters<typeof historyAsOf>[1],
  known: Position,
): Promise<Member> {
  const session = context.session();
  const { log, upcast } = context.backend;
  const stored = new Map<CustomerId, History>();
  for (const member of group.members) {
    const history = await session.historyOf(member);
    if (history !== null) stored.set(member, history);
  }
  return { customerId: group.survivor, history: await historyAsOf({ log, upcast, stored }, group, known) };
}
