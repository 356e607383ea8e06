import type { FastifyBaseLogger } from "fastify";
import { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import type { FeedStep, FollowedFeed } from "./followedFeed.ts";
import { createGroup, type Group } from "./group.ts";
import type { Following, Subscriber } from "./subscriber.ts";

/** A message as every subscriber of a group at one place is told it. */
export type EncodedStep = Omit<FeedStep, "message"> & { readonly payload: string };

export type FanOutOptions = {
  /** About how many bytes of messages are kept for those who come to the same place a moment later. */
  readonly keptBytes: number;
  /** How long, in milliseconds: what a message tells besides the feed itself may be this much behind. */
  readonly keptMs: number;
  readonly logger: FastifyBaseLogger;
};

export type FanOut = {
  /**
   * @param key subscribers of the same key are told the same at the same place
   * @param encode reads what follows a place and executes the operation over it; null while nothing follows
   */
  readonly follow: (
    key: string,
    feed: FollowedFeed,
    encode: (place: string) => Promise<EncodedStep | null>,
    subscriber: Subscriber,
  ) => Following;
  /** Subscriptions running now, and the groups they form. */
  readonly counts: () => { readonly subscribers: number; readonly groups: number };
};

/** Reads, executes and encodes once for all subscribers of one group at one place. */
export function createFanOut({ keptBytes, keptMs, logger }: FanOutOptions): FanOut {
  const groups = new Map<string, Group>();
  const kept = new LRUCache<string, EncodedStep>({
    maxSize: keptBytes,
    ttl: keptMs,
    sizeCalculation: ({ payload }) => 200 + 2 * payload.length,
  });
  let last = 0;

  const open = (key: string, feed: FollowedFeed, encode: (place: string) => Promise<EncodedStep | null>): Group => {
    last += 1;
    const number = last;
    const group = createGroup({
      watch: feed.watch,
      encode: async place => {
        const known = kept.get(`${number} ${place}`);
        if (known !== undefined) return known;
        const step = await encode(place);
        if (step !== null) kept.set(`${number} ${place}`, step);
        return step;
      },
      failed: error => {
        if (error instanceof GraphQLError) return error;
        logger.error({ err: error, feed: feed.name }, "a subscription failed");
        return new GraphQLError("The feed could not be read.", { originalError: error as Error });
      },
      onEmpty: () => {
        if (groups.get(key) === group) groups.delete(key);
      },
    });
    groups.set(key, group);
    return group;
  };

  return {
    follow: (key, feed, encode, subscriber) =>
      (groups.get(key) ?? open(key, feed, encode)).join(feed.start, subscriber),
    counts: () => ({
      groups: groups.size,
      subscribers: [...groups.values()].reduce((sum, group) => sum + group.size(), 0),
    }),
  };
}
