import { firstCode, mostMembers, restCode } from "./coding.ts";
import type { Column } from "./column.ts";
import { countCodes } from "./counts.ts";
import { keyOf } from "./dictionary.ts";
import { codeAt, valueAt } from "./readValue.ts";
import { recodeDictionary } from "./recodeDictionary.ts";
import { codeOfSet, freeMembers, writeMembers } from "./setMembers.ts";
import type { Shard } from "./shard.ts";
import { rowsPerBlock, shardOf } from "./sharedBlocks.ts";
import type { Store } from "./store.ts";

/** Sets of more kinds than codes: bits by member, where there are not too many of those. */
export function recodeAsMembers(store: Store, column: Column): void {
  const members = new Set(column.dictionary.values.flatMap(value => value as readonly string[]));
  if (members.size > mostMembers) {
    recodeDictionary(store, column);
    return;
  }
  const held = setsOf(store, column);
  store.record(["members", column.slot, [...members]]);
  store.record(["values", column.slot, []]);
  store.record(["byMembers", column.slot]);
  for (const { row, set } of held) {
    setCode(store, column, row, codeOfSet(column, set));
    writeMembers(store, column, row, set, []);
  }
  countCodes(store, column);
}

/** Sets of more members than can have bits: ids, as of texts. */
export function recodeAsIds(store: Store, column: Column): void {
  const held = setsOf(store, column);
  freeMembers(store, column);
  store.record(["members", column.slot, []]);
  store.record(["frequent", column.slot, []]);
  column.codes.forEach((chunk, block) => {
    if (chunk !== 0) store.record(["exact", column.slot, block, store.allocate(block, rowsPerBlock * 4)]);
  });
  for (const { row, set } of held) {
    const known = column.dictionary.ids.get(keyOf(set));
    if (known === undefined) store.record(["value", column.slot, set]);
    const id = known ?? column.dictionary.values.length - 1;
    const block = Math.floor(row / rowsPerBlock);
    const { u32 } = store.shards[shardOf(block)] as Shard;
    u32[((column.exact[block] as number) >>> 2) + (row % rowsPerBlock)] = id;
    setCode(store, column, row, restCode);
  }
  recodeDictionary(store, column);
}

type HeldSet = { readonly row: number; readonly set: readonly string[] };

function setsOf(store: Store, column: Column): HeldSet[] {
  const held: HeldSet[] = [];
  column.codes.forEach((chunk, block) => {
    if (chunk === 0) return;
    for (let row = block * rowsPerBlock; row < (block + 1) * rowsPerBlock; row += 1)
      if (codeAt(store.shards, column, row) >= firstCode)
        held.push({ row, set: valueAt(store.shards, column, row) as readonly string[] });
  });
  return held;
}

function setCode(store: Store, column: Column, row: number, code: number): void {
  const block = Math.floor(row / rowsPerBlock);
  const { u8 } = store.shards[shardOf(block)] as Shard;
  u8[(column.codes[block] as number) + (row % rowsPerBlock)] = code;
}
