import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { bucketCode, failedCode, firstCode, missingCode, mostDirectValues, mostMembers, restCode } from "./coding.ts";
import { type Column, isNumeric } from "./column.ts";
import type { ColumnValue } from "./columns.ts";
import { countsOf, isLiveRow } from "./counts.ts";
import { keyOf } from "./dictionary.ts";
import { holdsI32 } from "./numberFormat.ts";
import { codeAt, idAt, valueAt } from "./readValue.ts";
import { recodeDictionary } from "./recodeDictionary.ts";
import { bytesOf, recodeNumbers, widenNumbers } from "./recodeNumbers.ts";
import { recodeAsIds, recodeAsMembers } from "./recodeSets.ts";
import { codeOfSet, membersIn, writeMembers } from "./setMembers.ts";
import type { Shard } from "./shard.ts";
import { blockOf, placeInBlock, rowsPerBlock, shardOf } from "./sharedBlocks.ts";
import type { Store } from "./store.ts";

/** Writes values of one column; made once, as it keeps how much the column's buckets may still grow. */
export function createValueWriter(store: Store, column: Column): (row: number, value: ColumnValue) => void {
  let limitedFor = -1;
  let limit = 0;

  return (row, value) => {
    if (typeof value === "number" && isNumeric(column.type)) writeNumber(row, value);
    else if (value === null) write(row, missingCode, null);
    else if (value === undefined) write(row, failedCode, null);
    else writeKnown(row, value);
  };

  function writeNumber(row: number, value: number): void {
    if (!Number.isSafeInteger(value))
      throw new RangeError(
        `${column.code} of row ${row} is ${value}: numbers are kept as whole numbers of their smallest unit`,
      );
    if (column.coding.kind !== "sketch") {
      const known = column.dictionary.ids.get(value);
      if (known !== undefined || column.dictionary.values.length < mostDirectValues) {
        write(row, (known ?? met(value)) + firstCode, null);
        return;
      }
      recodeNumbers(store, column, value);
    }
    if (column.coding.kind !== "sketch") throw new Error(`${column.code} was not given a sketch`);
    if (!holdsI32(column.coding.format, value)) widenNumbers(store, column);
    const { cuts, format } = column.coding;
    const block = blockOf(row);
    needExact(block, bytesOf(format));
    const place = placeInBlock(row);
    const exact = column.exact[block] as number;
    const { i32, f64 } = store.shards[shardOf(block)] as Shard;
    if (format.kind === "f64") f64[(exact >>> 3) + place] = value;
    else i32[(exact >>> 2) + place] = (value - format.base) / format.scale;
    const code = bucketCode(cuts, value);
    const count = write(row, code, null);
    if (count > limit || column.epoch !== limitedFor) keepEqual(code, count, value);
  }

  /** A bucket that holds many times its share makes tests look at many exact values: then the cuts are drawn anew. */
  function keepEqual(code: number, count: number, value: number): void {
    if (column.epoch !== limitedFor) setLimit();
    if (count <= limit || column.coding.kind !== "sketch") return;
    const { cuts } = column.coding;
    const bucket = code - firstCode;
    const isSingle =
      bucket > 0 && bucket < cuts.length && (cuts[bucket] as number) - (cuts[bucket - 1] as number) === 1;
    if (isSingle) return;
    recodeNumbers(store, column, value);
    setLimit();
    // Where the cuts cannot be drawn better, drawing them again at every write would not help.
    limit = Math.max(limit, 2 * count);
  }

  function setLimit(): void {
    let all = 0;
    for (const count of countsOf(store.shards, column)) all += count;
    limit = Math.max(1024, (all / mostDirectValues) * 8);
    limitedFor = column.epoch;
  }

  function writeKnown(row: number, value: NonNullable<TagValue>): void {
    if (column.coding.kind === "members" && writeSet(row, value as readonly string[])) return;
    const key = keyOf(value);
    let id = column.dictionary.ids.get(key);
    if (id === undefined) {
      const { length } = column.dictionary.values;
      const isFull = column.coding.kind === "direct" ? length >= mostDirectValues : length > 2 * used() + 65_536;
      if (isFull && column.type.kind === "set" && column.coding.kind === "direct") {
        recodeAsMembers(store, column);
        writeKnown(row, value);
        return;
      }
      if (isFull) recodeDictionary(store, column);
      id = met(value);
    }
    const before = column.members.size > 0 ? membersOf(row) : [];
    if (column.coding.kind === "direct") write(row, id + firstCode, null);
    else write(row, column.coding.kind === "frequent" ? (column.coding.codes.get(id) ?? restCode) : restCode, id);
    if (column.members.size > 0) writeMembers(store, column, row, membersIn(value), before);
  }

  /** False when there are more members than bits: the column is coded by ids then. */
  function writeSet(row: number, value: readonly string[]): boolean {
    const unheard = value.filter(member => !column.members.has(member));
    if (column.members.size + unheard.length > mostMembers) {
      recodeAsIds(store, column);
      return false;
    }
    for (const member of unheard) store.record(["newMember", column.slot, member]);
    const before = membersOf(row);
    write(row, codeOfSet(column, value), null);
    writeMembers(store, column, row, value, before);
    return true;
  }

  function met(value: NonNullable<TagValue>): number {
    store.record(["value", column.slot, value]);
    return column.dictionary.values.length - 1;
  }

  function used(): number {
    let rows = 0;
    for (const count of countsOf(store.shards, column)) rows += count;
    return rows;
  }

  function membersOf(row: number): readonly string[] {
    const code = codeAt(store.shards, column, row);
    if (code < firstCode) return [];
    if (column.coding.kind === "members") return valueAt(store.shards, column, row) as readonly string[];
    return membersIn(column.dictionary.values[idAt(store.shards, column, row, code)] as NonNullable<TagValue>);
  }

  /** The code, and the id where the column keeps ids. How many live rows have the code now. */
  function write(row: number, code: number, id: number | null): number {
    const block = blockOf(row);
    if (code < firstCode && column.members.size > 0) writeMembers(store, column, row, [], membersOf(row));
    if ((column.codes[block] ?? 0) === 0) {
      if (code === missingCode) return 0;
      store.record(["codes", column.slot, block, store.allocate(block, rowsPerBlock)]);
    }
    const place = placeInBlock(row);
    if (id !== null) {
      needExact(block, 4);
      const { u32 } = store.shards[shardOf(block)] as Shard;
      u32[((column.exact[block] as number) >>> 2) + place] = id;
    }
    const { u8 } = store.shards[shardOf(block)] as Shard;
    const at = (column.codes[block] as number) + place;
    const before = u8[at] as number;
    if (before === code || !isLiveRow(store, row)) {
      u8[at] = code;
      return 0;
    }
    u8[at] = code;
    const { u32 } = store.shards[0] as Shard;
    const counts = column.counts >>> 2;
    if (before !== missingCode) u32[counts + before] = (u32[counts + before] as number) - 1;
    if (code === missingCode) return 0;
    const count = (u32[counts + code] as number) + 1;
    u32[counts + code] = count;
    return count;
  }

  function needExact(block: number, bytes: number): void {
    if ((column.exact[block] ?? 0) === 0)
      store.record(["exact", column.slot, block, store.allocate(block, rowsPerBlock * bytes)]);
  }
}
