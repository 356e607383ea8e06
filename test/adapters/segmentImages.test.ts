import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../src/adapters/embedded/readModels/openReadModels.ts";
import { createCheckpointSignal } from "../../src/projections/checkpointSignal.ts";
import { segmentBook, segmentId, type Told } from "../contracts/support/segmentBook.ts";
import { tempFolder } from "../support/tempFolder.ts";

const gold = segmentId("gold");
const rows = 30_000;
/** Far from any order, and the same each time. */
const rowOf = (change: number): number => (change * 7919 + ((change * change) % 9973)) % rows;

test("images kept between many changes lead to the same members as the changes alone, at any sequence, forwards and back", () => {
  const file = join(tempFolder(), "r.db");
  const store = openReadModelStore(file);
  const { commit } = segmentBook(store);
  const members = new Set(Array.from({ length: 500 }, (_, row) => row * 60));
  commit({ position: 1, at: 1, begin: { gold: [...members] } });
  const asked = [0, 1, 2_999, 3_000, 4_096, 6_000, 9_001, 11_999, 12_000, 14_999, 15_000];
  const expected = new Map([[0, [...members]]]);
  for (let position = 2; position <= 6; position += 1) {
    const told: Told[] = [];
    for (let index = 0; index < 3_000; index += 1) {
      const change = (position - 2) * 3_000 + index + 1;
      const row = rowOf(change);
      told.push([row, members.has(row) ? "out" : "in"]);
      if (!members.delete(row)) members.add(row);
      if (asked.includes(change)) expected.set(change, [...members]);
    }
    commit({ position, at: position, tell: { gold: told } });
  }
  const database = new Database(file, { readonly: true });
  expect(database.prepare("SELECT sequence FROM segment_images").pluck().all()).toEqual([0, 6_000, 12_000]);
  database.close();
  const readModels = openReadModels(file, createCheckpointSignal());
  const session = readModels.open();
  for (const sequence of [15_000, 3_000, 12_000, ...asked, ...asked.toReversed()])
    expect(session.segmentMembersAt(gold, sequence, -1, rows), `at ${sequence}`).toEqual(
      expected.get(sequence)?.sort((a, b) => a - b),
    );
  expect(session.segmentMembersAt(gold, 15_000, 8_191, 1)).toEqual(
    [...members]
      .filter(row => row > 8_191)
      .sort((a, b) => a - b)
      .slice(0, 1),
  );
  session.release();
  readModels.close();
  store.close();
});
