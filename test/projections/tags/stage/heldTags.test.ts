import { expect, test } from "vitest";
import type { CustomerId } from "../../../../src/domain/ids.ts";
import { createHistory, type StoredHistory } from "../../../../src/projections/tags/history/customerHistory.ts";
import { createHeldTags } from "../../../../src/projections/tags/stage/heldTags.ts";
import type { TagTables } from "../../../../src/projections/tags/stage/tagTables.ts";

const id = (row: number): CustomerId => `customer-${row}` as CustomerId;

/** Two customers with a fact each, in a store that tells when it is looked at. */
function given() {
  const stored = new Map<number, StoredHistory>();
  for (const row of [0, 1]) {
    const history = createHistory();
    history.addFound("seen", 10, row + 1, { page: `page ${row}` });
    stored.set(row, history.save());
  }
  const looks: string[] = [];
  const tables = {
    kept: (row: number) => {
      looks.push(`one ${row}`);
      return { history: stored.get(row) as StoredHistory, bytes: null };
    },
    keptOf: (rows: readonly number[]) => {
      looks.push(`several ${rows.join()}`);
      return rows.map(row => ({ row, id: id(row), history: stored.get(row) as StoredHistory, bytes: null }));
    },
    idAt: id,
  } as Partial<TagTables> as TagTables;
  const layout = { slots: [], byNumber: new Map() } as never;
  const held = createHeldTags({
    ...{ tables, layout: () => layout, dueOf: () => null },
    ...{ cacheBytes: 1_000_000, changedLimit: 100 },
  });
  const commit = (): void => {
    for (const { row, history } of held.changes())
      if (history !== null)
        stored.set(row, { base: history.base ?? (stored.get(row) as StoredHistory).base, tail: history.tail });
    held.committed();
  };
  const change = (row: number): void => {
    const one = held.take(row, id(row));
    if (one === null) throw new Error("nobody there");
    one.history.addFound("seen", 20, 3 + row, { page: "another" });
    one.historyChanged = true;
  };
  const pages = (row: number) => {
    const table = held.open(row)?.history.table("seen");
    return Array.from({ length: table?.length ?? 0 }, (_, index) => table?.value(index, "page"));
  };
  return { held, looks, commit, change, pages };
}

test("customers that were brought are there until what they were brought for is stored, and then in the store alone", () => {
  const { held, looks, commit, change, pages } = given();
  held.bring([0, 1]);
  expect([pages(0), pages(1), looks]).toEqual([["page 0"], ["page 1"], ["several 0,1"]]);
  commit();
  // Nothing was stored of either yet.
  change(0);
  expect([pages(0), looks]).toEqual([["page 0", "another"], ["several 0,1"]]);
  commit();
  expect([pages(0), pages(1), looks]).toEqual([["page 0", "another"], ["page 1"], ["several 0,1", "one 0"]]);
});

test("customers that came by themselves are kept after they are stored", () => {
  const { held, looks, commit, change, pages } = given();
  change(0);
  commit();
  held.bring([0, 1]);
  change(0);
  commit();
  expect([pages(0), looks]).toEqual([
    ["page 0", "another"],
    ["one 0", "several 1"],
  ]);
});
