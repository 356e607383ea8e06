import { shardOf } from "../sharedBlocks.ts";

/** Something a leaf needs in each shard that it is run in; made when the first block of the shard is met. */
export function perShard<Made>(make: (block: number) => Made): (block: number) => Made {
  const made: Made[] = [];
  return block => {
    const shard = shardOf(block);
    const there = made[shard];
    if (there !== undefined) return there;
    const fresh = make(block);
    made[shard] = fresh;
    return fresh;
  };
}
