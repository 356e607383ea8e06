import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import type { Portrait, PortraitBucket } from "../../../projections/segments/preview/segmentPreview.ts";
import type { TagNode } from "../../tag/tagNode.ts";
import { type TagValueNode, tagValueNode } from "../../tag/tagValueNode.ts";

export type PortraitNode = {
  readonly tag: TagNode;
  readonly inside: number;
  readonly insideMissing: number;
  readonly everyone: number;
  readonly everyoneMissing: number;
  readonly buckets: readonly BucketNode[];
};
type BucketNode = {
  readonly value: TagValueNode | null;
  readonly from: TagValueNode | null;
  readonly to: TagValueNode | null;
  readonly others: boolean;
  readonly inside: number;
  readonly everyone: number;
  readonly index: number | null;
};

export function portraitNode({ type, inside, everyone, buckets }: Portrait, tag: TagNode): PortraitNode {
  const index = (bucket: PortraitBucket): number | null => {
    if (inside.customers === 0 || bucket.everyone === 0) return null;
    return bucket.inside / inside.customers / (bucket.everyone / everyone.customers);
  };
  return {
    tag,
    inside: inside.customers,
    insideMissing: inside.missing,
    everyone: everyone.customers,
    everyoneMissing: everyone.missing,
    buckets: buckets.map(bucket => ({
      ...whereOf(bucket.of, type),
      inside: bucket.inside,
      everyone: bucket.everyone,
      index: index(bucket),
    })),
  };
}

const nowhere = { value: null, from: null, to: null, others: false };

function whereOf(of: PortraitBucket["of"], type: ValueType): Pick<BucketNode, keyof typeof nowhere> {
  switch (of.kind) {
    case "value":
      return { ...nowhere, value: shown(of.value, type) };
    case "range":
      return { ...nowhere, from: end(of.from, type), to: end(of.to, type) };
    case "others":
      return { ...nowhere, others: true };
  }
}

const shown = (value: TagValue, type: ValueType): TagValueNode | null =>
  tagValueNode(type.kind === "set" && typeof value === "string" ? [value] : value, type);

const end = (value: number | null, type: ValueType): TagValueNode | null =>
  value === null ? null : tagValueNode(value, type);
