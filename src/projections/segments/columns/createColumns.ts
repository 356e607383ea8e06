import { MessageChannel } from "node:worker_threads";
import type { Instant } from "../../../domain/instant.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import { failedCode } from "./coding.ts";
import type { Column } from "./column.ts";
import type { Columns, ColumnValue, RowBits } from "./columns.ts";
import { bytesOfCounts, countRow, countsOf, isLiveRow } from "./counts.ts";
import { idOfRow, putId } from "./customerIds.ts";
import { createExclusion } from "./exclusion.ts";
import { at } from "./header.ts";
import { saveImage } from "./image/saveImage.ts";
import { openLeaf } from "./leaf.ts";
import { viewOf } from "./query/columnsView.ts";
import { createQueries } from "./query/createQueries.ts";
import { codeAt, valueAt } from "./readValue.ts";
import { bytesOf } from "./recodeNumbers.ts";
import { dropRowBits, openRowBits, putBit } from "./rowBits.ts";
import { booleanMembers, freeMembers } from "./setMembers.ts";
import { rowsPerBlock } from "./sharedBlocks.ts";
import { createStore, type Store } from "./store.ts";
import { createValueWriter } from "./writeValue.ts";

/** Which part of the shards its kernels work in. */
const writingThread = 0;

/** The columns as their writing thread has them. */
export const createColumns = (): Columns => columnsOver(createStore());

export function columnsOver(store: Store): Columns {
  const { header, layout, shards } = store;
  const writers = new Map<TagCode, (row: number, value: ColumnValue) => void>();
  const opened = new Map<string, RowBits>();
  const exclusion = createExclusion(header);
  const view = viewOf(header, layout, shards, writingThread);
  const queries = createQueries(view);
  const columnOf = (code: TagCode): Column => {
    const column = layout.byCode.get(code);
    if (column === undefined) throw new Error(`there is no column ${code}`);
    return column;
  };

  return {
    codes: () => [...layout.byCode.keys()],
    typeOf: code => layout.byCode.get(code)?.type ?? null,
    add: (code, type) => {
      const there = layout.byCode.get(code);
      if (there === undefined) addColumn(code, type);
      else if (JSON.stringify(there.type) !== JSON.stringify(type))
        throw new Error(`there is a column ${code} of another type`);
    },
    drop: code => {
      const column = layout.byCode.get(code);
      if (column !== undefined) dropColumn(column);
    },
    rows: () => header.numbers[at.rows] as number,
    place: (row, id) => {
      putId(store, row, id);
      header.numbers[at.rows] = Math.max(header.numbers[at.rows] as number, row + 1);
      setLive(row, true);
    },
    live: setLive,
    isLive: row => isLiveRow(store, row),
    idAt: row => idOfRow(shards, layout.ids, row),
    write: (code, row, value) => {
      let write = writers.get(code);
      if (write === undefined) {
        write = createValueWriter(store, columnOf(code));
        writers.set(code, write);
      }
      write(row, value);
    },
    read: (code, row) => valueAt(shards, columnOf(code), row),
    failed: code => countsOf(shards, columnOf(code))[failedCode] as number,
    leaf: (code, test) => openLeaf(shards, columnOf(code), test),
    bits: name => {
      const there = opened.get(name);
      if (there !== undefined) return there;
      const bits = openRowBits(store, name);
      opened.set(name, bits);
      return bits;
    },
    bitNames: () => [...layout.bits.keys()],
    dropBits: name => {
      opened.delete(name);
      dropRowBits(store, name);
    },
    queries: () => queries,
    view: () => view,
    apply: exclusion.write,
    reflect: reflected => {
      header.numbers[at.position] = reflected.position;
      header.numbers[at.time] = reflected.at;
    },
    reflects: () => ({ position: header.numbers[at.position] as number, at: header.numbers[at.time] as Instant }),
    used: () => store.allocators.reduce((bytes, allocator) => bytes + allocator.used(), 0),
    save: (file, origin, rowsChanged) => saveImage(store, file, origin, rowsChanged),
    forgetReader: exclusion.forgetReader,
    shared: () => {
      const { port1, port2 } = new MessageChannel();
      port1.unref();
      store.onNews(news => port1.postMessage(news));
      const memories = shards.map(({ memory }) => memory);
      return { header: header.memory, journal: store.journal.memory, memories, news: port2 };
    },
  };

  function addColumn(code: TagCode, type: ValueType): void {
    const slot = store.nextSlot();
    store.record(["column", slot, code, type, store.allocate(0, bytesOfCounts)]);
    if (type.kind !== "boolean") return;
    for (const value of [false, true]) store.record(["value", slot, value]);
    store.record(["members", slot, booleanMembers]);
  }

  function dropColumn(column: Column): void {
    writers.delete(column.code);
    const exactBytes = column.coding.kind === "sketch" ? bytesOf(column.coding.format) : 4;
    freeAll(column.codes, rowsPerBlock);
    freeAll(column.exact, rowsPerBlock * exactBytes);
    freeMembers(store, column);
    store.free(0, column.counts, bytesOfCounts);
    store.record(["drop", column.slot]);
  }

  function freeAll(chunks: readonly number[], bytes: number): void {
    chunks.forEach((chunk, block) => {
      if (chunk !== 0) store.free(block, chunk, bytes);
    });
  }

  function setLive(row: number, live: boolean): void {
    const changed = putBit(store, layout.live, row, live, (block, offset) => store.record(["live", block, offset]));
    if (!changed) return;
    header.numbers[at.live] = (header.numbers[at.live] as number) + (live ? 1 : -1);
    countRow(store, live ? 1 : -1, column => codeAt(shards, column, row));
  }
}
