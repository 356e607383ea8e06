import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type LineageNode as DomainNode, lineage } from "../../../domain/tag/tagGraph.ts";
import type { FactType } from "../../../intake/catalogue.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import type { RequestContext } from "../../context.ts";
import { whenReady } from "../../maybePromise.ts";
import type { TagNode } from "../tagNode.ts";
import { tagByCode } from "../tagQueries.ts";
import { tagSession } from "../tagSession.ts";
import { TagType } from "../tagType.ts";
import { LineageNodeType, LineageType } from "./lineageType.ts";
import { sourcesByType } from "./sourcesByType.ts";

type Lineage = {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
};
type LineageNode = (DomainNode | { readonly kind: "source" }) & { readonly id: string; readonly label: string };

@Resolver(() => TagType)
export class LineageResolver {
  @FieldResolver(() => LineageType, {
    description:
      "What the tag is made of, down to the fact types and the sources that send them, and what is made of it.",
  })
  lineage(@Root() { code }: TagNode, @Ctx() context: RequestContext): MaybePromise<Lineage> {
    return whenReady(tagSession(context), ({ catalogue }) => {
      const { nodes, edges } = lineage(catalogue, code);
      const named = nodes.map(withId);
      const within = edges.map(({ from, to }) => ({ from: named[from]!.id, to: named[to]!.id }));
      return whenReady(sourcesByType(context.session()), sources =>
        withSources({ nodes: named, edges: within }, sources),
      );
    });
  }
}

function withSources({ nodes, edges }: Lineage, sources: ReadonlyMap<string, readonly string[]>): Lineage {
  const told = nodes.flatMap(node =>
    node.kind === "factType" ? (sources.get(node.type) ?? []).map(source => ({ source, to: node.id })) : [],
  );
  return {
    nodes: [
      ...nodes,
      ...[...new Set(told.map(({ source }) => source))].map(
        (source): LineageNode => ({ kind: "source", id: `source:${source}`, label: source }),
      ),
    ],
    edges: [...edges, ...told.map(({ source, to }) => ({ from: `source:${source}`, to }))],
  };
}

const withId = (node: DomainNode): LineageNode =>
  node.kind === "tag"
    ? { ...node, id: `tag:${node.code}`, label: node.name }
    : { ...node, id: `factType:${node.type}`, label: node.type };

@Resolver(() => LineageNodeType)
export class LineageNodeResolver {
  @FieldResolver()
  tag(@Root() node: LineageNode, @Ctx() context: RequestContext): MaybePromise<TagNode | null> {
    return node.kind === "tag" ? tagByCode(context, node.code) : null;
  }

  @FieldResolver()
  factType(@Root() node: LineageNode, @Ctx() { backend }: RequestContext): FactType | null {
    return node.kind === "factType" ? (backend.catalogue.types.find(({ type }) => type === node.type) ?? null) : null;
  }
}
