import type { TagValue, ValueType } from "../../domain/tag/tagValue.ts";
import type { TagSpread } from "../../projections/tags/storedTags.ts";
import { type TagValueNode, tagValueNode } from "./tagValueNode.ts";

export type SpreadNode = {
  readonly covered: number;
  readonly customers: number;
  readonly coverage: number | null;
  readonly values: readonly { readonly value: TagValueNode; readonly customers: number }[];
  readonly stretches: readonly {
    readonly from: TagValueNode;
    readonly to: TagValueNode;
    readonly customers: number;
  }[];
};

export function spreadNode({ covered, customers, values, stretches }: TagSpread, type: ValueType): SpreadNode {
  const shown = (value: TagValue): TagValueNode => tagValueNode(value, type)!;
  return {
    covered,
    customers,
    coverage: customers === 0 ? null : covered / customers,
    values: values.map(({ value, customers }) => ({
      value: shown(type.kind === "set" ? [value as string] : value),
      customers,
    })),
    stretches: stretches.map(({ from, to, customers }) => ({ from: shown(from), to: shown(to), customers })),
  };
}
