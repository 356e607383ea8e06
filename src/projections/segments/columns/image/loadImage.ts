import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Columns } from "../columns.ts";
import { bytesOfCounts, countsOf } from "../counts.ts";
import { columnsOver } from "../createColumns.ts";
import { at } from "../header.ts";
import type { Entry } from "../layout.ts";
import { viewOf } from "../query/columnsView.ts";
import { liveBits } from "../query/liveBits.ts";
import { tally } from "../query/tally.ts";
import { countBits } from "../rowBits.ts";
import type { Shard } from "../shard.ts";
import { shardOf } from "../sharedBlocks.ts";
import { createStore, type Store } from "../store.ts";
import { type ChunkOwner, type Directory, footBytes, head, readFoot } from "./imageFile.ts";

export type LoadedImage =
  | { readonly columns: Columns; readonly rowsChanged: number }
  /** Why it cannot be used; whoever asked fills the columns from elsewhere. */
  | { readonly columns: null; readonly reason: string };

/**
 * Columns as they were saved. They reflect at least what `reflects` says: everything that changed after it has to be written
 * again, which does no harm to what is newer already.
 */
export function loadImage(file: string, origin: string): LoadedImage {
  let handle: number;
  try {
    handle = openSync(file, "r");
  } catch (error) {
    return refused((error as NodeJS.ErrnoException).code === "ENOENT" ? "there is none" : (error as Error).message);
  }
  try {
    return loaded(handle, origin);
  } catch (error) {
    return refused(`it cannot be read: ${(error as Error).message}`);
  } finally {
    closeSync(handle);
  }
}

const refused = (reason: string): LoadedImage => ({ columns: null, reason });

function loaded(handle: number, origin: string): LoadedImage {
  const { size } = fstatSync(handle);
  if (size < head.length + footBytes || !readAt(handle, 0, head.length).equals(head))
    return refused("it is no image of this version");
  const foot = readFoot(readAt(handle, size - footBytes, footBytes));
  if (foot === null || foot.at + foot.bytes + footBytes !== size) return refused("it was cut short");
  const text = readAt(handle, foot.at, foot.bytes);
  if (crc32(text) !== foot.checksum) return refused("its directory is damaged");
  const directory = JSON.parse(text.toString()) as Directory;
  if (directory.origin !== origin) return refused(`it is of ${directory.origin}, not of ${origin}`);
  const store = createStore();
  const { header } = store;
  for (const entry of directory.entries as Entry[]) store.record(placed(store, entry));
  for (const { of, block, from, bytes, checksum } of directory.chunks) {
    const offset = store.allocate(block, bytes);
    const chunk = (store.shards[shardOf(block)] as Shard).u8.subarray(offset, offset + bytes);
    readInto(handle, from, chunk);
    if (crc32(chunk) !== checksum) return refused(`the ${of.join(" ")} of block ${block} are damaged`);
    store.record(chunkEntry(of, block, offset));
  }
  header.numbers[at.rows] = directory.rows;
  header.numbers[at.live] = countBits(store.shards, store.layout.live);
  header.numbers[at.position] = directory.position;
  header.numbers[at.time] = directory.time;
  countAll(store);
  return { columns: columnsOver(store), rowsChanged: directory.rowsChanged };
}

function placed(store: Store, entry: Entry): Entry {
  if (entry[0] !== "column") {
    if (entry[0] === "bits") store.skipSlots(entry[1]);
    return entry;
  }
  store.skipSlots(entry[1]);
  return [entry[0], entry[1], entry[2], entry[3], store.allocate(0, bytesOfCounts)];
}

function chunkEntry(of: ChunkOwner, block: number, offset: number): Entry {
  switch (of[0]) {
    case "codes":
    case "exact":
      return [of[0], of[1], block, offset];
    case "member":
    case "list":
      return [of[0], of[1], of[2], block, offset];
    case "bits":
      return ["bitChunk", of[1], block, offset];
    case "ids":
    case "live":
      return [of[0], block, offset];
  }
}

function countAll(store: Store): void {
  const view = viewOf(store.header, store.layout, store.shards, 0);
  const live = liveBits(view);
  for (const column of store.layout.columns.values()) {
    const counts = tally(view, column, live);
    counts[0] = 0;
    countsOf(store.shards, column).set(counts);
  }
}

function readAt(handle: number, from: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  readInto(handle, from, buffer);
  return buffer;
}

function readInto(handle: number, from: number, into: Uint8Array): void {
  for (let done = 0; done < into.length; ) {
    const read = readSync(handle, into, done, into.length - done, from + done);
    if (read === 0) throw new RangeError("it ends too early");
    done += read;
  }
}
