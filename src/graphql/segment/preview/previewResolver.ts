import { Arg, Args, Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import { TagCode } from "../../../domain/tag/definition.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import { ForwardArgs } from "../../connection/forwardArgs.ts";
import type { Page } from "../../connection/page.ts";
import { pageSize } from "../../connection/pagingArgs.ts";
import type { RequestContext } from "../../context.ts";
import { badUserInput } from "../../errors.ts";
import { keyOfId } from "../../node/globalId.ts";
import { tagByCode } from "../../tag/tagQueries.ts";
import { tagValueNode } from "../../tag/tagValueNode.ts";
import { SegmentMemberConnection } from "../memberConnection.ts";
import { customersById } from "../members/memberNodes.ts";
import { type MemberNode, memberNodes, memberPage } from "../members/memberPage.ts";
import { noSuchSegment, segmentById, segmentKey } from "../segmentQueries.ts";
import { audienceName } from "./audienceName.ts";
import { mostOverlapping } from "./overlapType.ts";
import { type PortraitNode, portraitNode } from "./portraitNode.ts";
import { PortraitType } from "./portraitType.ts";
import { SegmentPreviewType, SharedType, TopMemberType, TopOrder } from "./previewType.ts";
import { ReachType } from "./reachType.ts";
import { answered } from "./unanswered.ts";

/** A preview that still knows its rule. */
export type PreviewNode = {
  readonly rule: Rule;
  readonly count: number;
  readonly customers: number;
  readonly position: number;
  readonly at: Instant;
  readonly sentence: string;
};

const mostPortraits = 50;
const mostChannels = 20;

@Resolver(() => SegmentPreviewType)
export class PreviewResolver {
  @FieldResolver(() => SegmentMemberConnection, {
    nullable: true,
    description: "Whom the rule means, in the order in which customers first appeared.",
  })
  members(
    @Root() { rule }: PreviewNode,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<MemberNode>> {
    const read = async (afterRow: number, limit: number) => {
      const { members } = await answered(context.backend.preview.members(rule, afterRow, limit));
      const ids = members.map(({ id }) => id);
      return memberNodes(await customersById(context, ids, null), index => members[index]!.row);
    };
    return memberPage(audienceName(rule), read, paging);
  }

  @FieldResolver(() => [ReachType], {
    nullable: true,
    description: "How many of them may be addressed, by consent, and why not the others.",
  })
  async reach(
    @Root() { rule }: PreviewNode,
    @Arg("purpose", () => String, { description: "The purpose: `marketing` …" }) purpose: string,
    @Arg("channels", () => [String], { description: "The channels: `email`, `sms` …" }) channels: string[],
    @Ctx() { backend }: RequestContext,
  ): Promise<readonly ReachType[]> {
    if (channels.length > mostChannels)
      throw badUserInput("channels", `\`channels\` names ${channels.length}; at most ${mostChannels} are possible.`);
    const asked = channels.map(channel => ({ channel, purpose }));
    const { count, reach } = await answered(backend.preview.reach(rule, asked));
    return reach.map(one => ({ ...one, count }));
  }

  @FieldResolver(() => [PortraitType], {
    nullable: true,
    description: "How tags are spread among them, against everyone.",
  })
  async portrait(
    @Root() { rule }: PreviewNode,
    @Arg("tags", () => [ID], { description: `The tags' codes, or their global ids; at most ${mostPortraits}.` })
    tags: string[],
    @Ctx() context: RequestContext,
  ): Promise<readonly PortraitNode[]> {
    if (tags.length > mostPortraits)
      throw badUserInput("tags", `\`tags\` names ${tags.length}; at most ${mostPortraits} are possible.`);
    const codes = tags.map(tag => keyOfId("Tag", tag, TagCode.parse, "tags"));
    const nodes = await Promise.all(
      codes.map(async code => (await tagByCode(context, code)) ?? noSuchTag("tags", code)),
    );
    const { portraits } = await answered(context.backend.preview.portrait(rule, codes));
    return portraits.map((portrait, index) => portraitNode(portrait, nodes[index]!));
  }

  @FieldResolver(() => [TopMemberType], {
    nullable: true,
    description: "Those of them with the highest or lowest values of a tag; ties go to whom the log met first.",
  })
  async top(
    @Root() { rule }: PreviewNode,
    @Arg("by", () => ID, { description: "The code of a number, money or date tag, or its global id." }) by: string,
    @Arg("order", () => TopOrder, { defaultValue: TopOrder.HIGHEST, description: "Which end." }) order: TopOrder,
    @Arg("first", () => Int, { defaultValue: 20, description: "How many: 0 to 100." }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<readonly object[]> {
    const limit = pageSize("first", first) ?? 0;
    const code = keyOfId("Tag", by, TagCode.parse, "by");
    const tag = (await tagByCode(context, code)) ?? noSuchTag("by", code);
    const { members } = await answered(context.backend.preview.top(rule, code, order, limit));
    const ids = members.map(({ id }) => id);
    const customers = await customersById(context, ids, null);
    const { type } = tag.shown.definition;
    return members.map(({ value }, index) => ({ customer: customers[index], value: tagValueNode(value, type) }));
  }

  @FieldResolver(() => [SharedType], {
    nullable: true,
    description: "How many of them are in other segments.",
  })
  async overlapWith(
    @Root() { rule }: PreviewNode,
    @Arg("segments", () => [ID], { description: `The segments' ids; at most ${mostOverlapping}.` }) given: string[],
    @Ctx() context: RequestContext,
  ): Promise<readonly object[]> {
    if (given.length > mostOverlapping)
      throw badUserInput("segments", `\`segments\` names ${given.length}; at most ${mostOverlapping} are possible.`);
    const segments = given.map(id => {
      const key = segmentKey(id, "segments");
      return segmentById(context, key) ?? noSuchSegment("segments", key);
    });
    const rules = segments.map(({ segmentId }): Rule => ({ kind: "segment", id: segmentId }));
    const { both } = await answered(context.backend.preview.overlap([rule, ...rules]));
    return segments.map((segment, index) => ({
      segment,
      size: both[index + 1]![index + 1],
      both: both[0]![index + 1],
    }));
  }
}

function noSuchTag(argument: string, code: string): never {
  throw badUserInput(argument, `There is no tag \`${code}\`; \`tags\` lists those there are.`);
}
