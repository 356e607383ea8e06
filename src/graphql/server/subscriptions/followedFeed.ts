import type { MaybePromise } from "../../../projections/readModels.ts";
import type { RequestScope } from "../requestScope.ts";

/** One message of a feed, and the place from which the next one is read. */
export type FeedStep = {
  readonly message: object;
  readonly place: string;
  /** Nothing can follow: the subscription ends after this message. */
  readonly last: boolean;
};

type Feed<Scope> = {
  /** Feeds of the same name tell the same at the same place. */
  readonly name: string;
  /** Where this subscriber begins. */
  readonly start: string;
  /** What follows a place; null while nothing does. */
  readonly read: (place: string, scope: Scope) => MaybePromise<FeedStep | null>;
  /** Calls `wake` when something may have followed. Returns how to stop. */
  readonly watch: (wake: () => void) => () => void;
};

/**
 * What a subscription resolves to: a feed that anybody can read on from any place, so that a subscriber is a place and
 * not a queue, and subscribers at one place are told one message. It can also be iterated on its own, by whoever knows
 * nothing of this.
 */
export type FollowedFeed = Feed<RequestScope> & AsyncIterable<object>;

export const isFollowedFeed = (stream: object): stream is FollowedFeed => "watch" in stream && "read" in stream;

/** @param openScope for whoever iterates: a scope for each message, released when it was read */
export const followedFeed = <Scope extends RequestScope>(
  feed: Feed<Scope> & { readonly openScope: () => Scope },
): FollowedFeed => ({
  name: feed.name,
  start: feed.start,
  read: feed.read as FollowedFeed["read"],
  watch: feed.watch,
  [Symbol.asyncIterator]: () => iterate(feed),
});

/** An iterator and no generator: the `return` of one that waits would wait for the next message. */
function iterate<Scope extends RequestScope>({
  start,
  read,
  watch,
  openScope,
}: Feed<Scope> & { readonly openScope: () => Scope }): AsyncIterator<object> {
  const done = { done: true, value: undefined } as const;
  let place: string | null = start;
  let woken = true;
  let wake = (): void => {};
  const unwatch = watch(() => {
    woken = true;
    wake();
  });
  const stop = () => {
    place = null;
    unwatch();
    wake();
  };

  async function next(): Promise<IteratorResult<object>> {
    while (place !== null) {
      woken = false;
      const scope = openScope();
      let step: FeedStep | null;
      try {
        step = await read(place, scope);
      } finally {
        scope.release();
      }
      if (place === null) break;
      if (step !== null) {
        place = step.place;
        if (step.last) stop();
        return { done: false, value: step.message };
      }
      if (!woken)
        await new Promise<void>(resolve => {
          wake = resolve;
        });
    }
    return done;
  }
  return {
    next,
    return: async () => {
      stop();
      return done;
    },
  };
}
