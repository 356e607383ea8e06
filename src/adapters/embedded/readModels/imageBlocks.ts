/** Bytes of a block of an image: bits of 8,192 rows. Part of what is stored. */
export const blockBytes = 1024;

/** Blocks with members, by number. */
export function* blocksOf(bits: Uint8Array): Iterable<readonly [block: number, bits: Uint8Array]> {
  for (let start = 0; start < bits.length; start += blockBytes) {
    const block = bits.subarray(start, start + blockBytes);
    if (block.some(byte => byte !== 0)) yield [start / blockBytes, block];
  }
}

/** `blocks` by ascending number. */
export function bitsOfBlocks(blocks: readonly (readonly [block: number, bits: Uint8Array])[]): Uint8Array {
  const last = blocks.at(-1);
  const bits = new Uint8Array(last === undefined ? 0 : last[0] * blockBytes + last[1].length);
  for (const [block, part] of blocks) bits.set(part, block * blockBytes);
  return bits;
}
