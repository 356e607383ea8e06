import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { Columns } from "../../../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { isHolder } from "../../../../src/projections/segments/columns/holders.ts";
import { loadImage } from "../../../../src/projections/segments/columns/image/loadImage.ts";
import { customerAt } from "./support/anyTable.ts";

const code = "products" as TagCode;
const nothingAround = { segmentBits: () => null, snapshot: () => null };
/** On both sides of the end of a block. */
const [first, rows] = [50_000, 24_000];
/** Of a hundred rows so many hold each: `seldom` fits a list for good, `often` does not, and many more make sets of many kinds. */
const shares = {
  seldom: 0.01,
  often: 0.5,
  ...Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}`, 0.05])),
};

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The sets of all rows after values came and went in no order. */
function fill(columns: Columns, random: () => number): Map<number, readonly string[]> {
  const held = new Map<number, readonly string[]>();
  columns.add(code, { kind: "set" });
  for (let row = first; row < first + rows; row += 1) columns.place(row, customerAt(row));
  for (let write = 0; write < rows * 2; write += 1) {
    const row = first + Math.floor(random() * rows);
    const members = Object.entries(shares).flatMap(([member, share]) => (random() < share ? [member] : []));
    columns.write(code, row, members.sort());
    held.set(row, members);
  }
  for (let row = first; row < first + rows; row += 9) {
    columns.write(code, row, null);
    held.delete(row);
  }
  return held;
}

test("who holds a member is the same by lists and by bits, as values come and go, and from an image", () => {
  const folder = mkdtempSync(join(tmpdir(), "c360-holders-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const columns = createColumns();
  const held = fill(columns, createRandom(7));
  const file = join(folder, "columns");
  const saving = columns.save(file, "this log", 12);
  while (!saving.step());
  const image = loadImage(file, "this log");
  if (image.columns === null) throw new Error(image.reason);

  for (const filled of [columns, image.columns]) {
    const { layout, shards } = filled.view();
    const members = layout.byCode.get(code)?.members ?? new Map();
    expect([...(members.get("seldom")?.lists ?? [])].filter(list => list !== 0)).toHaveLength(2);
    expect([...(members.get("often")?.bits ?? [])].filter(bits => bits !== 0)).toHaveLength(2);
    for (let row = first; row < first + rows; row += 1) {
      expect(filled.read(code, row)).toEqual(held.get(row) ?? null);
      for (const [member, holders] of members)
        if (isHolder(shards, holders, row) !== (held.get(row) ?? []).includes(member))
          throw new Error(`${member} of row ${row} is not as it was written`);
    }
    const count = (...values: string[]): unknown =>
      filled.queries().count({ kind: "column", code, test: { kind: "holdsAll", values } }, nothingAround);
    const expected = (...values: string[]): number =>
      [...held.values()].filter(set => values.every(value => set.includes(value))).length;
    for (const asked of [["seldom"], ["often"], ["seldom", "often"], ["m3", "m4"]])
      expect(count(...asked)).toEqual({ ok: true, value: expected(...asked) });
  }
});

test("a portrait counts holders inside and among the live ones, by lists and by bits", () => {
  const columns = createColumns();
  const held = fill(columns, createRandom(9));
  for (let row = first; row < first + rows; row += 5) {
    columns.live(row, false);
    held.delete(row);
  }
  const some = columns
    .queries()
    .members({ kind: "column", code, test: { kind: "holdsAny", values: ["m1", "m2"] } }, nothingAround);
  if (!some.ok) throw new Error("refused");
  const portrait = columns.queries().portrait(code, some.value);
  if (!portrait.ok) throw new Error("refused");
  const inside = [...held.values()].filter(set => set.includes("m1") || set.includes("m2"));
  const told = Object.fromEntries(
    portrait.value.buckets.map(({ of, inside, everyone }) => [
      of.kind === "value" ? String(of.value) : "",
      [inside, everyone],
    ]),
  );
  const countOf = (member: string, sets: readonly (readonly string[])[]): number =>
    sets.filter(set => set.includes(member)).length;
  expect(told).toEqual(
    Object.fromEntries(
      Object.keys(shares).map(member => [member, [countOf(member, inside), countOf(member, [...held.values()])]]),
    ),
  );
});
