import { Arg, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import { SegmentId } from "../../../domain/segment/segment.ts";
import { createRequestContext, type RequestContext } from "../../context.ts";
import { badUserInput } from "../../errors.ts";
import { keyOfId } from "../../node/globalId.ts";
import { type FollowedFeed, followedFeed } from "../../server/subscriptions/followedFeed.ts";
import { SegmentFeedMessage } from "./feedMessageType.ts";
import { type FeedReading, fromNow, readSegmentFeed } from "./readSegmentFeed.ts";

export const largestFeedPage = 500;

type Given = { readonly segmentId: string; readonly after?: string | null; readonly pageSize: number };

@Resolver()
export class FeedSubscription {
  @Subscription(() => SegmentFeedMessage, {
    subscribe: ({ args, context }) => segmentFeed(args as Given, context as RequestContext),
    description:
      "Every entry into a segment and exit from it, each once and in order. Begin with `segmentSnapshot` and follow from its token; after a break, resume after the last token. Whoever reads too slowly is told so and resumes: nothing is lost.",
  })
  segmentChanges(
    @Root() message: FeedReading,
    @Arg("segmentId", () => ID, { description: "The segment, by its id or its global id." }) _segmentId: string,
    @Arg("after", () => String, {
      nullable: true,
      description:
        "The token of the last message that was worked in. Without it: from now on, and the token of now comes first.",
    })
    _after: string | null | undefined,
    @Arg("pageSize", () => Int, {
      defaultValue: largestFeedPage,
      description: `Changes in one message at most: 1 to ${largestFeedPage}.`,
    })
    _pageSize: number,
  ): FeedReading {
    return message;
  }
}

function segmentFeed({ segmentId, after, pageSize }: Given, { backend }: RequestContext): FollowedFeed {
  const id = keyOfId("Segment", segmentId, SegmentId.parse, "segmentId");
  if (pageSize < 1 || pageSize > largestFeedPage)
    throw badUserInput("pageSize", `\`pageSize\` is ${pageSize}; it can be 1 to ${largestFeedPage}.`);
  return followedFeed<RequestContext>({
    name: `segment ${id} by ${pageSize}`,
    start: after ?? fromNow,
    openScope: () => createRequestContext(backend),
    watch: wake => backend.segmentFeeds.watch(id, wake),
    read: (place, context) => {
      const message = readSegmentFeed(context.session(), backend.logId, id, place, pageSize);
      if (message === null) return null;
      const { kind } = message;
      return { message, place: kind === "changes" ? message.token : place, last: kind !== "changes" };
    },
  });
}
