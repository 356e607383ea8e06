import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { bucketCode, firstCode, mostFrequentValues, type NumberFormat, restCode } from "./coding.ts";
import type { Column } from "./column.ts";
import { countCodes } from "./counts.ts";
import { formatFor, holdsI32 } from "./numberFormat.ts";
import { codeAt, idAt, numberAt, valueAt } from "./readValue.ts";
import { putMembers } from "./setMembers.ts";
import type { Shard } from "./shard.ts";
import { rowsPerBlock, shardOf } from "./sharedBlocks.ts";
import { cutsOf } from "./sketch.ts";
import type { Store } from "./store.ts";

/*
 * Gives the codes of a column another meaning. The writer does it while it holds the exclusion, so no reader ever sees codes of
 * one meaning with the table of another.
 */

const sampleSize = 65_536;

/** Numbers of more values than codes, or whose buckets have become unequal; `incoming` will be written next. */
export function recodeNumbers(store: Store, column: Column, incoming: number): void {
  const sampled = sampleOf(store, column);
  sampled.push(incoming);
  const format = column.coding.kind === "sketch" ? column.coding.format : formatFor(sampled);
  const cuts = cutsOf(Float64Array.from(sampled).sort());
  const blocks = column.codes.map((chunk, block) => (chunk === 0 ? null : numbersOf(store, column, block)));
  const fits = blocks.every(
    block => block === null || block.every(number => Number.isNaN(number) || holdsI32(format, number)),
  );
  layNumbers(store, column, blocks, cuts, fits ? format : { kind: "f64" });
}

/** Numbers that do not fit 32 bits any more. */
export function widenNumbers(store: Store, column: Column): void {
  const { coding } = column;
  if (coding.kind !== "sketch") return;
  const blocks = column.codes.map((chunk, block) => (chunk === 0 ? null : numbersOf(store, column, block)));
  layNumbers(store, column, blocks, coding.cuts, { kind: "f64" });
}

/** Texts or sets of more values than codes, or whose dictionary is mostly of values that nobody has any more. */
export function recodeDictionary(store: Store, column: Column): void {
  const { dictionary } = column;
  const rows = new Uint32Array(dictionary.values.length);
  eachBlock(column, block => {
    for (let row = block * rowsPerBlock; row < (block + 1) * rowsPerBlock; row += 1) {
      const code = codeAt(store.shards, column, row);
      if (code < firstCode) continue;
      const id = idAt(store.shards, column, row, code);
      rows[id] = (rows[id] as number) + 1;
    }
  });
  const kept = [...rows.keys()].filter(id => (rows[id] as number) > 0);
  const frequent = kept.toSorted((a, b) => (rows[b] as number) - (rows[a] as number)).slice(0, mostFrequentValues);
  const newIds = new Uint32Array(dictionary.values.length);
  kept.forEach((id, index) => {
    newIds[id] = index;
  });
  const newCodes = new Uint8Array(dictionary.values.length).fill(restCode);
  frequent.forEach((id, index) => {
    newCodes[id] = index + firstCode;
  });
  const chunks = column.codes.map((chunk, block) => {
    if (chunk === 0) return 0;
    const fresh = column.coding.kind === "direct";
    const exact = fresh ? store.allocate(block, rowsPerBlock * 4) : (column.exact[block] as number);
    const { u8, u32 } = store.shards[shardOf(block)] as Shard;
    for (let place = 0; place < rowsPerBlock; place += 1) {
      const code = u8[chunk + place] as number;
      if (code < firstCode) continue;
      const id = fresh ? code - firstCode : (u32[(exact >>> 2) + place] as number);
      u32[(exact >>> 2) + place] = newIds[id] as number;
      u8[chunk + place] = newCodes[id] as number;
    }
    return exact;
  });
  const values = kept.map(id => dictionary.values[id] as NonNullable<TagValue>);
  store.record(["values", column.slot, values]);
  store.record(["frequent", column.slot, frequent.map(id => newIds[id] as number)]);
  tellExact(store, column, chunks);
  countCodes(store, column);
  if (column.type.kind === "set")
    putMembers(
      store,
      column,
      kept.map(id => rows[id] as number),
    );
}

function layNumbers(
  store: Store,
  column: Column,
  blocks: readonly (Float64Array | null)[],
  cuts: Float64Array,
  format: NumberFormat,
): void {
  const before = column.coding.kind === "sketch" ? bytesOf(column.coding.format) : 0;
  const bytes = bytesOf(format);
  const chunks = blocks.map((numbers, block) => {
    if (numbers === null) return 0;
    let exact = column.exact[block] ?? 0;
    if (before !== bytes) {
      if (exact !== 0) store.free(block, exact, before * rowsPerBlock);
      exact = store.allocate(block, bytes * rowsPerBlock);
    }
    const { u8, i32, f64 } = store.shards[shardOf(block)] as Shard;
    const codes = column.codes[block] as number;
    numbers.forEach((number, place) => {
      if (Number.isNaN(number)) return;
      u8[codes + place] = bucketCode(cuts, number);
      if (format.kind === "f64") f64[(exact >>> 3) + place] = number;
      else i32[(exact >>> 2) + place] = (number - format.base) / format.scale;
    });
    return exact;
  });
  if (column.coding.kind !== "sketch") store.record(["values", column.slot, []]);
  store.record(["sketch", column.slot, [...cuts], format]);
  tellExact(store, column, chunks);
  countCodes(store, column);
}

export const bytesOf = (format: NumberFormat): number => (format.kind === "f64" ? 8 : 4);

function tellExact(store: Store, column: Column, chunks: readonly number[]): void {
  chunks.forEach((chunk, block) => {
    if ((column.exact[block] ?? 0) !== chunk) store.record(["exact", column.slot, block, chunk]);
  });
}

/** The numbers of one block by place, NaN where there is none. */
function numbersOf(store: Store, column: Column, block: number): Float64Array {
  const numbers = new Float64Array(rowsPerBlock).fill(Number.NaN);
  const from = block * rowsPerBlock;
  for (let place = 0; place < rowsPerBlock; place += 1) {
    const code = codeAt(store.shards, column, from + place);
    if (code < firstCode) continue;
    numbers[place] =
      column.coding.kind === "sketch"
        ? numberAt(store.shards, column, from + place)
        : (column.dictionary.values[code - firstCode] as number);
  }
  return numbers;
}

function sampleOf(store: Store, column: Column): number[] {
  const blocks = column.codes.filter(chunk => chunk !== 0).length;
  const step = Math.max(1, Math.floor((blocks * rowsPerBlock) / sampleSize));
  const sample: number[] = [];
  // Blocks are as long as a whole number of steps, and each begins elsewhere in its first step, lest something that repeats be sampled alike.
  eachBlock(column, block => {
    const from = block * rowsPerBlock;
    for (let place = block % step; place < rowsPerBlock; place += step) {
      const value = valueAt(store.shards, column, from + place);
      if (typeof value === "number") sample.push(value);
    }
  });
  return sample;
}

function eachBlock(column: Column, visit: (block: number) => void): void {
  column.codes.forEach((chunk, block) => {
    if (chunk !== 0) visit(block);
  });
}
