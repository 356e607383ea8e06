import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, ID, Info, InputType, Query, Resolver } from "type-graphql";
import type { Position } from "../../domain/event.ts";
import { SegmentId } from "../../domain/segment/segment.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { embeddedPage } from "../connection/embeddedPage.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { badUserInput } from "../errors.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { keyOfId } from "../node/globalId.ts";
import { PositionText } from "../scalars/position.ts";
import { SegmentStatus } from "./segmentEnums.ts";
import { type SegmentNode, segmentNode } from "./segmentNode.ts";
import { SegmentConnection, SegmentType } from "./segmentType.ts";

@InputType({ description: "Which segments; all that is given must hold." })
export class SegmentFilter {
  @Field(() => String, {
    nullable: true,
    description: "Words that stand in id, name, description or owner, all of them, in upper or lower case.",
  })
  search?: string | null;

  @Field(() => [SegmentStatus], { nullable: true, description: "Only these. An empty list lets nothing through." })
  status?: SegmentStatus[] | null;
}

@Resolver()
export class SegmentQueries {
  @Query(() => SegmentConnection, { description: "The segments there are, by id." })
  segments(
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("filter", () => SegmentFilter, { nullable: true, description: "Which segments." })
    filter: SegmentFilter | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Page<SegmentNode>> {
    return whenReady(openSession(context, info), session => {
      const segments = session.segmentStates().map(segmentNode).filter(matching(filter));
      return embeddedPage("segments", segments, ({ segmentId }) => segmentId, paging);
    });
  }

  @Query(() => SegmentType, { nullable: true, description: "One segment; null when there is none of this id." })
  segment(
    @Arg("id", () => ID, { description: "Its id, or its global id." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<SegmentNode | null> {
    const key = segmentKey(id);
    return whenReady(openSession(context, info), () => segmentById(context, key));
  }
}

/** Throws BAD_USER_INPUT. */
export const segmentKey = (id: string, argument = "id"): SegmentId => keyOfId("Segment", id, SegmentId.parse, argument);

export function segmentById(context: RequestContext, id: SegmentId): SegmentNode | null {
  const state = context.session().segmentState(id);
  return state === null ? null : segmentNode(state);
}

export function noSuchSegment(argument: string, id: string): never {
  throw badUserInput(argument, `There is no segment \`${id}\`; \`segments\` lists those there are.`);
}

function matching(filter: SegmentFilter | null | undefined): (segment: SegmentNode) => boolean {
  const words = (filter?.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return ({ segmentId, name, description, owner, status }) => {
    if (filter?.status != null && !filter.status.includes(status)) return false;
    if (words.length === 0) return true;
    const text = [segmentId, name, description, owner].join("\n").toLowerCase();
    return words.every(word => text.includes(word));
  };
}
