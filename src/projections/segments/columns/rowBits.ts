import { bitAt } from "./bitAt.ts";
import type { RowBits } from "./columns.ts";
import type { Shard } from "./shard.ts";
import { bitBytesPerBlock, blockOf, placeInBlock, shardOf } from "./sharedBlocks.ts";
import type { Store } from "./store.ts";

/** Sets a bit, and says whether it was different before. `onChunk` is told of a chunk that had to be made for it. */
export function putBit(
  store: Store,
  chunks: readonly number[],
  row: number,
  value: boolean,
  onChunk: (block: number, offset: number) => void,
): boolean {
  const block = blockOf(row);
  if ((chunks[block] ?? 0) === 0) {
    if (!value) return false;
    onChunk(block, store.allocate(block, bitBytesPerBlock));
  }
  const place = placeInBlock(row);
  const { u8 } = store.shards[shardOf(block)] as Shard;
  const byte = (chunks[block] as number) + (place >>> 3);
  const bit = 1 << (place & 7);
  const before = u8[byte] as number;
  if (((before & bit) !== 0) === value) return false;
  u8[byte] = before ^ bit;
  return true;
}

export function countBits(shards: readonly Shard[], chunks: readonly number[]): number {
  let count = 0;
  chunks.forEach((chunk, block) => {
    if (chunk === 0) return;
    const { u32 } = shards[shardOf(block)] as Shard;
    const from = chunk >>> 2;
    for (let word = from; word < from + bitBytesPerBlock / 4; word += 1) count += onesIn(u32[word] as number);
  });
  return count;
}

export function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Named bits that the writer sets; made when they are first asked for. */
export function openRowBits(store: Store, name: string): RowBits {
  if (!store.layout.bits.has(name)) store.record(["bits", store.nextSlot(), name]);
  const chunks = (): readonly number[] => {
    const bits = store.layout.bits.get(name);
    if (bits === undefined) throw new Error(`the bits ${name} were dropped`);
    return bits.chunks;
  };
  const own = chunks();
  let count = countBits(store.shards, own);
  const words = (block: number): Uint32Array | null => {
    const chunk = own[block] ?? 0;
    if (chunk === 0) return null;
    const from = chunk >>> 2;
    return (store.shards[shardOf(block)] as Shard).u32.subarray(from, from + bitBytesPerBlock / 4);
  };
  return {
    has: row => bitAt(store.shards, own, row),
    set: (row, value) => {
      const changed = putBit(store, own, row, value, (block, offset) =>
        store.record(["bitChunk", name, block, offset]),
      );
      if (changed) count += value ? 1 : -1;
    },
    count: () => count,
    words,
    putWords: (block, bits) => {
      let after = 0;
      for (const word of bits) after += onesIn(word);
      if (after === 0 && words(block) === null) return;
      let before = 0;
      if (words(block) === null) store.record(["bitChunk", name, block, store.allocate(block, bitBytesPerBlock)]);
      else for (const word of words(block) as Uint32Array) before += onesIn(word);
      (words(block) as Uint32Array).set(bits);
      count += after - before;
    },
  };
}

export function dropRowBits(store: Store, name: string): void {
  const bits = store.layout.bits.get(name);
  if (bits === undefined) return;
  bits.chunks.forEach((chunk, block) => {
    if (chunk !== 0) store.free(block, chunk, bitBytesPerBlock);
  });
  store.record(["dropBits", name]);
}
