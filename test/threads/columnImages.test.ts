import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import type { ReadModelStore } from "../../src/projections/readModelStore.ts";
import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../src/projections/segments/columns/createColumns.ts";
import { columnsFromImage, createColumnImages } from "../../src/threads/columnImages.ts";
import { noRows, populate } from "../contracts/support/segmentBook.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "c360-images-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const origin = "this log 1";
const position = 40;
/** As a back-fill does: without an event, so that the position stays. */
const backfill = (store: ReadModelStore, ...rows: number[]): void =>
  store.commit({
    ...noRows,
    checkpoint: { position, hash: "h" },
    tags: {
      ...{ logTime: 1, slots: null, filling: null, spread: [], states: [], waiting: [], told: [] },
      customers: rows.map(row => ({ row, history: null, values: { bytes: new Uint8Array(1), due: null } })),
    },
  });
const reflecting = (): Columns => {
  const columns = createColumns();
  columns.reflect({ position, at: 1 });
  return columns;
};

test("what a back-fill wrote after an image is in the next one, though no event came, and is not read again by a start", async () => {
  const file = join(folder, "columns");
  const { store } = createMemoryReadModels();
  await populate(store);
  backfill(store, 1, 2);
  const images = createColumnImages(reflecting(), store, { file, origin, imaged: null });
  images.finish();
  const first = columnsFromImage(store, file, origin)?.imaged as number;
  expect(store.segments.rowsChangedAfter(first)).toEqual([]);
  backfill(store, 3);
  expect(store.segments.rowsChangedAfter(first)).toEqual([3]);
  images.finish();
  const second = columnsFromImage(store, file, origin)?.imaged as number;
  expect([second - first, store.segments.rowsChangedAfter(second)]).toEqual([1, []]);
});

test("an image of more than the store has is not used", async () => {
  const file = join(folder, "ahead");
  const { store } = createMemoryReadModels();
  await populate(store);
  backfill(store, 1, 2);
  createColumnImages(reflecting(), store, { file, origin, imaged: null }).finish();
  const older = createMemoryReadModels().store;
  await populate(older);
  backfill(older, 1);
  expect(columnsFromImage(older, file, origin)).toBeNull();
});
