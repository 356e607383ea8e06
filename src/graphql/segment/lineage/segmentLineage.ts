import { segmentReferences } from "../../../domain/segment/references.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentState } from "../../../domain/segment/segmentCatalogue.ts";
import { shownSegmentVersion, standingVersion } from "../../../domain/segment/segmentGraph.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import { factTypesOf } from "../../../domain/tag/factTypesOf.ts";
import { inputsOf } from "../../../domain/tag/references.ts";
import type { TagCatalogue } from "../../../domain/tag/tagCatalogue.ts";
import { shownVersion } from "../../../domain/tag/tagGraph.ts";

export type SegmentLineageNode = { readonly id: string; readonly label: string } & (
  | { readonly kind: "segment"; readonly segmentId: SegmentId }
  | { readonly kind: "tag"; readonly code: TagCode }
  | { readonly kind: "factType"; readonly type: string }
);
/** `from` goes into `to`; both are ids of nodes. */
export type SegmentLineage = {
  readonly nodes: readonly SegmentLineageNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
};

/** What a segment is worked out from, down to the fact types, and the segments in force that name it. The first node is the segment itself. */
export function segmentLineage(
  segments: ReadonlyMap<SegmentId, SegmentState>,
  { tags }: TagCatalogue,
  id: SegmentId,
): SegmentLineage {
  const nodes = new Map<string, SegmentLineageNode>();
  const edges = new Map<string, { readonly from: string; readonly to: string }>();
  const join = (from: string, to: string): void => void edges.set(`${from} ${to}`, { from, to });

  const addFactType = (type: string): string => {
    const node = `factType:${type}`;
    nodes.set(node, { id: node, label: type, kind: "factType", type });
    return node;
  };
  const addTag = (code: TagCode): string => {
    const node = `tag:${code}`;
    if (nodes.has(node)) return node;
    const state = tags.get(code);
    const definition = state === undefined ? undefined : shownVersion(state)?.definition;
    nodes.set(node, { id: node, label: definition?.name ?? code, kind: "tag", code });
    if (definition === undefined) return node;
    for (const type of factTypesOf(definition.rule)) join(addFactType(type), node);
    for (const input of inputsOf(definition.rule)) join(addTag(input), node);
    return node;
  };
  const addSegment = (segmentId: SegmentId): string => {
    const node = `segment:${segmentId}`;
    if (nodes.has(node)) return node;
    const state = segments.get(segmentId);
    const definition = state === undefined ? undefined : shownSegmentVersion(state)?.definition;
    nodes.set(node, { id: node, label: definition?.name ?? segmentId, kind: "segment", segmentId });
    if (definition === undefined) return node;
    const references = segmentReferences(definition.rule);
    for (const other of references.segments) join(addSegment(other.id), node);
    for (const { code } of references.tags) join(addTag(code), node);
    for (const type of references.factTypes) join(addFactType(type), node);
    return node;
  };

  addSegment(id);
  const reached: SegmentId[] = [id];
  for (const below of reached)
    for (const state of segments.values()) {
      const version = standingVersion(state);
      if (version === null || !segmentReferences(version.definition.rule).segments.some(other => other.id === below))
        continue;
      if (!reached.includes(state.id)) reached.push(state.id);
      const node = `segment:${state.id}`;
      nodes.set(node, { id: node, label: version.definition.name, kind: "segment", segmentId: state.id });
      join(`segment:${below}`, node);
    }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
