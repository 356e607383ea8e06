import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { segmentReferences } from "../../../domain/segment/references.ts";
import { standingVersion } from "../../../domain/segment/segmentGraph.ts";
import type { FactType } from "../../../intake/catalogue.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import type { RequestContext } from "../../context.ts";
import { whenReady } from "../../maybePromise.ts";
import type { TagNode } from "../../tag/tagNode.ts";
import { tagByCode } from "../../tag/tagQueries.ts";
import { tagSession } from "../../tag/tagSession.ts";
import { TagType } from "../../tag/tagType.ts";
import { type SegmentNode, segmentNode } from "../segmentNode.ts";
import { segmentById } from "../segmentQueries.ts";
import { SegmentType } from "../segmentType.ts";
import { SegmentLineageNodeType, SegmentLineageType } from "./lineageType.ts";
import { type SegmentLineage, type SegmentLineageNode, segmentLineage } from "./segmentLineage.ts";

@Resolver(() => SegmentType)
export class SegmentLineageResolver {
  @FieldResolver(() => SegmentLineageType, {
    description:
      "The segments, tags and fact types that it is worked out from, and the segments in force that name it.",
  })
  lineage(@Root() { segmentId }: SegmentNode, @Ctx() context: RequestContext): MaybePromise<SegmentLineage> {
    return whenReady(tagSession(context), ({ catalogue }) => {
      const segments = new Map(
        context
          .session()
          .segmentStates()
          .map(state => [state.id, state]),
      );
      return segmentLineage(segments, catalogue, segmentId);
    });
  }
}

@Resolver(() => SegmentLineageNodeType)
export class SegmentLineageNodeResolver {
  @FieldResolver()
  segment(@Root() node: SegmentLineageNode, @Ctx() context: RequestContext): SegmentNode | null {
    return node.kind === "segment" ? segmentById(context, node.segmentId) : null;
  }

  @FieldResolver()
  tag(@Root() node: SegmentLineageNode, @Ctx() context: RequestContext): MaybePromise<TagNode | null> {
    return node.kind === "tag" ? tagByCode(context, node.code) : null;
  }

  @FieldResolver()
  factType(@Root() node: SegmentLineageNode, @Ctx() { backend }: RequestContext): FactType | null {
    return node.kind === "factType" ? (backend.catalogue.types.find(({ type }) => type === node.type) ?? null) : null;
  }
}

@Resolver(() => TagType)
export class TagSegmentsResolver {
  @FieldResolver(() => [SegmentType], { description: "The segments in force whose rule names the tag, by id." })
  segments(@Root() { code }: TagNode, @Ctx() context: RequestContext): readonly SegmentNode[] {
    return context
      .session()
      .segmentStates()
      .filter(state => {
        const rule = standingVersion(state)?.definition.rule;
        return rule !== undefined && segmentReferences(rule).tags.some(reference => reference.code === code);
      })
      .map(segmentNode);
  }
}
