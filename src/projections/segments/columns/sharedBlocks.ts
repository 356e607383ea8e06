import type { MessagePort } from "node:worker_threads";

/** Rows whose values lie together: one page of one-byte codes, 8 KiB of bits. */
export const rowsPerBlock = 65_536;
export const bitBytesPerBlock = rowsPerBlock / 8;
export const blocksPerShard = 16;
export const blockOf = (row: number): number => row >>> 16;
export const shardOf = (block: number): number => block >>> 4;
export const placeInBlock = (row: number): number => row & 0xffff;

/** What a thread needs to see the same columns. */
export type SharedBlocks = {
  /** Lock, counters and what the values reflect: see `header.ts`. */
  readonly header: SharedArrayBuffer;
  /** Everything about the columns but the values themselves: see `layout.ts`. */
  readonly journal: SharedArrayBuffer;
  /** One for each 2^20 rows. */
  readonly memories: readonly WebAssembly.Memory[];
  /** Brings memory that is added later. Has to be transferred: `new Worker(file, { workerData, transferList: [shared.news] })`. */
  readonly news: MessagePort;
};

/** What `news` brings. */
export type SharedNews =
  | { readonly kind: "memory"; readonly memory: WebAssembly.Memory }
  | { readonly kind: "journal"; readonly journal: SharedArrayBuffer };
