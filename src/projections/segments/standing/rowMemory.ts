import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { firstCode } from "../columns/coding.ts";
import type { Column } from "../columns/column.ts";
import type { ColumnsView } from "../columns/query/columnsView.ts";
import { blockOf, placeInBlock } from "../columns/sharedBlocks.ts";
import { passes } from "../columns/testValue.ts";
import { look, truthTable } from "../columns/truthTable.ts";
import type { Decision, RowTest } from "./decision.ts";
import type { Leaf, RankedSegment } from "./leafIndex.ts";
import type { MemberRows } from "./memberRows.ts";

/**
 * Members and questions of one row, read straight from the columns' memory. Thousands of closures, each with its own table and its own
 * way to the memory, do not fit into the processor's caches; a few long arrays do. That is most of the speed of standing segments.
 */
export type RowMemory = {
  /** Which row is asked from now on; nothing may be written to columns while it is. */
  readonly open: (row: number) => void;
  readonly isMember: (rank: number) => boolean;
  /**
   * A judgement in two halves: the first question of a segment, which gives where to go on, and the rest. Who has several to judge asks
   * all first questions first: they wait for memory together then, and not one after the other.
   */
  readonly begin: (rank: number) => number;
  readonly finish: (step: number) => boolean;
  readonly put: (rank: number, member: boolean) => void;
};

type Holds = ReturnType<typeof passes>;

/** Of a question: column, below zero where it is of no column; leaf; where to go on if it is true, and if it is false. */
const stepSize = 4;

export function createRowMemory(
  view: ColumnsView,
  segments: readonly RankedSegment[],
  leaves: readonly Leaf[],
  tests: readonly RowTest[],
  memberRows: MemberRows,
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

  /** By block, then column: where the codes lie; 0 where there are none. */
  let codeChunks: Uint32Array[] = [];
  const epochs = columns.map(() => -1);
  const known = columns.map(() => -1);
  let laidOut = -1;
  let moved = -1;

  let u8 = new Uint8Array(0);
  let codes: Uint32Array = none;
  let members: Uint32Array = none;
  /** Where the row's words begin in `members`. */
  let own = 0;
  let row = 0;
  let place = 0;

  const slots = Int32Array.from(segments, ({ kept }) => kept.slot);
  const width = memberRows.width();
  const holds = leaves.map(({ plan }) => (plan.kind === "column" ? passes(plan.test) : null));

  const follow = (): void => {
    laidOut = view.laidOut();
    columns.forEach(followCodes);
    if (moved === view.layout.moved) return;
    moved = view.layout.moved;
    const blocks = Array.from({ length: view.blocks() }, (_, block) => block);
    codeChunks = blocks.map(block => Uint32Array.from(columns, ({ codes: chunks }) => chunks[block] ?? 0));
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
      members = memberRows.block(block);
      own = place * width;
      u8 = view.shard(block).u8 as Uint8Array<ArrayBuffer>;
    },
    isMember: rank => {
      const slot = slots[rank] as number;
      return (((members[own + (slot >>> 5)] as number) >>> (slot & 31)) & 1) === 1;
    },
    put: (rank, member) => {
      const slot = slots[rank] as number;
      const word = own + (slot >>> 5);
      const bit = 1 << (slot & 31);
      const { kept } = segments[rank] as RankedSegment;
      members[word] = member ? (members[word] as number) | bit : (members[word] as number) & ~bit;
      kept.members.set(row, member);
      kept.size += member ? 1 : -1;
    },
    begin: rank => {
      const step = starts[rank] as number;
      return step < 0 ? step : next(step);
    },
    finish: from => {
      let step = from;
      while (step >= 0) step = next(step);
      return step === -1;
    },
  };

  /** Asks one question. */
  function next(step: number): number {
    const column = steps[step] as number;
    const leaf = steps[step + 1] as number;
    let truth = look as number;
    if (column >= 0) {
      const chunk = codes[column] ?? 0;
      truth = tables[leaf * 256 + (chunk === 0 ? 0 : (u8[chunk + place] as number))] as number;
    }
    if (truth === look) truth = Number((tests[leaf] as RowTest)(row));
    return steps[step + 3 - truth] as number;
  }
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
