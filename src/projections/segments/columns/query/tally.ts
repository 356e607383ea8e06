import type { Column } from "../column.ts";
import { bitBytesPerBlock } from "../sharedBlocks.ts";
import type { ColumnsView } from "./columnsView.ts";

const tables = 4;

/** How many of the rows have each code; of code 0 only where the block has values at all. */
export function tally(view: ColumnsView, column: Column, bits: Uint8Array): Float64Array {
  const counts = new Float64Array(256);
  view.begin();
  column.codes.forEach((chunk, block) => {
    const part = bits.subarray(block * bitBytesPerBlock, (block + 1) * bitBytesPerBlock);
    if (chunk === 0 || part.length === 0) return;
    const kernels = view.kernels(block);
    const { u8, u32 } = view.shard(block);
    const rows = kernels.temporary(0);
    const into = kernels.temporary(1);
    u8.set(part, rows);
    u32.fill(0, into >>> 2, (into >>> 2) + 256 * tables);
    kernels.tallyCodes(chunk, rows, into);
    for (let index = 0; index < 256 * tables; index += 1)
      counts[index & 255] = (counts[index & 255] as number) + (u32[(into >>> 2) + index] as number);
  });
  return counts;
}
