import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { FactType } from "../../../intake/catalogue.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import type { RequestContext } from "../../context.ts";
import { whenReady } from "../../maybePromise.ts";
import type { TagNode } from "../tagNode.ts";
import { tagSession } from "../tagSession.ts";
import { TagType } from "../tagType.ts";
import { type Lineage, type LineageNode, lineageOf } from "./lineageOf.ts";
import { LineageDirection, LineageNodeType, LineageType } from "./lineageType.ts";

@Resolver(() => TagType)
export class LineageResolver {
  @FieldResolver(() => LineageType, {
    description: "What the tag is made of, down to the fact types, and what is made of it.",
  })
  lineage(
    @Root() { code }: TagNode,
    @Arg("direction", () => LineageDirection, {
      defaultValue: LineageDirection.BOTH,
      description: "Which way to look.",
    })
    direction: LineageDirection,
    @Ctx() context: RequestContext,
  ): MaybePromise<Lineage> {
    return whenReady(tagSession(context), ({ catalogue }) => lineageOf(code, catalogue, direction));
  }
}

@Resolver(() => LineageNodeType)
export class LineageNodeResolver {
  @FieldResolver()
  factType(@Root() { kind, label }: LineageNode, @Ctx() { backend }: RequestContext): FactType | null {
    return kind === "factType" ? (backend.catalogue.types.find(({ type }) => type === label) ?? null) : null;
  }
}
