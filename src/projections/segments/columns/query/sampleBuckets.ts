import { bitBytesPerBlock, rowsPerBlock } from "../sharedBlocks.ts";
import type { ColumnsView } from "./columnsView.ts";

/** Customers by the bucket of their id, for salts that were asked of late. */
export type SampleBuckets = { readonly bits: (salt: string, from: number, to: number) => Uint8Array };

const buckets = 10_000;
const saltsKept = 4;

export function createSampleBuckets(view: ColumnsView): SampleBuckets {
  const known = new Map<string, { rows: number; ofRow: Uint16Array }>();
  return {
    bits: (salt, from, to) => {
      const ofRow = bucketsOf(salt);
      const bits = new Uint8Array(view.blocks() * bitBytesPerBlock);
      for (let row = 0; row < ofRow.length; row += 1) {
        const bucket = ofRow[row] as number;
        if (bucket >= from && bucket < to) bits[row >>> 3] = (bits[row >>> 3] as number) | (1 << (row & 7));
      }
      return bits;
    },
  };

  /** A customer keeps its row, so that only new rows have to be hashed; those without an id are live nowhere. */
  function bucketsOf(salt: string): Uint16Array {
    const rows = view.rows();
    const before = known.get(salt);
    known.delete(salt);
    const now =
      before?.rows === rows
        ? before
        : { rows, ofRow: hashed(salt, before === undefined ? new Uint16Array(0) : before.ofRow, rows) };
    known.set(salt, now);
    if (known.size > saltsKept) known.delete(known.keys().next().value as string);
    return now.ofRow;
  }

  function hashed(salt: string, before: Uint16Array, rows: number): Uint16Array {
    const ofRow = new Uint16Array(rows);
    ofRow.set(before);
    const text = Buffer.from(`${salt}:`);
    for (let block = Math.floor(before.length / rowsPerBlock); block * rowsPerBlock < rows; block += 1) {
      const ids = view.layout.ids[block] ?? 0;
      if (ids === 0) continue;
      const kernels = view.kernels(block);
      const { u8 } = view.shard(block);
      const [place, into] = [kernels.room(text.length + 64), kernels.room(rowsPerBlock * 2)];
      u8.set(text, place);
      const count = Math.min(rowsPerBlock, rows - block * rowsPerBlock);
      kernels.sampleBuckets(ids, count, place, text.length, buckets, into);
      ofRow.set(new Uint16Array(u8.buffer, into, count), block * rowsPerBlock);
      kernels.clear();
    }
    return ofRow;
  }
}
