import type { Column } from "./column.ts";
import { endOf, type Holders, leastListBytes, listBytes, listHead, mostListBytes, placeOnwards } from "./holders.ts";
import { putBit } from "./rowBits.ts";
import type { Shard } from "./shard.ts";
import { bitBytesPerBlock, blockOf, placeInBlock, shardOf } from "./sharedBlocks.ts";
import type { Store } from "./store.ts";

/** Says whether a row holds a member; of a member without holders it is not kept. */
export function putHolder(store: Store, column: Column, member: string, row: number, value: boolean): void {
  const holders = column.members.get(member);
  if (holders === undefined) return;
  const block = blockOf(row);
  if ((holders.bits[block] ?? 0) !== 0) putAmongBits(store, column, member, holders, row, value);
  else if (value) insert(store, column, member, holders, row);
  else if ((holders.lists[block] ?? 0) !== 0) remove(store, holders, row);
}

function putAmongBits(
  store: Store,
  column: Column,
  member: string,
  { bits }: Holders,
  row: number,
  value: boolean,
): void {
  putBit(store, bits, row, value, (block, offset) => store.record(["member", column.slot, member, block, offset]));
}

function insert(store: Store, column: Column, member: string, holders: Holders, row: number): void {
  const block = blockOf(row);
  const place = placeInBlock(row);
  if ((holders.lists[block] ?? 0) === 0) makeList(store, column, member, block, leastListBytes);
  const shard = store.shards[shardOf(block)] as Shard;
  const list = holders.lists[block] as number;
  const before = placeOnwards(shard.u16, list, place);
  const count = shard.u16[list >>> 1] as number;
  const end = endOf(shard.u16, list);
  if (before < end && shard.u16[before] === place) return;
  if (count === shard.u16[(list >>> 1) + 1]) {
    enlarge(store, column, member, holders, block);
    putHolder(store, column, member, row, true);
    return;
  }
  // Whoever comes last, as everybody does while columns are filled, has nobody to move.
  if (before < end) shard.u16.copyWithin(before + 1, before, end);
  shard.u16[before] = place;
  shard.u16[list >>> 1] = count + 1;
}

function remove({ shards }: Store, { lists }: Holders, row: number): void {
  const block = blockOf(row);
  const { u16 } = shards[shardOf(block)] as Shard;
  const list = lists[block] as number;
  const at = placeOnwards(u16, list, placeInBlock(row));
  const end = endOf(u16, list);
  if (at === end || u16[at] !== placeInBlock(row)) return;
  u16.copyWithin(at, at + 1, end);
  u16[list >>> 1] = (u16[list >>> 1] as number) - 1;
}

/** Twice the room, or bits once those take no more. */
function enlarge(store: Store, column: Column, member: string, holders: Holders, block: number): void {
  const shard = store.shards[shardOf(block)] as Shard;
  const list = holders.lists[block] as number;
  const bytes = listBytes(shard, list);
  const first = (list >>> 1) + listHead;
  const places = shard.u16.slice(first, endOf(shard.u16, list));
  if (bytes < mostListBytes) {
    makeList(store, column, member, block, bytes * 2);
    const { u16 } = store.shards[shardOf(block)] as Shard;
    const fresh = (holders.lists[block] as number) >>> 1;
    u16.set(places, fresh + listHead);
    u16[fresh] = places.length;
  } else {
    const offset = store.allocate(block, bitBytesPerBlock);
    store.record(["member", column.slot, member, block, offset]);
    store.record(["list", column.slot, member, block, 0]);
    const { u8 } = store.shards[shardOf(block)] as Shard;
    for (const place of places)
      u8[offset + (place >>> 3)] = (u8[offset + (place >>> 3)] as number) | (1 << (place & 7));
  }
  store.free(block, list, bytes);
}

function makeList(store: Store, column: Column, member: string, block: number, bytes: number): void {
  const list = store.allocate(block, bytes);
  const { u16 } = store.shards[shardOf(block)] as Shard;
  u16[(list >>> 1) + 1] = bytes / 2 - listHead;
  store.record(["list", column.slot, member, block, list]);
}
