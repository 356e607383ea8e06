import { chunksFrom, maximumPages, refreshViews, type Shard } from "./shard.ts";

/** Gives out and takes back chunks of a shard; the writer's alone. */
export type Allocator = {
  /** All zero. A power of two of at least 1 KiB, and aligned to 1 KiB. */
  readonly allocate: (bytes: number) => number;
  readonly free: (offset: number, bytes: number) => void;
  /** In chunks that are in use. */
  readonly used: () => number;
};

const page = 65_536;
/** Growing is a call into the system, and memory that is not touched costs nothing. */
const growBy = 256;

export class ShardFull extends Error {
  override readonly name = "ShardFull";
}

export function createAllocator(shard: Shard): Allocator {
  const freed = new Map<number, number[]>();
  let next = chunksFrom;
  let used = 0;

  return {
    allocate: bytes => {
      used += bytes;
      const again = freed.get(bytes)?.pop();
      if (again !== undefined) {
        shard.u8.fill(0, again, again + bytes);
        return again;
      }
      const offset = next;
      next += bytes;
      if (next > shard.memory.buffer.byteLength) grow(next);
      return offset;
    },
    free: (offset, bytes) => {
      used -= bytes;
      const list = freed.get(bytes);
      if (list === undefined) freed.set(bytes, [offset]);
      else list.push(offset);
    },
    used: () => used,
  };

  function grow(needed: number): void {
    const pages = shard.memory.buffer.byteLength / page;
    const wanted = Math.ceil(needed / page);
    if (wanted > maximumPages)
      throw new ShardFull(
        "the columns of a million customers need more than the 4 GiB there are: drop tags or segments",
      );
    shard.memory.grow(Math.min(Math.max(wanted - pages, growBy), maximumPages - pages));
    refreshViews(shard);
  }
}
