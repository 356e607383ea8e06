import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { firstCode, mostFrequentValues, restCode } from "./coding.ts";
import type { Column } from "./column.ts";
import { countCodes } from "./counts.ts";
import { putMembers } from "./setMembers.ts";
import type { Shard } from "./shard.ts";
import { rowsPerBlock, shardOf } from "./sharedBlocks.ts";
import type { Store } from "./store.ts";
import { tellExact } from "./tellExact.ts";

/**
 * Texts or sets of more values than codes, or whose dictionary is mostly of values that nobody has any more. The writer does it
 * while it holds the exclusion, so no reader ever sees codes or ids of one meaning with the dictionary of another.
 */
export function recodeDictionary(store: Store, column: Column): void {
  const { dictionary } = column;
  const fresh = column.coding.kind === "direct";
  const rows = rowsById(store, column, fresh);
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
    const exact = fresh ? store.allocate(block, rowsPerBlock * 4) : (column.exact[block] as number);
    const { u8, u32 } = store.shards[shardOf(block)] as Shard;
    const ids = exact >>> 2;
    for (let place = 0; place < rowsPerBlock; place += 1) {
      const code = u8[chunk + place] as number;
      if (code < firstCode) continue;
      const id = fresh ? code - firstCode : (u32[ids + place] as number);
      u32[ids + place] = newIds[id] as number;
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

/** How many rows have each value, of live customers or not. */
function rowsById(store: Store, column: Column, fresh: boolean): Uint32Array {
  const rows = new Uint32Array(column.dictionary.values.length);
  column.codes.forEach((chunk, block) => {
    if (chunk === 0) return;
    const { u8, u32 } = store.shards[shardOf(block)] as Shard;
    const ids = (column.exact[block] ?? 0) >>> 2;
    for (let place = 0; place < rowsPerBlock; place += 1) {
      const code = u8[chunk + place] as number;
      if (code < firstCode) continue;
      const id = fresh ? code - firstCode : (u32[ids + place] as number);
      rows[id] = (rows[id] as number) + 1;
    }
  });
  return rows;
}
