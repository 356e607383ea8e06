import type { Shard } from "./shard.ts";
import { blockOf, placeInBlock, shardOf } from "./sharedBlocks.ts";

export function bitAt(shards: readonly Shard[], chunks: readonly number[], row: number): boolean {
  const block = blockOf(row);
  const chunk = chunks[block];
  if (chunk === undefined || chunk === 0) return false;
  const place = placeInBlock(row);
  return (((shards[shardOf(block)] as Shard).u8[chunk + (place >>> 3)] as number) & (1 << (place & 7))) !== 0;
}
