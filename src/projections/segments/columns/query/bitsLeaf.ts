import type { Holders } from "../holders.ts";
import { bitBytesPerBlock, rowsPerBlock } from "../sharedBlocks.ts";
import type { ColumnsView } from "./columnsView.ts";
import type { Leaf } from "./node.ts";
import { perShard } from "./perShard.ts";

export const nobody = (view: ColumnsView, flip: 0 | -1): Leaf => ({
  kind: "leaf",
  share: flip === 0 ? 0 : 1,
  cost: 0.1,
  run: (block, into, mask, or) => view.kernels(block).rowBits(0, flip, into, mask, or) !== 0,
});

/** Rows by bits in the shards. */
export function chunkLeaf(view: ColumnsView, chunks: readonly number[], flip: 0 | -1): Leaf {
  const first = chunks.findIndex(chunk => chunk !== 0);
  const part = first === -1 ? 0 : view.kernels(first).countRows(chunks[first] as number) / (bitBytesPerBlock * 8);
  return {
    kind: "leaf",
    share: flip === 0 ? part : 1 - part,
    cost: 0.2,
    run: (block, into, mask, or) => view.kernels(block).rowBits(chunks[block] ?? 0, flip, into, mask, or) !== 0,
  };
}

/** Rows that hold a member. */
export function holdersLeaf(view: ColumnsView, { bits, lists }: Holders, flip: 0 | -1): Leaf {
  if (lists.every(list => list === 0)) return chunkLeaf(view, bits, flip);
  const room = perShard(block => view.kernels(block).room(bitBytesPerBlock));
  const first = lists.findIndex(list => list !== 0);
  const part = (view.shard(first).u16[(lists[first] as number) >>> 1] as number) / rowsPerBlock;
  return {
    kind: "leaf",
    share: flip === 0 ? part : 1 - part,
    cost: 0.4,
    run: (block, into, mask, or) => {
      const kernels = view.kernels(block);
      const list = lists[block] ?? 0;
      if (list === 0) return kernels.rowBits(bits[block] ?? 0, flip, into, mask, or) !== 0;
      kernels.spreadPlaces(list, room(block));
      return kernels.rowBits(room(block), flip, into, mask, or) !== 0;
    },
  };
}

/** Rows by bits that are outside the shards: by row, lowest bit of each byte first; rows beyond their end are not among them. */
export function outsideBitsLeaf(view: ColumnsView, bits: Uint8Array, flip: 0 | -1): Leaf {
  const room = perShard(block => view.kernels(block).room(bitBytesPerBlock));
  return {
    kind: "leaf",
    share: 0.5,
    cost: 0.4,
    run: (block, into, mask, or) => {
      const from = block * bitBytesPerBlock;
      const part = bits.subarray(from, Math.min(from + bitBytesPerBlock, bits.length));
      const kernels = view.kernels(block);
      if (part.length === 0) return kernels.rowBits(0, flip, into, mask, or) !== 0;
      const copy = room(block);
      const { u8 } = view.shard(block);
      u8.set(part, copy);
      if (part.length < bitBytesPerBlock) u8.fill(0, copy + part.length, copy + bitBytesPerBlock);
      return kernels.rowBits(copy, flip, into, mask, or) !== 0;
    },
  };
}
