import type { Column } from "../column.ts";
import { countsOf } from "../counts.ts";
import { at, type Header } from "../header.ts";
import { type Kernels, openKernels } from "../kernels/kernels.ts";
import type { Layout } from "../layout.ts";
import type { Shard } from "../shard.ts";
import { rowsPerBlock, shardOf } from "../sharedBlocks.ts";

/** The columns as one thread asks them. */
export type ColumnsView = {
  readonly layout: Layout;
  readonly shards: readonly Shard[];
  readonly rows: () => number;
  readonly live: () => number;
  readonly blocks: () => number;
  readonly kernels: (block: number) => Kernels;
  readonly shard: (block: number) => Shard;
  readonly counts: (column: Column) => Uint32Array;
  /** Another number whenever chunks, codes or dictionaries have changed. */
  readonly laidOut: () => number;
  /** Tables of the query before are not needed any more. */
  readonly begin: () => void;
};

export function viewOf(header: Header, layout: Layout, shards: readonly Shard[], thread: number): ColumnsView {
  const opened: Kernels[] = [];
  const rows = (): number => header.numbers[at.rows] as number;
  return {
    layout,
    shards,
    rows,
    live: () => header.numbers[at.live] as number,
    blocks: () => Math.ceil(rows() / rowsPerBlock),
    kernels: block => {
      const index = shardOf(block);
      opened[index] ??= openKernels(shards[index] as Shard, thread);
      return opened[index];
    },
    shard: block => shards[shardOf(block)] as Shard,
    counts: column => countsOf(shards, column),
    laidOut: () => (header.numbers[at.journalEpoch] as number) * 2 ** 33 + (header.numbers[at.journalBytes] as number),
    begin: () => {
      for (const kernels of opened) kernels?.clear();
    },
  };
}
