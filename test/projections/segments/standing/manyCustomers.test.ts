import { expect, test } from "vitest";
import { createDraw } from "../../../../bench/segments/draw.ts";
import { drawChanges } from "../../../../bench/segments/standingChanges.ts";
import { standingRules } from "../../../../bench/segments/standingRules.ts";
import { benchCustomer, benchTags } from "../../../../bench/segments/table.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { createStanding } from "../../../../src/projections/segments/standing/createStanding.ts";
import { membersName } from "../../../../src/projections/segments/standing/standing.ts";

test("over columns of thousands of values and two blocks of rows, members stay those that the kernels count", () => {
  const columns = createColumns();
  const tags = benchTags().filter((_, index) => index % 7 === 0);
  const customers = 70_000;
  for (const { code, type } of tags) columns.add(code, type);
  for (let row = 0; row < customers; row += 1) columns.place(row, benchCustomer(row));
  for (const { code, valueAt } of tags)
    for (let row = 0; row < customers; row += 1) columns.write(code, row, valueAt(row));
  const versions = standingRules(tags, 60);
  const standing = createStanding(columns, { snapshot: () => null });
  standing.publish(versions);

  const sizes = new Map(versions.map(({ id }) => [id, standing.size(id)]));
  const changes = drawChanges(columns, tags, 20_000, 1, createDraw(7));
  let told = 0;
  for (const change of changes) {
    columns.write(change.code, change.row, change.after);
    for (const { id, kind } of standing.apply([change])) {
      told += 1;
      sizes.set(id, (sizes.get(id) as number) + (kind === "entered" ? 1 : -1));
    }
  }
  expect(told).toBeGreaterThan(1000);
  const around = { segmentBits: membersName, snapshot: () => null };
  for (const { id, plan } of versions) {
    const answer = columns.queries().members(plan, around);
    if (!answer.ok) throw new Error(answer.refusal.kind);
    const { bits, count } = answer.value;
    expect({ id, size: standing.size(id), told: sizes.get(id) }).toEqual({ id, size: count, told: count });
    const different = Array.from({ length: customers }, (_, row) => row).filter(
      row => standing.members(id).has(row) !== ((((bits[row >>> 3] as number) >>> (row & 7)) & 1) === 1),
    );
    expect(different).toEqual([]);
  }
});

test("a segment that names what does not stand, or itself, is an error, and so is one that is archived while it is named", () => {
  const standing = createStanding(createColumns(), { snapshot: () => null });
  const id = (name: string) => name as Parameters<typeof standing.size>[0];
  const naming = (name: string, other: string) => ({
    id: id(name),
    version: 1,
    plan: { kind: "segment", id: id(other) } as const,
  });
  expect(() => standing.publish([naming("a", "b")])).toThrow("segment a names b, which does not stand");
  expect(() => standing.publish([naming("a", "b"), naming("b", "a")])).toThrow("segment a names itself by way of b");
  standing.publish([naming("a", "b"), { id: id("b"), version: 1, plan: { kind: "all", of: [] } }]);
  expect(() => standing.archive(id("b"))).toThrow("segment a names b");
  standing.archive(id("a"));
  standing.archive(id("b"));
  expect(standing.ids()).toEqual([]);
  expect(() => standing.size(id("a"))).toThrow("segment a does not stand");
});
