import { bitAt } from "./bitAt.ts";
import { missingCode } from "./coding.ts";
import type { Column } from "./column.ts";
import type { Shard } from "./shard.ts";
import { bitBytesPerBlock, rowsPerBlock, shardOf } from "./sharedBlocks.ts";
import type { Store } from "./store.ts";

export const bytesOfCounts = 1024;

/** Live rows by code; nothing is counted of code 0. */
export const countsOf = (shards: readonly Shard[], column: Column): Uint32Array =>
  (shards[0] as Shard).u32.subarray(column.counts >>> 2, (column.counts >>> 2) + 256);

/** Counts a column's codes anew. */
export function countCodes(store: Store, column: Column): void {
  const counts = new Uint32Array(256);
  column.codes.forEach((chunk, block) => {
    const live = store.layout.live[block] ?? 0;
    if (chunk === 0 || live === 0) return;
    const { u8 } = store.shards[shardOf(block)] as Shard;
    const codes = u8.subarray(chunk, chunk + rowsPerBlock);
    const bits = u8.subarray(live, live + bitBytesPerBlock);
    for (let byte = 0; byte < bitBytesPerBlock; byte += 1) {
      const first = byte * 8;
      // Nearly all customers are live.
      if (bits[byte] === 255)
        for (let place = first; place < first + 8; place += 1) {
          const code = codes[place] as number;
          counts[code] = (counts[code] as number) + 1;
        }
      else
        for (let left = bits[byte] as number; left !== 0; left &= left - 1) {
          const code = codes[first + 31 - Math.clz32(left & -left)] as number;
          counts[code] = (counts[code] as number) + 1;
        }
    }
  });
  counts[missingCode] = 0;
  countsOf(store.shards, column).set(counts);
}

/** A row that begins or ceases to be live is counted, or no longer. */
export function countRow(store: Store, by: 1 | -1, codeOf: (column: Column) => number): void {
  for (const column of store.layout.columns.values()) {
    const code = codeOf(column);
    if (code === missingCode) continue;
    const counts = countsOf(store.shards, column);
    counts[code] = (counts[code] as number) + by;
  }
}

export const isLiveRow = (store: Store, row: number): boolean => bitAt(store.shards, store.layout.live, row);
