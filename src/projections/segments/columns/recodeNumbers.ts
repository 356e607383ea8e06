import { bucketCode, bucketRange, type Coding, firstCode, type NumberFormat } from "./coding.ts";
import type { Column } from "./column.ts";
import { countCodes } from "./counts.ts";
import { formatFor } from "./numberFormat.ts";
import { valueAt } from "./readValue.ts";
import type { Shard } from "./shard.ts";
import { rowsPerBlock, shardOf } from "./sharedBlocks.ts";
import { cutsOf } from "./sketch.ts";
import type { Store } from "./store.ts";
import { tellExact } from "./tellExact.ts";

/*
 * Gives the codes of numbers another meaning. The writer does it while it holds the exclusion, so no reader ever sees codes of
 * one meaning with the cuts of another. Everybody waits meanwhile, so that a row costs some nanoseconds: what follows from its old code
 * is looked up.
 */

type Sketch = Extract<Coding, { readonly kind: "sketch" }>;

const sampleSize = 16_384;

/** Numbers of more values than codes, or whose buckets have become unequal; `incoming` will be written next. */
export function recodeNumbers(store: Store, column: Column, incoming: number): void {
  const cuts = cutsOf(Float64Array.from([...sampleOf(store, column), incoming]).sort());
  if (column.coding.kind === "sketch") redraw(store, column, column.coding, cuts);
  else sketch(store, column, cuts, incoming);
  countCodes(store, column);
}

/** Numbers that do not fit 32 bits any more. */
export function widenNumbers(store: Store, column: Column): void {
  const { coding } = column;
  if (coding.kind !== "sketch" || coding.format.kind === "f64") return;
  const { base, scale } = coding.format;
  const chunks = column.exact.map((narrow, block) => {
    if (narrow === 0) return 0;
    const wide = store.allocate(block, rowsPerBlock * 8);
    const { i32, f64 } = store.shards[shardOf(block)] as Shard;
    const [from, to] = [narrow >>> 2, wide >>> 3];
    for (let place = 0; place < rowsPerBlock; place += 1)
      f64[to + place] = base + scale * (i32[from + place] as number);
    store.free(block, narrow, rowsPerBlock * 4);
    return wide;
  });
  store.record(["sketch", column.slot, [...coding.cuts], { kind: "f64" }]);
  tellExact(store, column, chunks);
}

export const bytesOf = (format: NumberFormat): number => (format.kind === "f64" ? 8 : 4);

/** The first cuts: until now each value had a code of its own. */
function sketch(store: Store, column: Column, cuts: Float64Array, incoming: number): void {
  const met = column.dictionary.values as readonly number[];
  const format = formatFor([...usedCodes(store, column).map(code => met[code - firstCode] as number), incoming]);
  const codeOf = new Uint8Array(256);
  const keptOf = new Float64Array(256);
  met.forEach((number, id) => {
    codeOf[id + firstCode] = bucketCode(cuts, number);
    keptOf[id + firstCode] = format.kind === "f64" ? number : (number - format.base) / format.scale;
  });
  const chunks = column.codes.map((codes, block) => {
    if (codes === 0) return 0;
    const exact = store.allocate(block, rowsPerBlock * bytesOf(format));
    const { u8, i32, f64 } = store.shards[shardOf(block)] as Shard;
    const [kept, to] = format.kind === "f64" ? [f64, exact >>> 3] : [i32, exact >>> 2];
    for (let place = 0; place < rowsPerBlock; place += 1) {
      const code = u8[codes + place] as number;
      if (code < firstCode) continue;
      u8[codes + place] = codeOf[code] as number;
      kept[to + place] = keptOf[code] as number;
    }
    return exact;
  });
  store.record(["values", column.slot, []]);
  store.record(["sketch", column.slot, [...cuts], format]);
  tellExact(store, column, chunks);
}

/** Other cuts through the same numbers: where an old bucket lies within a new one, none of its numbers is looked at. */
function redraw(store: Store, column: Column, { cuts: before, format }: Sketch, cuts: Float64Array): void {
  const lowest = new Uint8Array(256);
  const highest = new Uint8Array(256);
  for (let code = firstCode; code <= before.length + firstCode; code += 1) {
    const { from, to } = bucketRange(before, code);
    lowest[code] = bucketCode(cuts, from);
    highest[code] = bucketCode(cuts, to);
  }
  const { base, scale } = format.kind === "f64" ? { base: 0, scale: 1 } : format;
  column.codes.forEach((codes, block) => {
    const exact = column.exact[block] ?? 0;
    if (codes === 0 || exact === 0) return;
    const { u8, i32, f64 } = store.shards[shardOf(block)] as Shard;
    const [kept, at] = format.kind === "f64" ? [f64, exact >>> 3] : [i32, exact >>> 2];
    for (let place = 0; place < rowsPerBlock; place += 1) {
      const code = u8[codes + place] as number;
      if (code < firstCode) continue;
      let low = lowest[code] as number;
      let high = highest[code] as number;
      if (low < high) {
        const number = base + scale * (kept[at + place] as number);
        while (low < high) {
          const middle = (low + high) >>> 1;
          if ((cuts[middle - firstCode] as number) <= number) low = middle + 1;
          else high = middle;
        }
      }
      u8[codes + place] = low;
    }
  });
  store.record(["sketch", column.slot, [...cuts], format]);
}

/** Codes of values that any row has, of live customers or not. */
function usedCodes(store: Store, column: Column): number[] {
  const used = new Uint8Array(256);
  column.codes.forEach((codes, block) => {
    if (codes === 0) return;
    const { u8 } = store.shards[shardOf(block)] as Shard;
    for (let at = codes; at < codes + rowsPerBlock; at += 1) used[u8[at] as number] = 1;
  });
  return [...used.keys()].filter(code => code >= firstCode && used[code] === 1);
}

function sampleOf(store: Store, column: Column): number[] {
  const blocks = column.codes.filter(chunk => chunk !== 0).length;
  const step = Math.max(1, Math.floor((blocks * rowsPerBlock) / sampleSize));
  const sample: number[] = [];
  // Blocks are as long as a whole number of steps, and each begins elsewhere in its first step, lest something that repeats be sampled alike.
  column.codes.forEach((chunk, block) => {
    if (chunk === 0) return;
    for (let place = block % step; place < rowsPerBlock; place += step) {
      const value = valueAt(store.shards, column, block * rowsPerBlock + place);
      if (typeof value === "number") sample.push(value);
    }
  });
  return sample;
}
