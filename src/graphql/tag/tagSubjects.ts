import type { CustomerId } from "../../domain/ids.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { TagSubject } from "../../projections/tags/evaluateTag.ts";
import type { History } from "../../projections/tags/history.ts";
import type { RequestContext } from "../context.ts";

/** Customers made ready for evaluation, each read once for the request. */
export type TagSubjects = {
  /** Null where the customer has no history. `use` may be called again, when it needs a related customer that is read meanwhile. */
  readonly ask: <Answer>(id: CustomerId, use: (subject: TagSubject) => Answer) => MaybePromise<Answer | null>;
};

/** Thrown inside an evaluation, which is synchronous, when a related customer has to be waited for; the evaluation starts over then. */
class StillReading {
  constructor(readonly done: Promise<unknown>) {}
}

export function createTagSubjects(historyOf: (id: CustomerId) => MaybePromise<History | null>): TagSubjects {
  const known = new Map<CustomerId, TagSubject | null>();
  const remember = (customerId: CustomerId, history: History | null): TagSubject | null => {
    const subject = history === null ? null : { customerId, history, related: find };
    known.set(customerId, subject);
    return subject;
  };
  const find = (id: CustomerId): TagSubject | null => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const history = historyOf(id);
    if (history instanceof Promise) throw new StillReading(history.then(read => remember(id, read)));
    return remember(id, history);
  };
  const ask = <Answer>(id: CustomerId, use: (subject: TagSubject) => Answer): MaybePromise<Answer | null> => {
    try {
      const subject = find(id);
      return subject === null ? null : use(subject);
    } catch (error) {
      if (!(error instanceof StillReading)) throw error;
      return error.done.then(() => ask(id, use));
    }
  };
  return { ask };
}

const ofRequest = new WeakMap<RequestContext, TagSubjects>();

export function tagSubjects(context: RequestContext): TagSubjects {
  let found = ofRequest.get(context);
  if (found === undefined) {
    found = createTagSubjects(id => context.session().historyOf(id));
    ofRequest.set(context, found);
  }
  return found;
}
