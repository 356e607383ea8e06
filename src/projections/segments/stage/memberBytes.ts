import type { RowBits } from "../columns/columns.ts";
import { bitBytesPerBlock } from "../columns/sharedBlocks.ts";

/* Members as one array of bytes, lowest bit of each byte first, from and to the bits of the columns, a block of rows at a time. */

const wordsPerBlock = bitBytesPerBlock / 4;

/** A copy of the bits of so many rows. */
export function bytesOf(members: RowBits, rows: number): Uint8Array {
  const blocks = Math.ceil(rows / (bitBytesPerBlock * 8));
  const words = new Uint32Array(blocks * wordsPerBlock);
  for (let block = 0; block < blocks; block += 1) {
    const found = members.words(block);
    if (found !== null) words.set(found, block * wordsPerBlock);
  }
  return new Uint8Array(words.buffer, 0, (rows + 7) >>> 3);
}

/** Makes these the members, in place of whoever was. */
export function putBytes(members: RowBits, bytes: Uint8Array, rows: number): void {
  const blocks = Math.ceil(Math.max(rows, bytes.length * 8) / (bitBytesPerBlock * 8));
  const words = new Uint32Array(wordsPerBlock);
  const room = new Uint8Array(words.buffer);
  for (let block = 0; block < blocks; block += 1) {
    room.fill(0);
    room.set(bytes.subarray(block * bitBytesPerBlock, (block + 1) * bitBytesPerBlock));
    members.putWords(block, words);
  }
}
