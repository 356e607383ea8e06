import type { Plan } from "../../../../domain/segment/plan.ts";
import type { TagCode } from "../../../../domain/tag/definition.ts";
import { failedCode } from "../coding.ts";
import type { BitColumn, Column } from "../column.ts";
import type { Around } from "./around.ts";
import { chunkLeaf, nobody, outsideBitsLeaf } from "./bitsLeaf.ts";
import { hasFailed } from "./checkPlan.ts";
import { columnLeaf } from "./columnLeaf.ts";
import type { ColumnsView } from "./columnsView.ts";
import { compareLeaf } from "./compareLeaf.ts";
import { highest } from "./highest.ts";
import type { TruthsById } from "./idTruths.ts";
import { liveBits } from "./liveBits.ts";
import { all, any, type Leaf, type Node } from "./node.ts";
import type { SampleBuckets } from "./sampleBuckets.ts";

export type Preparing = {
  readonly view: ColumnsView;
  readonly truths: TruthsById;
  readonly samples: SampleBuckets;
  readonly around: Around;
  /** What every leaf is taken to say of a value that could not be evaluated, whichever way round it is asked. */
  readonly failed: boolean;
};

/** The plan ready to be run; `flip` -1 for its opposite. Everything it names is there: see `missingOf`. */
export function prepare(preparing: Preparing, plan: Plan, flip: 0 | -1): Node {
  const { view, around } = preparing;
  switch (plan.kind) {
    case "all":
    case "any": {
      const parts = plan.of.map(part => prepare(preparing, part, flip));
      if (parts.length === 0) return nobody(view, (plan.kind === "all") === (flip === 0) ? -1 : 0);
      return (plan.kind === "all") === (flip === 0) ? all(parts) : any(parts);
    }
    case "not":
      return prepare(preparing, plan.of, flip === 0 ? -1 : 0);
    case "column": {
      const column = columnOf(view, plan.code);
      return settled(preparing, columnLeaf(view, preparing.truths, column, plan.test, flip), [column]);
    }
    case "compare": {
      const [left, right] = [columnOf(view, plan.left), columnOf(view, plan.right)];
      return settled(preparing, compareLeaf(view, left, plan.operator, right, flip), [left, right]);
    }
    case "segment":
      return chunkLeaf(view, (view.layout.bits.get(around.segmentBits(plan.id) as string) as BitColumn).chunks, flip);
    case "snapshot":
      return outsideBitsLeaf(view, around.snapshot(plan.segment, plan.at) as Uint8Array, flip);
    case "sample":
      return outsideBitsLeaf(view, preparing.samples.bits(plan.salt, plan.from, plan.to), flip);
    case "top": {
      const everyone = liveBits(view);
      const bits = new Uint8Array(everyone.length);
      for (const { row } of highest(view, everyone, columnOf(view, plan.by), plan.order, plan.count))
        bits[row >>> 3] = (bits[row >>> 3] as number) | (1 << (row & 7));
      return outsideBitsLeaf(view, bits, flip);
    }
  }
}

/**
 * Where values could not be evaluated, the rule is run twice: once as if every leaf were false of them and once as if it were
 * true. Whoever is a member in one and not in the other is one of whom the rule cannot be answered.
 */
function settled(preparing: Preparing, node: Node, columns: readonly Column[]): Node {
  const failing = columns.filter(column => hasFailed(preparing.view, column));
  if (failing.length === 0) return node;
  return preparing.failed
    ? any([node, ...failing.map(column => failedLeaf(preparing.view, column, 0))])
    : all([node, ...failing.map(column => failedLeaf(preparing.view, column, -1))]);
}

const failedLeaf = (view: ColumnsView, column: Column, flip: 0 | -1): Leaf => ({
  kind: "leaf",
  share: flip === 0 ? 0 : 1,
  cost: 1,
  run: (block, into, mask, or) => {
    const kernels = view.kernels(block);
    const codes = column.codes[block] ?? 0;
    return codes === 0
      ? kernels.rowBits(0, flip, into, mask, or) !== 0
      : kernels.equalCode(codes, failedCode, flip, into, mask, or) !== 0;
  },
});

const columnOf = (view: ColumnsView, code: TagCode): Column => view.layout.byCode.get(code) as Column;
