import type { CustomerId } from "../../../domain/ids.ts";
import type { Shard } from "./shard.ts";
import { blockOf, placeInBlock, rowsPerBlock, shardOf } from "./sharedBlocks.ts";
import type { Store } from "./store.ts";

/** A length, and at most 31 characters of ASCII. */
export const bytesPerId = 32;

export function putId(store: Store, row: number, id: CustomerId): void {
  if (id.length >= bytesPerId)
    throw new RangeError(`the customer id ${id} is longer than ${bytesPerId - 1} characters`);
  const block = blockOf(row);
  if ((store.layout.ids[block] ?? 0) === 0)
    store.record(["ids", block, store.allocate(block, rowsPerBlock * bytesPerId)]);
  const from = (store.layout.ids[block] as number) + placeInBlock(row) * bytesPerId;
  const { u8 } = store.shards[shardOf(block)] as Shard;
  u8[from] = id.length;
  for (let index = 0; index < id.length; index += 1) u8[from + 1 + index] = id.charCodeAt(index);
}

export function idOfRow(shards: readonly Shard[], chunks: readonly number[], row: number): CustomerId | null {
  const block = blockOf(row);
  const chunk = chunks[block];
  if (chunk === undefined || chunk === 0) return null;
  const { u8 } = shards[shardOf(block)] as Shard;
  const from = chunk + placeInBlock(row) * bytesPerId;
  const length = u8[from] as number;
  if (length === 0) return null;
  let id = "";
  for (let index = 1; index <= length; index += 1) id += String.fromCharCode(u8[from + index] as number);
  return id as CustomerId;
}
