import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import { conditionsOf } from "../../domain/segment/conditions.ts";
import { describeRule } from "../../domain/segment/describe/describeRule.ts";
import type { OutsideSegment } from "../../domain/segment/outside.ts";
import { printSegment } from "../../domain/segment/print/printSegment.ts";
import type { SegmentVersionRecord } from "../../domain/segment/segmentCatalogue.ts";
import { standards } from "../../intake/standards.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import { whenReady } from "../maybePromise.ts";
import { SegmentVersionStatus } from "./segmentEnums.ts";
import type { SegmentVersionNode } from "./segmentNode.ts";
import { type SegmentFillType, SegmentStepType, SegmentVersionType } from "./segmentVersionType.ts";

@Resolver(() => SegmentVersionType)
export class SegmentVersionResolver {
  @FieldResolver()
  status(@Root() version: SegmentVersionNode, @Ctx() context: RequestContext): SegmentVersionStatus {
    return statusOf(context, version);
  }

  @FieldResolver()
  definition(@Root() { definition }: SegmentVersionNode): OutsideSegment {
    return printSegment(definition, standards);
  }

  @FieldResolver()
  sentence(@Root() { definition }: SegmentVersionNode): string {
    return describeRule(definition.rule, standards);
  }

  @FieldResolver()
  fill(@Root() version: SegmentVersionNode, @Ctx() context: RequestContext): MaybePromise<SegmentFillType | null> {
    if (statusOf(context, version) !== SegmentVersionStatus.FILLING) return null;
    const codes = new Set<string>(conditionsOf(version.definition.rule).map(({ code }) => code));
    return whenReady(context.session().conditionFills(), fills => {
      const own = fills.filter(({ code }) => codes.has(code));
      if (own.length === 0) return null;
      const sum = (of: "done" | "total") => own.reduce((total, fill) => total + fill[of], 0);
      return { done: sum("done"), total: sum("total") };
    });
  }
}

function statusOf(context: RequestContext, version: SegmentVersionNode): SegmentVersionStatus {
  const { segmentState, ended, published } = version;
  const standing = context.session().standingSegment(segmentState.id);
  if (standing?.archived === false && standing.version === version.version) return SegmentVersionStatus.IN_FORCE;
  if (ended !== null) return SegmentVersionStatus.ENDED;
  if (published !== null) return SegmentVersionStatus.FILLING;
  return version.version === segmentState.versions.at(-1)!.version
    ? SegmentVersionStatus.DRAFT
    : SegmentVersionStatus.SUPERSEDED;
}

@Resolver(() => SegmentStepType)
export class SegmentStepResolver {
  @FieldResolver()
  event(@Root() { position }: SegmentVersionRecord["drafted"], @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
