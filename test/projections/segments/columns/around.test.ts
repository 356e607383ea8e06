import { expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/segment/plan.ts";
import type { SegmentId } from "../../../../src/domain/segment/segment.ts";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import type { Around } from "../../../../src/projections/segments/columns/query/around.ts";
import { customerAt, types } from "./support/anyTable.ts";

const nothingAround: Around = { segmentBits: () => null, snapshot: () => null };
const [spend, level, products] = ["spend", "level", "products"] as TagCode[] as [TagCode, TagCode, TagCode];
const rows = 70_000;
const spendOf = (row: number): number | null => (row % 10 === 0 ? null : (row * 7919) % 5003);

function world() {
  const columns = createColumns();
  for (const code of [spend, level, products]) columns.add(code, types[code] as ValueType);
  for (let row = 0; row < rows; row += 1) {
    columns.place(row, customerAt(row));
    columns.write(spend, row, spendOf(row));
    columns.write(level, row, ["bronze", "silver", "gold"][row % 3] as string);
    columns.write(products, row, row % 2 === 0 ? [`p${row % 40}`, "q"].sort() : []);
  }
  columns.live(5, false);
  return columns;
}
const columns = world();
const live = Array.from({ length: rows }, (_, row) => row).filter(row => row !== 5);
const gold: Plan = { kind: "column", code: level, test: { kind: "oneOf", values: ["gold"] } };
const rowsWhere = (plan: Plan, around = nothingAround): readonly number[] => {
  const page = columns.queries().page(plan, around, -1, rows);
  if (!page.ok) throw new Error(JSON.stringify(page.refusal));
  return page.value;
};
const members = (plan: Plan) => {
  const answer = columns.queries().members(plan, nothingAround);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
};

test.each(["highest", "lowest"] as const)(
  "the %s are those of a sort, ties by row, in a plan and among members",
  order => {
    const sign = order === "highest" ? -1 : 1;
    const sorted = (from: readonly number[]) =>
      from
        .filter(row => spendOf(row) !== null)
        .sort((a, b) => sign * ((spendOf(a) as number) - (spendOf(b) as number)) || a - b);
    const best = sorted(live).slice(0, 777);
    expect(rowsWhere({ kind: "top", count: 777, by: spend, order })).toEqual(best.toSorted((a, b) => a - b));
    const top = columns.queries().top(members(gold), spend, order, 50);
    expect(top.ok && top.value.map(({ row }) => row)).toEqual(sorted(live.filter(row => row % 3 === 2)).slice(0, 50));
  },
);

test("samples are disjoint, whole together, and those of MurmurHash3", () => {
  const sample = (from: number, to: number): Plan => ({ kind: "sample", salt: "spring", from, to });
  const [a, b] = [rowsWhere(sample(0, 1234)), rowsWhere(sample(1234, 10_000))];
  expect([...a, ...b].sort((x, y) => x - y)).toEqual(live);
  for (const row of [0, 17, 69_999]) {
    const bucket = murmur3(`spring:${customerAt(row)}`) % 10_000;
    expect(rowsWhere(sample(bucket, bucket + 1))).toContain(row);
  }
  expect(murmur3("hello, world")).toBe(0x149bbb7f);
});

test("members of segments and snapshots count as they are told, and such as are not there are refused", () => {
  const bits = columns.bits("segment one");
  for (const row of [3, 5, 66_000]) bits.set(row, true);
  const around: Around = {
    segmentBits: id => (id === "one" ? "segment one" : null),
    snapshot: id => (id === "one" ? Uint8Array.of(0b1000_1001) : null),
  };
  const one = "one" as SegmentId;
  expect(rowsWhere({ kind: "segment", id: one }, around)).toEqual([3, 66_000]);
  expect(rowsWhere({ kind: "snapshot", segment: one, at: 0 }, around)).toEqual([0, 3, 7]);
  expect(rowsWhere({ kind: "not", of: { kind: "snapshot", segment: one, at: 0 } }, around).length).toBe(rows - 4);
  const two = "two" as SegmentId;
  const count = (plan: Plan) => columns.queries().count(plan, around);
  expect(count({ kind: "segment", id: two })).toMatchObject({
    ok: false,
    refusal: { kind: "unknownSegment", id: two },
  });
  expect(count({ kind: "all", of: [gold, { kind: "snapshot", segment: two, at: 9 }] })).toMatchObject({
    ok: false,
    refusal: { kind: "unknownSnapshot", id: two, at: 9 },
  });
  expect(count({ kind: "column", code: "gone" as TagCode, test: { kind: "exists" } })).toMatchObject({
    ok: false,
    refusal: { kind: "unknownColumn", code: "gone" },
  });
  expect(count({ kind: "top", count: 1, by: level, order: "highest" })).toMatchObject({
    ok: false,
    refusal: { kind: "notNumeric", code: level },
  });
});

test("a portrait sets the values inside beside everyone's, and misses nobody", () => {
  const inside = members(gold);
  for (const code of [spend, level]) {
    const portrait = columns.queries().portrait(code, inside);
    if (!portrait.ok) throw new Error(JSON.stringify(portrait.refusal));
    const { buckets, ...totals } = portrait.value;
    for (const side of ["inside", "everyone"] as const)
      expect(buckets.reduce((sum, bucket) => sum + bucket[side], 0) + totals[side].missing).toBe(
        totals[side].customers,
      );
    for (const { of, inside: counted, everyone } of buckets) {
      const holds = (row: number): boolean => {
        const value = columns.read(code, row);
        if (of.kind === "range") return typeof value === "number" && value >= of.from && value < of.to;
        return of.kind === "value" && value === of.value;
      };
      const having = live.filter(holds);
      expect([counted, everyone]).toEqual([having.filter(row => row % 3 === 2).length, having.length]);
    }
  }
  const portrait = columns.queries().portrait(products, inside);
  expect(portrait.ok && portrait.value.buckets[0]).toEqual({
    of: { kind: "value", value: ["q"] },
    inside: live.filter(row => row % 3 === 2 && row % 2 === 0).length,
    everyone: live.filter(row => row % 2 === 0).length,
  });
});

test("an overlap has what each pair has in common", () => {
  const sets = [
    members(gold),
    members({ kind: "not", of: gold }),
    members({ kind: "sample", salt: "s", from: 0, to: 5000 }),
  ];
  const both = columns.queries().overlap(sets);
  expect(both[0]?.[1]).toBe(0);
  expect((both[0]?.[2] as number) + (both[1]?.[2] as number)).toBe(sets[2]?.count);
  expect([both[0]?.[0], both[2]?.[0]]).toEqual([sets[0]?.count, both[0]?.[2]]);
});

/** After the reference implementation, x86 32 bits, seed 0. */
function murmur3(text: string): number {
  const bytes = Buffer.from(text);
  const rotl = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
  const mixed = (part: number): number => Math.imul(rotl(Math.imul(part, 0xcc9e2d51), 15), 0x1b873593);
  let hash = 0;
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4)
    hash = (Math.imul(rotl(hash ^ mixed(bytes.readInt32LE(at)), 13), 5) + 0xe6546b64) | 0;
  let rest = 0;
  for (let at = bytes.length - 1; at >= whole; at -= 1) rest = (rest << 8) | (bytes[at] as number);
  hash ^= mixed(rest) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
