import { accept, type Result, refuse } from "../../../../domain/result.ts";
import type { Plan } from "../../../../domain/segment/plan.ts";
import type { TagCode } from "../../../../domain/tag/definition.ts";
import { bitBytesPerBlock, blockOf, rowsPerBlock } from "../sharedBlocks.ts";
import type { Around, Members, QueryRefusal } from "./around.ts";
import { failingColumns, hasFailed, missingOf, unordered } from "./checkPlan.ts";
import type { ColumnsView } from "./columnsView.ts";
import { failedRows } from "./failedRows.ts";
import { highest } from "./highest.ts";
import { createTruthsById } from "./idTruths.ts";
import type { Node } from "./node.ts";
import { overlap } from "./overlap.ts";
import { type ColumnPortrait, portraitOf } from "./portrait.ts";
import { prepare } from "./prepare.ts";
import { rowsOf } from "./rowsOf.ts";
import { runNode } from "./runNode.ts";
import { createSampleBuckets } from "./sampleBuckets.ts";

export type Answer<Value> = Result<Value, QueryRefusal>;

/**
 * Questions about all customers at once. Each is answered in one go, of the columns as they are: who writes at the same time from
 * another thread has to be kept out meanwhile (see `exclusion.ts`).
 */
export type ColumnQueries = {
  readonly count: (plan: Plan, around: Around) => Answer<number>;
  readonly members: (plan: Plan, around: Around) => Answer<Members>;
  /** Rows strictly after one, ascending; looks no further than it has to. */
  readonly page: (plan: Plan, around: Around, afterRow: number, limit: number) => Answer<readonly number[]>;
  readonly portrait: (code: TagCode, inside: Members) => Answer<ColumnPortrait>;
  /** How many are in both of each pair. */
  readonly overlap: (sets: readonly Members[]) => number[][];
  readonly top: (
    inside: Members,
    by: TagCode,
    order: "highest" | "lowest",
    limit: number,
  ) => Answer<readonly { readonly row: number; readonly value: number }[]>;
};

export function createQueries(view: ColumnsView): ColumnQueries {
  const truths = createTruthsById();
  const samples = createSampleBuckets(view);

  return {
    count: (plan, around) => {
      const ready = prepared(plan, around);
      if (!ready.ok) return ready;
      let count = 0;
      for (let block = 0; block < view.blocks(); block += 1) {
        const bits = run(ready.value, block);
        if (bits !== null) count += view.kernels(block).countRows(bits);
      }
      return accept(count);
    },
    members: (plan, around) => {
      const ready = prepared(plan, around);
      return ready.ok ? accept(evaluated(ready.value)) : ready;
    },
    page: (plan, around, afterRow, limit) => {
      const ready = prepared(plan, around);
      if (!ready.ok) return ready;
      const rows: number[] = [];
      const first = afterRow + 1;
      for (let block = blockOf(first); block < view.blocks() && rows.length < limit; block += 1) {
        const bits = run(ready.value, block);
        if (bits === null) continue;
        const from = block * rowsPerBlock;
        const part = view.shard(block).u8.subarray(bits, bits + bitBytesPerBlock);
        for (const place of rowsOf(part, Math.max(first - from, 0))) {
          rows.push(from + place);
          if (rows.length === limit) break;
        }
      }
      return accept(rows);
    },
    portrait: (code, inside) => {
      const column = view.layout.byCode.get(code);
      if (column === undefined) return refuse({ kind: "unknownColumn", code });
      const failed = hasFailed(view, column) ? failedRows(view, column, null) : null;
      return failed === null ? accept(portraitOf(view, column, inside)) : refuse(failed);
    },
    overlap: sets => overlap(view, sets),
    top: (inside, by, order, limit) => {
      const column = view.layout.byCode.get(by);
      if (column === undefined) return refuse({ kind: "unknownColumn", code: by });
      const refusal = unordered(view, column);
      return refusal === null ? accept(highest(view, inside.bits, column, order, limit)) : refuse(refusal);
    },
  };

  /** The offset of the block's members among the live rows; null for nobody. */
  function run(node: Node, block: number): number | null {
    const live = view.layout.live[block] ?? 0;
    if (live === 0) return null;
    const into = view.kernels(block).temporary(0);
    return runNode(view, node, block, into, live, 1) ? into : null;
  }

  function evaluated(node: Node): Members {
    const bits = new Uint8Array(view.blocks() * bitBytesPerBlock);
    let count = 0;
    for (let block = 0; block < view.blocks(); block += 1) {
      const found = run(node, block);
      if (found === null) continue;
      count += view.kernels(block).countRows(found);
      bits.set(view.shard(block).u8.subarray(found, found + bitBytesPerBlock), block * bitBytesPerBlock);
    }
    return { bits, count };
  }

  function prepared(plan: Plan, around: Around): Answer<Node> {
    view.begin();
    const missing = missingOf(view, plan, around);
    if (missing !== null) return refuse(missing);
    const failing = failingColumns(view, plan);
    const how = { view, truths, samples, around };
    if (failing.length > 0) {
      const least = evaluated(prepare({ ...how, failed: false }, plan, 0));
      const most = evaluated(prepare({ ...how, failed: true }, plan, 0));
      const undecided = most.bits.map((byte, index) => byte & ~(least.bits[index] as number));
      for (const column of failing) {
        const refusal = failedRows(view, column, undecided);
        if (refusal !== null) return refuse(refusal);
      }
      view.begin();
    }
    return accept(prepare({ ...how, failed: false }, plan, 0));
  }
}
