import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, ID, Info, InputType, Query, Resolver } from "type-graphql";
import type { Position } from "../../domain/event.ts";
import { TagCode } from "../../domain/tag/definition.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { embeddedPage } from "../connection/embeddedPage.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { keyOfId } from "../node/globalId.ts";
import { PositionText } from "../scalars/position.ts";
import { tagCategories } from "./tagCategories.ts";
import { TagCategoryType } from "./tagCategoryType.ts";
import { TagKind, TagStatus } from "./tagEnums.ts";
import { type TagNode, tagNode } from "./tagNode.ts";
import { tagSession } from "./tagSession.ts";
import { TagConnection, TagType } from "./tagType.ts";

@InputType({ description: "Which tags; all that is given must hold." })
export class TagFilter {
  @Field(() => String, {
    nullable: true,
    description: "Words that stand in code, name, description, category or owner, all of them, in upper or lower case.",
  })
  search?: string | null;

  @Field(() => String, { nullable: true, description: "Only this category and those below it." })
  category?: string | null;

  @Field(() => [TagStatus], { nullable: true, description: "Only these. An empty list lets nothing through." })
  status?: TagStatus[] | null;

  @Field(() => [TagKind], { nullable: true, description: "Only these. An empty list lets nothing through." })
  kinds?: TagKind[] | null;
}

@Resolver()
export class TagQueries {
  @Query(() => TagConnection, { description: "The tags there are, by code." })
  tags(
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("filter", () => TagFilter, { nullable: true, description: "Which tags." })
    filter: TagFilter | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Page<TagNode>> {
    return whenReady(allTags(context, info), tags =>
      embeddedPage("tags", tags.filter(matching(filter)), ({ code }) => code, paging),
    );
  }

  @Query(() => TagType, { nullable: true, description: "One tag; null when there is none of this code." })
  tag(
    @Arg("code", () => ID, { description: "Its code, or its global id." }) code: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<TagNode | null> {
    const key = keyOfId("Tag", code, TagCode.parse, "code");
    return whenReady(openSession(context, info), () => tagByCode(context, key));
  }

  @Query(() => [TagCategoryType], {
    description: "The category tree, each category before those below it. Retired tags are not counted.",
  })
  tagCategories(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<readonly TagCategoryType[]> {
    return whenReady(allTags(context, info), tags => tagCategories(tags.filter(({ status }) => status !== "retired")));
  }
}

const allTags = (context: RequestContext, info: GraphQLResolveInfo): MaybePromise<readonly TagNode[]> =>
  whenReady(openSession(context, info), () =>
    whenReady(tagSession(context), ({ catalogue }) => [...catalogue.tags.values()].map(tagNode)),
  );

export const tagByCode = (context: RequestContext, code: TagCode): MaybePromise<TagNode | null> =>
  whenReady(tagSession(context), ({ catalogue }) => {
    const state = catalogue.tags.get(code);
    return state === undefined ? null : tagNode(state);
  });

export const inCategory = (category: string, of: string): boolean => of === category || of.startsWith(`${category}/`);

type Wanted = { readonly [Name in keyof TagFilter]?: TagFilter[Name] | undefined };

export function matching(filter: Wanted | null | undefined): (tag: TagNode) => boolean {
  const { search, category, status, kinds } = filter ?? {};
  const words = (search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return tag =>
    (category == null || inCategory(category, tag.category)) &&
    (status == null || status.includes(tag.status)) &&
    (kinds == null || kinds.includes(tag.kind)) &&
    words.every(word => textOf(tag).includes(word));
}

const textOf = ({ code, name, description, category, owner }: TagNode): string =>
  [code, name, description, category, owner].join("\n").toLowerCase();
