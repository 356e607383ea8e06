import { type Allocator, createAllocator } from "./allocator.ts";
import { at, createHeader, type Header } from "./header.ts";
import { createJournal, type Journal } from "./journal.ts";
import { createLayout, type Entry, foldEntry, type Layout } from "./layout.ts";
import { createShard, type Shard } from "./shard.ts";
import { type SharedNews, shardOf } from "./sharedBlocks.ts";

/** What the writing thread works with; the layout changes by `record` alone, so that readers can follow. */
export type Store = {
  readonly header: Header;
  readonly layout: Layout;
  readonly shards: Shard[];
  readonly allocators: Allocator[];
  readonly journal: Journal;
  readonly record: (entry: Entry) => void;
  /** Room for a block's chunk; makes shards as they are needed. */
  readonly allocate: (block: number, bytes: number) => number;
  readonly free: (block: number, offset: number, bytes: number) => void;
  readonly blocks: () => number;
  /** Every reader that was given the memory is told. */
  readonly tell: (news: SharedNews) => void;
  readonly onNews: (listener: (news: SharedNews) => void) => void;
  /** Columns, bits and counts by number; never used again. */
  readonly nextSlot: () => number;
  /** What was loaded has this one already. */
  readonly skipSlots: (upTo: number) => void;
};

export function createStore(): Store {
  const header = createHeader();
  const journal = createJournal(header);
  const layout = createLayout();
  const shards: Shard[] = [];
  const allocators: Allocator[] = [];
  const listeners: ((news: SharedNews) => void)[] = [];
  let slots = 0;
  const tell = (news: SharedNews): void => {
    for (const listener of listeners) listener(news);
  };
  const needShard = (index: number): void => {
    while (shards.length <= index) {
      const shard = createShard();
      shards.push(shard);
      allocators.push(createAllocator(shard));
      tell({ kind: "memory", memory: shard.memory });
    }
  };
  needShard(0);

  return {
    header,
    layout,
    shards,
    allocators,
    journal,
    record: entry => {
      foldEntry(layout, entry);
      journal.append(entry);
    },
    allocate: (block, bytes) => {
      needShard(shardOf(block));
      return (allocators[shardOf(block)] as Allocator).allocate(bytes);
    },
    free: (block, offset, bytes) => (allocators[shardOf(block)] as Allocator).free(offset, bytes),
    blocks: () => Math.ceil((header.numbers[at.rows] as number) / (1 << 16)),
    tell,
    onNews: listener => {
      listeners.push(listener);
    },
    nextSlot: () => slots++,
    skipSlots: upTo => {
      slots = Math.max(slots, upTo + 1);
    },
  };
}
