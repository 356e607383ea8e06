import { Arg, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { Position } from "../../../domain/event.ts";
import { decodeCursor } from "../../connection/cursor.ts";
import { createRequestContext, type RequestContext } from "../../context.ts";
import { badUserInput } from "../../errors.ts";
import { CursorText } from "../../scalars/cursor.ts";
import { type FollowedFeed, followedFeed } from "../../server/subscriptions/followedFeed.ts";
import { campaignKey } from "../campaignNode.ts";
import { decisionPlaces } from "../decision/decisionList.ts";
import { CampaignDecisionsMessage } from "./decisionFeedType.ts";
import { type DecisionReading, fromNow, readDecisionFeed } from "./readDecisionFeed.ts";

export const largestDecisionPage = 100;

type Given = { readonly campaignId: string; readonly after?: string | null; readonly pageSize: number };

@Resolver()
export class DecisionSubscription {
  @Subscription(() => CampaignDecisionsMessage, {
    subscribe: ({ args, context }) => decisionFeed(args as Given, context as RequestContext),
    description:
      "Every decision of a campaign, each once and in order. After a break, resume after the last cursor; any cursor of `Campaign.decisions` will do too. Whoever reads too slowly resumes as well: nothing is lost.",
  })
  campaignDecisions(
    @Root() message: DecisionReading,
    @Arg("campaignId", () => ID, { description: "The campaign, by its id or its global id." }) _campaignId: string,
    @Arg("after", () => CursorText, {
      nullable: true,
      description:
        "The cursor of the last message that was worked in. Without it: from now on, and the cursor of now comes first.",
    })
    _after: string | null | undefined,
    @Arg("pageSize", () => Int, {
      defaultValue: largestDecisionPage,
      description: `Decisions in one message at most: 1 to ${largestDecisionPage}.`,
    })
    _pageSize: number,
  ): DecisionReading {
    return message;
  }
}

/** A place is a position of the log as text; empty: from now on. */
const placeOf = (position: Position | null): string => (position === null ? "" : String(position));
const positionOf = (place: string): Position | null => (place === "" ? fromNow : Number(place));

/** From any place on, and so from none left out: a subscriber is a position of the log. Throws BAD_USER_INPUT and CURSOR_INVALID. */
export function decisionFeed({ campaignId, after, pageSize }: Given, { backend }: RequestContext): FollowedFeed {
  const { log, logId } = backend;
  const id = campaignKey(campaignId, "campaignId");
  if (pageSize < 1 || pageSize > largestDecisionPage)
    throw badUserInput("pageSize", `\`pageSize\` is ${pageSize}; it can be 1 to ${largestDecisionPage}.`);
  const start = after == null ? fromNow : decodeCursor(decisionPlaces(logId, id), after, "after");
  // Other events of the campaign follow the last decision too: what was looked through once is not looked through again.
  let looked = { place: "", until: 0 };
  return followedFeed<RequestContext>({
    name: `decisions of ${id} by ${pageSize}`,
    start: placeOf(start),
    openScope: () => createRequestContext(backend),
    watch: wake => backend.commits.watch(wake),
    read: async (place, context) => {
      const session = context.session();
      const until = looked.place === place ? looked.until : 0;
      const message = await readDecisionFeed({ session, log, logId }, id, positionOf(place), until, pageSize);
      if (message === null) {
        looked = { place, until: Math.max(until, session.position) };
        return null;
      }
      if (message.kind === "refused") return { message, place, last: true };
      return { message, place: placeOf(message.position), last: false };
    },
  });
}
