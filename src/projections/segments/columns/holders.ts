import { bitAt } from "./bitAt.ts";
import type { Shard } from "./shard.ts";
import { blockOf, placeInBlock, shardOf } from "./sharedBlocks.ts";

/**
 * The rows that hold a member, by block: a list of their places where they are few, else a bit for each row; of a block at most one
 * of the two. Most members of a large set are held by few, whose bits would be mostly zeros to keep and to read.
 */
export type Holders = {
  readonly bits: number[];
  readonly lists: number[];
  /** One of seven bits: codes of a `members` coding say by them of which members a row may hold any. */
  readonly mark: number;
};

export const marks = 7;
/** `index`: how many members the column has already. */
export const noHolders = (index: number): Holders => ({ bits: [], lists: [], mark: 1 << (index % marks) });

/*
 * A list, in numbers of 16 bits: how many places there are, how many it has room for, and the places, ascending.
 */
export const listHead = 2;
export const leastListBytes = 1024;
/** Beyond, bits take no more. */
export const mostListBytes = 4096;

export const listBytes = ({ u16 }: Shard, list: number): number => ((u16[(list >>> 1) + 1] as number) + listHead) * 2;

export const isHolder = (shards: readonly Shard[], { bits, lists }: Holders, row: number): boolean => {
  const block = blockOf(row);
  const list = lists[block];
  if (list === undefined || list === 0) return bitAt(shards, bits, row);
  const { u16 } = shards[shardOf(block)] as Shard;
  const at = placeOnwards(u16, list, placeInBlock(row));
  return at < endOf(u16, list) && u16[at] === placeInBlock(row);
};

/** Where in the numbers its places end; what stands beyond is of no meaning. */
export const endOf = (u16: Uint16Array, list: number): number => (list >>> 1) + listHead + (u16[list >>> 1] as number);

/** Where in the numbers the first place that is not before this one stands, or the one after the last. */
export function placeOnwards(u16: Uint16Array, list: number, place: number): number {
  let low = (list >>> 1) + listHead;
  let high = endOf(u16, list);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((u16[middle] as number) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
