import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { Column } from "../column.ts";
import { bytesPerId } from "../customerIds.ts";
import { at } from "../header.ts";
import { listBytes } from "../holders.ts";
import { bytesOf } from "../recodeNumbers.ts";
import type { Shard } from "../shard.ts";
import { bitBytesPerBlock, rowsPerBlock, shardOf } from "../sharedBlocks.ts";
import type { Store } from "../store.ts";
import { type ChunkOwner, type Directory, foot, head, type StoredChunk } from "./imageFile.ts";
import { layoutEntries } from "./layoutEntries.ts";

/** Saving in slices, between which the columns may be written: the image then has some values that are newer than it says. */
export type ImageSaving = {
  /** Writes for a few milliseconds. True when the image is complete, on disk and in its place. */
  readonly step: () => boolean;
  /** Gives up, and leaves what was there before. */
  readonly abandon: () => void;
};

/** What has to be of one moment: all about one column in one block, or one chunk of bits or ids. */
type Unit = {
  readonly key: string;
  readonly chunks: readonly { readonly of: ChunkOwner; readonly offset: number; readonly bytes: number }[];
  readonly block: number;
};

/** What waits to reach the disk, lest the last step wait for all of it. */
const syncEvery = 8 * 1024 * 1024;

/** Writes beside the file and renames at the end. Throws what the disk refuses; nothing is left behind then. */
export function saveImage(store: Store, file: string, origin: string, rowsChanged: number): ImageSaving {
  const beside = `${file}.new`;
  const position = store.header.numbers[at.position] as number;
  const time = store.header.numbers[at.time] as number;
  const handle = openSync(beside, "w");
  let open = true;
  let length = 0;
  let unsynced = 0;
  const written = new Map<string, readonly StoredChunk[]>();
  put(head);
  let waiting: Unit[] = [];

  const attempt = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      abandon();
      throw error;
    }
  };
  return {
    step: () =>
      attempt(() => {
        const until = performance.now() + 5;
        do {
          if (waiting.length === 0) waiting = units(store).filter(({ key }) => !written.has(key));
          if (waiting.length === 0) {
            finish();
            return true;
          }
          write(waiting.pop() as Unit);
        } while (performance.now() < until);
        return false;
      }),
    abandon,
  };

  function write({ key, chunks, block }: Unit): void {
    const stored: StoredChunk[] = [];
    for (const { of, offset, bytes } of chunks) {
      const chunk = (store.shards[shardOf(block)] as Shard).u8.subarray(offset, offset + bytes);
      stored.push({ of, block, from: length, bytes, checksum: crc32(chunk) });
      put(chunk);
    }
    written.set(key, stored);
  }

  function put(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) from += writeSync(handle, bytes, from, bytes.length - from);
    length += bytes.length;
    unsynced += bytes.length;
    if (unsynced < syncEvery) return;
    fdatasyncSync(handle);
    unsynced = 0;
  }

  function finish(): void {
    // Only what is there now counts: columns may have been dropped or coded anew since they were written.
    const chunks = units(store).flatMap(({ key }) => written.get(key) ?? []);
    const rows = store.header.numbers[at.rows] as number;
    const entries = layoutEntries(store.layout);
    const directory: Directory = { origin, rowsChanged, position, time, rows, entries, chunks };
    const text = Buffer.from(JSON.stringify(directory));
    const directoryAt = length;
    put(text);
    put(foot(directoryAt, text.length, crc32(text)));
    fsyncSync(handle);
    closeSync(handle);
    open = false;
    renameSync(beside, file);
    const folder = openSync(dirname(file), "r");
    fsyncSync(folder);
    closeSync(folder);
  }

  function abandon(): void {
    if (!open) return;
    open = false;
    closeSync(handle);
    rmSync(beside, { force: true });
  }
}

/** Everything there is to save now. A key is another once the same place means something else. */
function units(store: Store): Unit[] {
  const found: Unit[] = [];
  const { layout } = store;
  for (const column of layout.columns.values())
    column.codes.forEach((codes, block) => {
      if (codes === 0) return;
      const chunks = columnChunks(store.shards[shardOf(block)] as Shard, column, block, codes);
      found.push({
        key: `${column.slot} ${column.epoch} ${block} ${chunks.map(({ offset }) => offset).join()}`,
        chunks,
        block,
      });
    });
  const single = (name: string, chunks: readonly number[], of: ChunkOwner, bytes: number): void =>
    chunks.forEach((offset, block) => {
      if (offset !== 0) found.push({ key: `${name} ${block} ${offset}`, block, chunks: [{ of, offset, bytes }] });
    });
  for (const bits of layout.bits.values())
    single(`bits ${bits.slot}`, bits.chunks, ["bits", bits.name], bitBytesPerBlock);
  single("ids", layout.ids, ["ids"], rowsPerBlock * bytesPerId);
  single("live", layout.live, ["live"], bitBytesPerBlock);
  return found;
}

function columnChunks(shard: Shard, column: Column, block: number, codes: number): Unit["chunks"] {
  const { slot, coding } = column;
  const chunks: { of: ChunkOwner; offset: number; bytes: number }[] = [
    { of: ["codes", slot], offset: codes, bytes: rowsPerBlock },
  ];
  const exact = column.exact[block] ?? 0;
  const width = coding.kind === "sketch" ? bytesOf(coding.format) : 4;
  if (exact !== 0) chunks.push({ of: ["exact", slot], offset: exact, bytes: rowsPerBlock * width });
  for (const [member, { bits, lists }] of column.members) {
    const [offset, list] = [bits[block] ?? 0, lists[block] ?? 0];
    if (offset !== 0) chunks.push({ of: ["member", slot, member], offset, bytes: bitBytesPerBlock });
    if (list !== 0) chunks.push({ of: ["list", slot, member], offset: list, bytes: listBytes(shard, list) });
  }
  return chunks;
}
