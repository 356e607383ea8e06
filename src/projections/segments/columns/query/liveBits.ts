import { bitBytesPerBlock } from "../sharedBlocks.ts";
import type { ColumnsView } from "./columnsView.ts";

export function liveBits(view: ColumnsView): Uint8Array {
  const bits = new Uint8Array(view.blocks() * bitBytesPerBlock);
  view.layout.live.forEach((chunk, block) => {
    if (chunk !== 0) bits.set(view.shard(block).u8.subarray(chunk, chunk + bitBytesPerBlock), block * bitBytesPerBlock);
  });
  return bits;
}
