import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import type { Position } from "../../../domain/event.ts";
import { describeRule } from "../../../domain/segment/describe/describeRule.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import { standards } from "../../../intake/standards.ts";
import type { RequestContext } from "../../context.ts";
import { badUserInput } from "../../errors.ts";
import { minPositionOption, openSession } from "../../minPosition.ts";
import { PositionText } from "../../scalars/position.ts";
import { SegmentRuleInput } from "../input/ruleInput.ts";
import { invalidRule } from "../refusalType.ts";
import type { SegmentNode } from "../segmentNode.ts";
import { noSuchSegment, segmentById, segmentKey } from "../segmentQueries.ts";
import { standingOf } from "../segmentResolver.ts";
import { SegmentType } from "../segmentType.ts";
import { audienceRule } from "./audienceRule.ts";
import { mostOverlapping } from "./overlapType.ts";
import type { PreviewNode } from "./previewResolver.ts";
import { SegmentOverlapResult, SegmentPreviewResult } from "./previewResults.ts";
import { unanswered } from "./unanswered.ts";

@Resolver()
export class PreviewQueries {
  @Query(() => SegmentPreviewResult, {
    description:
      "Whom a rule means, as it is typed: an exact count, and whatever is asked of the audience besides. Nothing is recorded.",
  })
  async previewSegment(
    @Arg("rule", () => SegmentRuleInput, { description: "Who belongs." }) rule: SegmentRuleInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): Promise<object> {
    await openSession(context, info);
    const asked = await audienceRule(context, rule);
    return asked.ok ? previewOf(context, asked.value, asked.value) : invalidRule(asked.refusal);
  }

  @Query(() => SegmentOverlapResult, { description: "How many customers segments have in common, two by two." })
  async segmentOverlap(
    @Arg("ids", () => [ID], { description: `The segments' ids; at most ${mostOverlapping}.` }) ids: string[],
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): Promise<object> {
    if (ids.length === 0 || ids.length > mostOverlapping)
      throw badUserInput("ids", `\`ids\` names ${ids.length}; it can be 1 to ${mostOverlapping}.`);
    await openSession(context, info);
    const segments = ids.map(id => {
      const key = segmentKey(id, "ids");
      return segmentById(context, key) ?? noSuchSegment("ids", key);
    });
    const rules = segments.map(({ segmentId }): Rule => ({ kind: "segment", id: segmentId }));
    const overlap = await context.backend.preview.overlap(rules);
    return overlap.ok ? { ...overlap.value, segments } : unanswered(context, overlap.refusal);
  }
}

@Resolver(() => SegmentType)
export class SegmentPreviewResolver {
  @FieldResolver(() => SegmentPreviewResult, {
    nullable: true,
    description:
      "The same questions about the members as they are now: reach, portrait, the best by a tag, overlaps. Null while members are not kept.",
  })
  preview(@Root() segment: SegmentNode, @Ctx() context: RequestContext): Promise<object> | null {
    if (standingOf(context, segment) === null) return null;
    const { segmentId, shown } = segment;
    return previewOf(context, { kind: "segment", id: segmentId }, shown.definition.rule);
  }
}

/** @param said the rule that the sentence is of */
async function previewOf(context: RequestContext, rule: Rule, said: Rule): Promise<PreviewNode | object> {
  const counted = await context.backend.preview.count(rule);
  if (!counted.ok) return unanswered(context, counted.refusal);
  return { rule, sentence: describeRule(said, standards), ...counted.value };
}
