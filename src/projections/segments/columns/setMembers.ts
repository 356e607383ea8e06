import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { firstCode } from "./coding.ts";
import type { Column } from "./column.ts";
import { listBytes } from "./holders.ts";
import { putHolder } from "./putHolder.ts";
import { codeAt, idAt } from "./readValue.ts";
import type { Shard } from "./shard.ts";
import { bitBytesPerBlock, rowsPerBlock, shardOf } from "./sharedBlocks.ts";
import type { Store } from "./store.ts";

/** A member held by fewer rows is looked up by the ids of its sets. */
const leastShare = 1 / 256;
const mostFrequentMembers = 256;

/**
 * The holders of members that many rows hold, of a set column that has just been coded: `rows` says how many have each value of its
 * dictionary.
 */
export function putMembers(store: Store, column: Column, rows: readonly number[]): void {
  freeMembers(store, column);
  const held = new Map<string, number>();
  let all = 0;
  column.dictionary.values.forEach((value, id) => {
    const count = rows[id] as number;
    all += count;
    for (const member of value as readonly string[]) held.set(member, (held.get(member) ?? 0) + count);
  });
  const chosen = [...held]
    .filter(([, count]) => count >= all * leastShare)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostFrequentMembers)
    .map(([member]) => member);
  store.record(["members", column.slot, chosen]);
  column.codes.forEach((chunk, block) => {
    if (chunk === 0) return;
    for (let row = block * rowsPerBlock; row < (block + 1) * rowsPerBlock; row += 1) {
      const code = codeAt(store.shards, column, row);
      if (code >= firstCode) writeMembers(store, column, row, setOf(column, idAt(store.shards, column, row, code)), []);
    }
  });
}

/** Of a `members` coding; all of the set's members are known. */
export function codeOfSet({ members }: Column, set: readonly string[]): number {
  let marked = 0;
  for (const member of set) marked |= members.get(member)?.mark ?? 0;
  return firstCode + marked;
}

export function freeMembers(store: Store, column: Column): void {
  for (const { bits, lists } of column.members.values()) {
    bits.forEach((chunk, block) => {
      if (chunk !== 0) store.free(block, chunk, bitBytesPerBlock);
    });
    lists.forEach((list, block) => {
      if (list !== 0) store.free(block, list, listBytes(store.shards[shardOf(block)] as Shard, list));
    });
  }
}

/** Takes the row from one set to another, among the holders of their members. */
export function writeMembers(
  store: Store,
  column: Column,
  row: number,
  after: readonly string[],
  before: readonly string[],
): void {
  for (const member of before) if (!after.includes(member)) putHolder(store, column, member, row, false);
  for (const member of after) if (!before.includes(member)) putHolder(store, column, member, row, true);
}

/** What has holders: members of a set, true and false. */
export const membersIn = (value: NonNullable<TagValue>): readonly string[] =>
  typeof value === "boolean" ? (value ? yes : no) : (value as readonly string[]);
const yes = ["true"];
const no = ["false"];
export const booleanMembers: readonly string[] = [...yes, ...no];

export const setOf = (column: Column, id: number): readonly string[] =>
  column.dictionary.values[id] as readonly string[];
