import { Arg, Args, Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import { tagStream } from "../../domain/tag/definition.ts";
import type { VersionRecord } from "../../domain/tag/tagCatalogue.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { numberKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import { ListOrder, ordered, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { badUserInput } from "../errors.ts";
import { EventConnection } from "../event/eventType.ts";
import { whenReady } from "../maybePromise.ts";
import { globalId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { type SpreadNode, spreadNode } from "./spreadNode.ts";
import { FreshnessType, SpreadType } from "./spreadType.ts";
import { lastRefresh, type TagNode, type VersionNode, versionNode } from "./tagNode.ts";
import { fillOf, tagSession } from "./tagSession.ts";
import { TagType } from "./tagType.ts";
import { TagFillType } from "./tagVersionType.ts";

const mostValues = 1_000;

@Resolver(() => TagType)
export class TagResolver {
  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { code }: TagNode): string {
    return globalId("Tag", code);
  }

  @FieldResolver()
  current(@Root() { tagState }: TagNode, @Ctx() context: RequestContext): MaybePromise<VersionNode | null> {
    return whenReady(tagSession(context), ({ inUse }) => nodeOf(tagState, inUse.get(tagState.code)));
  }

  @FieldResolver()
  draft(@Root() { tagState }: TagNode): VersionNode | null {
    const newest = tagState.versions.at(-1)!;
    return newest.published === null && newest.ended === null ? versionNode(tagState, newest) : null;
  }

  @FieldResolver()
  versions(@Root() { tagState }: TagNode): readonly VersionNode[] {
    return tagState.versions.map(version => versionNode(tagState, version));
  }

  @FieldResolver(() => TagFillType, {
    nullable: true,
    description: "How far the version published last is worked out; null while none is.",
  })
  fill(@Root() { tagState, shown }: TagNode, @Ctx() context: RequestContext): MaybePromise<object | null> {
    return whenReady(tagSession(context), ({ fills }) => fillOf(fills, tagState.code, shown.version));
  }

  @FieldResolver(() => SpreadType, {
    nullable: true,
    description: "Coverage and distribution; null while no version is wholly filled.",
  })
  spread(
    @Root() { tagState }: TagNode,
    @Arg("limit", () => Int, {
      defaultValue: 20,
      description: `At most this many values, or stretches: 1 to ${mostValues}.`,
    })
    limit: number,
    @Ctx() context: RequestContext,
  ): MaybePromise<SpreadNode | null> {
    if (limit < 1 || limit > mostValues)
      throw badUserInput("limit", `\`limit\` is ${limit}; it can be 1 to ${mostValues}.`);
    return whenReady(tagSession(context), ({ inUse }) => {
      const version = inUse.get(tagState.code);
      if (version === undefined) return null;
      return whenReady(context.session().tagSpread(tagState.code, limit), spread =>
        spread === null ? null : spreadNode(spread, version.definition.type),
      );
    });
  }

  @FieldResolver(() => FreshnessType, { description: "How new its values are." })
  freshness(@Root() { tagState }: TagNode, @Ctx() context: RequestContext): FreshnessType {
    return { logTime: context.session().logTime(), refreshedAsOf: lastRefresh(tagState) };
  }

  @FieldResolver(() => EventConnection, {
    description: "What happened to the tag: every draft, publication, retirement, refresh and list, by whom and when.",
  })
  changes(
    @Root() { code }: TagNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<RecordedEvent>> {
    const end = context.session().position + 1;
    const list: KeysetList<Position, RecordedEvent> = {
      name: `tag-changes:${code}`,
      format: numberKey,
      keyOf: ({ position }) => position,
      fetch: ({ before = end, ...range }) =>
        context.backend.log.read({ stream: tagStream(code), ...range, before: Math.min(before, end) }),
    };
    return paginate(ordered(list, order), paging);
  }
}

const nodeOf = (tagState: TagNode["tagState"], version: VersionRecord | undefined): VersionNode | null =>
  version === undefined ? null : versionNode(tagState, version);
