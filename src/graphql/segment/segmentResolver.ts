import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import { describeRule } from "../../domain/segment/describe/describeRule.ts";
import type { OutsideSegmentRule } from "../../domain/segment/outside.ts";
import { printRule } from "../../domain/segment/print/printRule.ts";
import { segmentStream } from "../../domain/segment/segment.ts";
import { standards } from "../../intake/standards.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { StandingSegment } from "../../projections/segments/feed/segmentChange.ts";
import { numberKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import { ListOrder, ordered, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { EventConnection } from "../event/eventType.ts";
import { globalId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { unanswered, unansweredError } from "./preview/unanswered.ts";
import { SegmentFailed } from "./preview/unansweredType.ts";
import { type SegmentNode, type SegmentVersionNode, segmentVersionNode } from "./segmentNode.ts";
import { type SegmentStandingType, SegmentType } from "./segmentType.ts";

@Resolver(() => SegmentType)
export class SegmentResolver {
  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { segmentId }: SegmentNode): string {
    return globalId("Segment", segmentId);
  }

  @FieldResolver()
  rule(@Root() { shown }: SegmentNode): OutsideSegmentRule {
    return printRule(shown.definition.rule, standards);
  }

  @FieldResolver()
  sentence(@Root() { shown }: SegmentNode): string {
    return describeRule(shown.definition.rule, standards);
  }

  @FieldResolver()
  current(@Root() segment: SegmentNode, @Ctx() context: RequestContext): SegmentVersionNode | null {
    const standing = standingOf(context, segment);
    const { segmentState } = segment;
    return standing === null ? null : segmentVersionNode(segmentState, segmentState.versions[standing.version - 1]!);
  }

  @FieldResolver()
  draft(@Root() { segmentState }: SegmentNode): SegmentVersionNode | null {
    const newest = segmentState.versions.at(-1)!;
    const waits = newest.published === null && newest.ended === null && segmentState.status !== "archived";
    return waits ? segmentVersionNode(segmentState, newest) : null;
  }

  @FieldResolver()
  versions(@Root() { segmentState }: SegmentNode): readonly SegmentVersionNode[] {
    return segmentState.versions.map(version => segmentVersionNode(segmentState, version));
  }

  @FieldResolver()
  standing(@Root() segment: SegmentNode, @Ctx() context: RequestContext): SegmentStandingType | null {
    const standing = standingOf(context, segment);
    if (standing === null) return null;
    const { version, size, sequence, since } = standing;
    const { position } = context.session();
    return { version, size, sequence, position, since: since.at, sincePosition: since.position };
  }

  @FieldResolver()
  size(@Root() segment: SegmentNode, @Ctx() context: RequestContext): number | null {
    return standingOf(context, segment)?.size ?? null;
  }

  @FieldResolver(() => SegmentFailed, {
    nullable: true,
    description:
      "Customers of whom nobody can say whether they belong, because what the rule looks at could not be worked out; they stay what they were. Null where there is none.",
  })
  async undetermined(@Root() segment: SegmentNode, @Ctx() context: RequestContext): Promise<object | null> {
    const standing = standingOf(context, segment);
    if (standing === null) return null;
    const { rule } = segment.segmentState.versions[standing.version - 1]!.definition;
    const counted = await context.backend.preview.count(rule);
    if (counted.ok) return null;
    if (counted.refusal.kind !== "failed") throw unansweredError(counted.refusal);
    return unanswered(context, counted.refusal);
  }

  @FieldResolver(() => EventConnection, {
    description: "What happened to the definition: every draft, publication and archiving, by whom and when.",
  })
  definitionEvents(
    @Root() { segmentId }: SegmentNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<RecordedEvent>> {
    const end = context.session().position + 1;
    const list: KeysetList<Position, RecordedEvent> = {
      name: `segment-events:${segmentId}`,
      format: numberKey,
      keyOf: ({ position }) => position,
      fetch: ({ before = end, ...range }) =>
        context.backend.log.read({ stream: segmentStream(segmentId), ...range, before: Math.min(before, end) }),
    };
    return paginate(ordered(list, order), paging);
  }
}

/** Null while members are not kept, or not any more. */
export function standingOf(
  context: RequestContext,
  { segmentId }: Pick<SegmentNode, "segmentId">,
): StandingSegment | null {
  const standing = context.session().standingSegment(segmentId);
  return standing === null || standing.archived ? null : standing;
}
