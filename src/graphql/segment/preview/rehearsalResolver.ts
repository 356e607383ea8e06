import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from "type-graphql";
import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import { describeRule } from "../../../domain/segment/describe/describeRule.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import { standingVersion } from "../../../domain/segment/segmentGraph.ts";
import { standards } from "../../../intake/standards.ts";
import { pageSize } from "../../connection/pagingArgs.ts";
import type { RequestContext } from "../../context.ts";
import { badUserInput } from "../../errors.ts";
import { minPositionOption, openSession } from "../../minPosition.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { SegmentRuleInput } from "../input/ruleInput.ts";
import { customersById } from "../members/memberNodes.ts";
import { instantsAsked } from "../members/membersResolver.ts";
import { invalidRule, nothingInForce } from "../refusalType.ts";
import { noSuchSegment, segmentById, segmentKey } from "../segmentQueries.ts";
import { audienceRule, recordedRule } from "./audienceRule.ts";
import { SegmentRehearsalResult } from "./previewResults.ts";
import { RehearsalType, RehearsedSizeType } from "./rehearsalType.ts";
import { answered, unanswered } from "./unanswered.ts";

/** A rehearsal that still knows both rules. */
type RehearsalNode = { readonly liveRule: Rule; readonly draftRule: Rule };

@Resolver()
export class RehearsalQueries {
  @Query(() => SegmentRehearsalResult, {
    description:
      "What publishing another rule would do to a segment in force: who would enter, who would leave. Give the `version` of a draft, or a `rule`. Nothing is recorded.",
  })
  async rehearseSegment(
    @Arg("id", () => ID, { description: "The segment's id, or its global id." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("version", () => Int, { nullable: true, description: "A version of the segment." }) version?: number | null,
    @Arg("rule", () => SegmentRuleInput, { nullable: true, description: "A rule by itself." })
    rule?: SegmentRuleInput | null,
    @Arg("first", () => Int, { defaultValue: 20, description: "So many entrants and leavers by name: 0 to 100." })
    first?: number,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): Promise<object> {
    const key = segmentKey(id);
    const limit = pageSize("first", first) ?? 0;
    if ((version == null) === (rule == null)) throw badUserInput("version", "Give either `version` or `rule`.");
    await openSession(context, info);
    const { segmentState } = segmentById(context, key) ?? noSuchSegment("id", key);
    const live = standingVersion(segmentState);
    if (live === null) return nothingInForce(key);
    const liveRule = live.definition.rule;
    const drafted = segmentState.versions.find(candidate => candidate.version === version);
    if (version != null && drafted === undefined)
      throw badUserInput("version", `The segment \`${key}\` has no version ${version}.`);
    const asked = await (drafted === undefined
      ? audienceRule(context, rule)
      : recordedRule(context, drafted.definition.rule));
    if (!asked.ok) return invalidRule(asked.refusal);
    const draftRule = asked.value;
    const rehearsed = await context.backend.preview.rehearse(draftRule, liveRule, limit);
    if (!rehearsed.ok) return unanswered(context, rehearsed.refusal);
    const { entrants, leavers, ...rest } = rehearsed.value;
    const named = async ({ count, first }: typeof entrants) => ({
      count,
      first: await customersById(context, first, null),
    });
    return {
      ...rest,
      liveRule,
      draftRule,
      sentence: describeRule(draftRule, standards),
      entrants: await named(entrants),
      leavers: await named(leavers),
    };
  }
}

@Resolver(() => RehearsalType)
export class RehearsalResolver {
  @FieldResolver(() => [RehearsedSizeType], {
    nullable: true,
    description: "How many both rules meant at some instants, worked out from the facts.",
  })
  async sizes(
    @Root() { liveRule, draftRule }: RehearsalNode,
    @Arg("at", () => [DateTime], { description: "The instants; at most 100." }) at: Instant[],
    @Ctx() { backend }: RequestContext,
  ): Promise<readonly RehearsedSizeType[]> {
    const instants = instantsAsked(at);
    const live = await answered(backend.preview.asOf(liveRule, instants, null));
    const draft = await answered(backend.preview.asOf(draftRule, instants, null));
    return at.map(instant => {
      const place = instants.indexOf(instant);
      return { at: instant, live: live.sizes[place]!, draft: draft.sizes[place]! };
    });
  }
}
