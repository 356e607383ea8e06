import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { ascending } from "../../../domain/ascending.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import { isPresent, MomentArgs } from "../../asOf/momentArgs.ts";
import { ForwardArgs } from "../../connection/forwardArgs.ts";
import type { Page } from "../../connection/page.ts";
import type { RequestContext } from "../../context.ts";
import { badUserInput } from "../../errors.ts";
import { whenReady } from "../../maybePromise.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { UtcDay } from "../../scalars/utcDay.ts";
import { SegmentMemberConnection } from "../memberConnection.ts";
import { answered } from "../preview/unanswered.ts";
import type { SegmentNode } from "../segmentNode.ts";
import { standingOf } from "../segmentResolver.ts";
import { SegmentType } from "../segmentType.ts";
import { dayList } from "./dayList.ts";
import { customersById, customersByRow } from "./memberNodes.ts";
import { type MemberNode, memberNodes, memberPage } from "./memberPage.ts";
import { segmentMoment } from "./segmentMoment.ts";
import { SegmentDayType, SegmentSizeType } from "./sizeType.ts";

const mostInstants = 100;
const mostDays = 1_000;

@Resolver(() => SegmentType)
export class MembersResolver {
  @FieldResolver(() => SegmentMemberConnection, {
    nullable: true,
    description:
      "Who belongs, in the order in which customers first appeared. Null while members are not kept. With `asOf` or `knownAt`: who belonged then, worked out from the facts by the version in force, as known then.",
  })
  members(
    @Root() segment: SegmentNode,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Args(() => MomentArgs) args: MomentArgs,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<MemberNode> | null> {
    const { segmentId } = segment;
    if (!isPresent(args)) return membersThen(context, segment, paging, args);
    const standing = standingOf(context, segment);
    if (standing === null) return null;
    const read = (afterRow: number, limit: number) => {
      const rows = context.session().segmentMembersAt(segmentId, standing.sequence, afterRow, limit);
      return whenReady(customersByRow(context, rows), customers => memberNodes(customers, index => rows[index]!));
    };
    return memberPage(`segment-members:${segmentId}`, read, paging);
  }

  @FieldResolver(() => [SegmentSizeType], {
    description:
      "How many belonged at some instants: worked out from the facts by the version in force, so also of the time before there was the segment.",
  })
  async sizes(
    @Root() segment: SegmentNode,
    @Arg("at", () => [DateTime], { description: `The instants; at most ${mostInstants}.` }) at: Instant[],
    @Ctx() context: RequestContext,
    @Arg("knownAt", () => DateTime, { nullable: true, description: "As we knew it at this instant." })
    knownAt?: Instant | null,
    @Arg("knownPosition", () => PositionText, { nullable: true, description: "The same, by position." })
    knownPosition?: number | null,
  ): Promise<readonly SegmentSizeType[]> {
    const instants = instantsAsked(at);
    const { rule, known } = await segmentMoment(context, segment, {
      knownAt: knownAt ?? null,
      knownPosition: knownPosition ?? null,
    });
    const { sizes } = await answered(context.backend.preview.asOf(rule, instants, known));
    return at.map(instant => ({ at: instant, size: sizes[instants.indexOf(instant)]! }));
  }

  @FieldResolver(() => [SegmentDayType], {
    description:
      "Size, entries and exits day by day, as they were told; from the day on which members began to be kept.",
  })
  days(
    @Root() segment: SegmentNode,
    @Arg("from", () => UtcDay, { description: "The first day." }) from: number,
    @Arg("to", () => UtcDay, { nullable: true, description: "The last day. Default: today." })
    to: number | null | undefined,
    @Ctx() context: RequestContext,
  ): MaybePromise<readonly object[]> {
    const session = context.session();
    const standing = session.standingSegment(segment.segmentId);
    if (standing === null) return [];
    if (to != null && to - from >= mostDays)
      throw badUserInput("to", `From \`from\` to \`to\` there are more than ${mostDays} days.`);
    return whenReady(session.logTime(), now =>
      dayList(session, standing, [from, to ?? from + mostDays - 1], now ?? standing.since.at),
    );
  }
}

async function membersThen(
  context: RequestContext,
  segment: SegmentNode,
  paging: ForwardArgs,
  args: MomentArgs,
): Promise<Page<MemberNode>> {
  const { rule, moment, known } = await segmentMoment(context, segment, args);
  const read = async (afterRow: number, limit: number) => {
    const { members } = await answered(context.backend.preview.membersAsOf(rule, moment.at, known, afterRow, limit));
    const ids = members.map(({ id }) => id);
    return memberNodes(await customersById(context, ids, moment), index => members[index]!.row);
  };
  return memberPage(`segment-members:${segment.segmentId}`, read, paging);
}

/** Each once, ascending. Throws BAD_USER_INPUT. */
export function instantsAsked(at: readonly Instant[]): readonly Instant[] {
  if (at.length > mostInstants)
    throw badUserInput("at", `\`at\` has ${at.length} instants; at most ${mostInstants} are possible.`);
  return ascending(new Set(at));
}
