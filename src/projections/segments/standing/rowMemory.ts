import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { firstCode } from "../columns/coding.ts";
import type { BitColumn, Column } from "../columns/column.ts";
import type { ColumnsView } from "../columns/query/columnsView.ts";
import { blockOf, placeInBlock } from "../columns/sharedBlocks.ts";
import { passes } from "../columns/testValue.ts";
import { isTrue, look, truthTable } from "../columns/truthTable.ts";
import type { Decision, RowTest } from "./decision.ts";
import type { KeptSegment } from "./keptSegment.ts";
import type { Leaf } from "./leafIndex.ts";

/**
 * Members and questions of one row, read straight from the columns' memory. Thousands of closures, each with its own table and its own
 * way to the memory, do not fit into the processor's caches; a few long arrays do. That is most of the speed of standing segments.
 */
export type RowMemory = {
  /** Which row is asked from now on; nothing may be written to columns while it is. */
  readonly open: (row: number) => void;
  readonly isMember: (rank: number) => boolean;
  readonly judge: (rank: number) => boolean;
};

type Holds = ReturnType<typeof passes>;

/** Of a question: column, below zero where it is of no column; leaf; where to go on if it is true, and if it is false. */
const stepSize = 4;

export function createRowMemory(
  view: ColumnsView,
  segments: readonly { readonly kept: KeptSegment; readonly decision: Decision }[],
  leaves: readonly Leaf[],
  tests: readonly RowTest[],
): RowMemory {
  const columns: Column[] = [];
  const columnOfLeaf = leaves.map(({ plan }) => {
    if (plan.kind !== "column") return null;
    const column = view.layout.byCode.get(plan.code) as Column;
    if (!columns.includes(column)) columns.push(column);
    return columns.indexOf(column);
  });
  const leavesOf = columns.map((_, index) =>
    leaves.flatMap((__, leaf) => (columnOfLeaf[leaf] === index ? [leaf] : [])),
  );
  const { starts, steps } = joined(segments, columnOfLeaf);
  const tables = new Uint8Array(leaves.length * 256);

  /** By block, then column or rank: where the codes or bits lie; 0 where there are none. */
  let codeChunks: Uint32Array[] = [];
  let memberChunks: Uint32Array[] = [];
  const epochs = columns.map(() => -1);
  const known = columns.map(() => -1);
  let laidOut = -1;
  let moved = -1;

  let u8 = new Uint8Array(0);
  let codes: Uint32Array = none;
  let members: Uint32Array = none;
  let row = 0;
  let place = 0;

  const bits = segments.map(({ kept }) => view.layout.bits.get(kept.membersName) as BitColumn);
  const holds = leaves.map(({ plan }) => (plan.kind === "column" ? passes(plan.test) : null));

  const follow = (): void => {
    laidOut = view.laidOut();
    columns.forEach(followCodes);
    if (moved === view.layout.moved) return;
    moved = view.layout.moved;
    const blocks = Array.from({ length: view.blocks() }, (_, block) => block);
    codeChunks = blocks.map(block => Uint32Array.from(columns, ({ codes: chunks }) => chunks[block] ?? 0));
    memberChunks = blocks.map(block => Uint32Array.from(bits, ({ chunks }) => chunks[block] ?? 0));
  };
  const followCodes = (column: Column, index: number): void => {
    const { values } = column.dictionary;
    const length = column.coding.kind === "direct" ? values.length : 0;
    if (column.epoch === epochs[index] && length === known[index]) return;
    for (const leaf of leavesOf[index] as number[]) {
      const { plan } = leaves[leaf] as Leaf;
      if (plan.kind !== "column") continue;
      if (column.epoch !== epochs[index]) tables.set(truthTable(column, plan.test), leaf * 256);
      else
        for (let id = known[index] as number; id < length; id += 1)
          tables[leaf * 256 + firstCode + id] = Number((holds[leaf] as Holds)(values[id] as NonNullable<TagValue>));
    }
    epochs[index] = column.epoch;
    known[index] = length;
  };

  return {
    open: of => {
      if (view.laidOut() !== laidOut) follow();
      row = of;
      place = placeInBlock(of);
      const block = blockOf(of);
      codes = codeChunks[block] ?? none;
      members = memberChunks[block] ?? none;
      u8 = view.shard(block).u8 as Uint8Array<ArrayBuffer>;
    },
    isMember: rank => {
      const chunk = members[rank] ?? 0;
      return chunk !== 0 && ((u8[chunk + (place >>> 3)] as number) & (1 << (place & 7))) !== 0;
    },
    judge: rank => {
      let step = starts[rank] as number;
      while (step >= 0) {
        const column = steps[step] as number;
        const leaf = steps[step + 1] as number;
        let truth: boolean;
        if (column < 0) truth = (tests[leaf] as RowTest)(row);
        else {
          const chunk = codes[column] ?? 0;
          const says = tables[leaf * 256 + (chunk === 0 ? 0 : (u8[chunk + place] as number))] as number;
          truth = says === look ? (tests[leaf] as RowTest)(row) : says === isTrue;
        }
        step = steps[truth ? step + 2 : step + 3] as number;
      }
      return step === -1;
    },
  };
}

const none = new Uint32Array(0);

/** All decisions in one array. */
function joined(
  segments: readonly { readonly decision: Decision }[],
  columnOfLeaf: readonly (number | null)[],
): { readonly starts: Int32Array; readonly steps: Int32Array } {
  const starts: number[] = [];
  const steps: number[] = [];
  for (const { decision } of segments) {
    const from = steps.length;
    const moved = (step: number): number => (step < 0 ? step : from + (step / 3) * stepSize);
    starts.push(moved(decision.start));
    for (let at = 0; at < decision.steps.length; at += 3) {
      const [leaf, ifTrue, ifFalse] = decision.steps.subarray(at, at + 3) as unknown as [number, number, number];
      steps.push(columnOfLeaf[leaf] ?? -1, leaf, moved(ifTrue), moved(ifFalse));
    }
  }
  return { starts: Int32Array.from(starts), steps: Int32Array.from(steps) };
}
