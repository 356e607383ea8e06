import type { GraphQLError } from "graphql";
import type { Following } from "./subscriber.ts";

/**
 * Stands in the place of the results that the protocol library would iterate and encode for each subscriber: it yields
 * none, ends when the subscription does, and tells when the client has cancelled.
 */
export type OpenSubscription = AsyncGenerator<never, void, void> & {
  readonly following: Following;
  readonly finish: (error: GraphQLError | null) => void;
};

/**
 * @param begin told how to finish, since a feed may be over before it has begun
 * @param named where it stands by its id until it ends
 */
export function openSubscription(
  begin: (finish: OpenSubscription["finish"]) => Following,
  named: Map<string, OpenSubscription>,
  id: string,
): OpenSubscription {
  const over = Promise.withResolvers<IteratorResult<never, void>>();
  over.promise.catch(() => {}); // whoever iterates is told
  const finish = (error: GraphQLError | null): void => {
    named.delete(id);
    if (error === null) over.resolve({ done: true, value: undefined });
    else over.reject(error);
  };
  const following = begin(finish);
  const cancel = (): Promise<IteratorResult<never, void>> => {
    following.leave();
    finish(null);
    return Promise.resolve({ done: true, value: undefined });
  };
  const subscription: OpenSubscription = {
    following,
    finish,
    next: () => over.promise,
    return: cancel,
    throw: cancel,
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await cancel()),
  };
  named.set(id, subscription);
  return subscription;
}
