import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/segment/plan.ts";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import { sameValue } from "../../../../src/domain/tag/tagValue.ts";
import type { ColumnValue } from "../../../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { createStanding } from "../../../../src/projections/segments/standing/createStanding.ts";
import type { Origin } from "../../../../src/projections/segments/standing/origin.ts";
import type { Flip, Refill, ValueChange } from "../../../../src/projections/segments/standing/standing.ts";
import { anyPlan, segment } from "./support/anyPlan.ts";
import { createOracle, isInSnapshot, type OracleSegment } from "./support/oracle.ts";
import { addColumns, anyValue, codes, customer } from "./support/table.ts";

const segmentCount = 6;
const rowLimit = 12;
const row = fc.nat(rowLimit - 1);
const firstPlans = fc.tuple(...Array.from({ length: segmentCount }, (_, index) => anyPlan(index)));

/** `value` is written to `of` of the row; whoever is not there yet is placed by it, and a merged customer stays away. */
const change = fc.constantFrom(...codes).chain(of => fc.record({ row, of: fc.constant(of), value: anyValue(of) }));
const instant = fc.record({
  kind: fc.constant("instant" as const),
  changes: fc.array(change, { maxLength: 6 }),
  placed: fc.array(row, { maxLength: 2 }),
  gone: fc.array(row, { maxLength: 1 }),
  returned: fc.array(row, { maxLength: 1 }),
});
const replace = fc
  .nat(segmentCount - 1)
  .chain(index =>
    fc.record({ kind: fc.constant("replace" as const), index: fc.constant(index), plan: anyPlan(index) }),
  );
const overwrite = fc
  .constantFrom(...codes)
  .chain(of => fc.record({ kind: fc.constant("overwrite" as const), of: fc.constant(of), value: anyValue(of) }));
/** Archived where no other names it, and published as if it were new. */
const again = fc
  .nat(segmentCount - 1)
  .chain(index => fc.record({ kind: fc.constant("again" as const), index: fc.constant(index), plan: anyPlan(index) }));
const resume = fc.record({ kind: fc.constant("resume" as const) });
const step = fc.oneof(
  { weight: 10, arbitrary: instant },
  { weight: 2, arbitrary: replace },
  { weight: 1, arbitrary: overwrite },
  { weight: 1, arbitrary: resume },
  { weight: 1, arbitrary: again },
);
type Step = typeof step extends fc.Arbitrary<infer Of> ? Of : never;

test("after each instant the members, and what is told, are those of working everything out anew", () => {
  fc.assert(
    fc.property(firstPlans, fc.array(step, { maxLength: 30 }), (plans, steps) => {
      const world = createWorld(plans);
      for (const each of steps) world.take(each);
    }),
    { numRuns: 400 },
  );
});

const snapshotBits = new Uint8Array(2);
for (let at = 0; at < rowLimit; at += 1) if (isInSnapshot(at)) snapshotBits[at >>> 3]! |= 1 << (at & 7);

function createWorld(plans: readonly Plan[]) {
  const columns = createColumns();
  addColumns(columns);
  const oracle = createOracle();
  const around = { snapshot: () => snapshotBits };
  let standing = createStanding(columns, around);
  let position = 0;
  const versions = plans.map((plan, index) => ({ id: segment(index), version: 1, plan }));
  for (const { id, plan } of versions) oracle.segments.set(id, { plan, members: new Set(), open: new Set() });
  standing.publish([...versions].reverse());
  oracle.settle();
  compare();

  const origin = (): Origin => {
    position += 1;
    const cause = (["fact", "clock", "merge"] as const)[position % 3] as Origin["cause"];
    return { cause, position, at: 1000, occurredAt: (position * 7) % 50, corrected: position % 5 === 0 };
  };

  return { take };

  function take(each: Step): void {
    const before = new Map([...oracle.segments].map(([id, { members }]) => [id, new Set(members)]));
    switch (each.kind) {
      case "instant": {
        const { flips, origins } = takeInstant(each);
        const expected = differences(before).map(flip => ({
          ...flip,
          ...(origins.get(flip.row) as Origin),
          customerId: customer(flip.row),
          version: versions.find(({ id }) => id === flip.id)?.version,
        }));
        expect(bySegmentAndRow(flips)).toEqual(bySegmentAndRow(expected as Flip[]));
        const ranks = flips.map(flip => standing.ids().indexOf(flip.id) * rowLimit + flip.row);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        break;
      }
      case "replace": {
        const version = versions[each.index] as (typeof versions)[number];
        version.version += 1;
        version.plan = each.plan;
        (oracle.segments.get(version.id) as OracleSegment).plan = each.plan;
        oracle.settle();
        expectRefills(standing.replace({ ...version }), before);
        break;
      }
      case "overwrite": {
        oracle.rows.forEach(({ live, values }, at) => {
          if (!live) return;
          columns.write(each.of, at, each.value);
          values.set(each.of, each.value);
        });
        oracle.settle();
        expectRefills(standing.recompute(versions.map(({ id }) => id)), before);
        break;
      }
      case "again": {
        const version = versions[each.index] as (typeof versions)[number];
        const segments = [...oracle.segments.values()];
        if (segments.some(({ plan }) => JSON.stringify(plan).includes(`"kind":"segment","id":"${version.id}"`))) return;
        standing.archive(version.id);
        Object.assign(version, { version: 1, plan: each.plan });
        oracle.segments.set(version.id, { plan: each.plan, members: new Set(), open: new Set() });
        oracle.settle();
        standing.publish([{ ...version }]);
        break;
      }
      case "resume":
        standing = createStanding(columns, around);
        standing.resume(versions.map(version => ({ ...version })));
        break;
    }
    compare();
  }

  function takeInstant({ placed, gone, returned, changes }: Extract<Step, { kind: "instant" }>) {
    const origins = new Map<number, Origin>();
    const byColumn = new Map<TagCode, Origin>();
    const tops = [...oracle.segments.values()].flatMap(({ plan }) => topsIn(plan));
    const bestBefore = tops.map(oracle.bestOf);
    const note = (at: number, by: readonly TagCode[], one: Origin): void => {
      origins.set(at, merged(origins.get(at), one));
      for (const of of by) byColumn.set(of, merged(byColumn.get(of), one));
    };
    const put = (at: number, of: TagCode, value: ColumnValue): ValueChange[] => {
      const values = (oracle.rows[at] as (typeof oracle.rows)[number]).values;
      const old = values.has(of) ? values.get(of) : null;
      if (old === value || (old !== undefined && value !== undefined && sameValue(old, value))) return [];
      values.set(of, value);
      columns.write(of, at, value);
      const by = origin();
      note(at, [of], by);
      return [{ row: at, customerId: customer(at), code: of, before: old, after: value, ...by } as ValueChange];
    };

    for (const at of [...placed, ...changes.map(({ row: of }) => of)])
      for (let next = oracle.rows.length; next <= at; next += 1) {
        oracle.rows.push({ values: new Map(), live: true });
        columns.place(next, customer(next));
        const by = origin();
        note(next, [], by);
        standing.placed(next, by);
      }
    for (const at of returned)
      if (oracle.rows[at]?.live === false) {
        oracle.rows[at].live = true;
        columns.live(at, true);
        const by = origin();
        note(at, codes, by);
        standing.returned(at, by);
      }
    const told = changes.flatMap(({ row: at, of, value }) => (oracle.rows[at]?.live ? put(at, of, value) : []));
    for (const at of gone) {
      const there = oracle.rows[at];
      if (!there?.live) continue;
      for (const of of codes) told.push(...put(at, of, null));
      there.live = false;
      columns.live(at, false);
      const by = origin();
      note(at, codes, by);
      standing.gone(at, by);
    }
    oracle.settle();
    const flips = standing.apply(told);
    tops.forEach((top, index) => {
      const now = oracle.bestOf(top);
      const was = bestBefore[index] as ReadonlySet<number>;
      for (const at of [...now, ...was])
        if (now.has(at) !== was.has(at)) origins.set(at, merged(origins.get(at), byColumn.get(top.by) as Origin));
    });
    return { flips, origins };
  }

  function differences(before: ReadonlyMap<string, ReadonlySet<number>>) {
    return [...oracle.segments].flatMap(([id, { members }]) => {
      const was = before.get(id) as ReadonlySet<number>;
      const changed = [...new Set([...was, ...members])].filter(at => was.has(at) !== members.has(at));
      return changed.map(at => ({ id, row: at, kind: members.has(at) ? ("entered" as const) : ("exited" as const) }));
    });
  }

  function expectRefills(refills: readonly Refill[], before: ReadonlyMap<string, ReadonlySet<number>>): void {
    const told = refills.flatMap(({ id, entered, exited }) => [
      ...entered.map(at => ({ id, row: at, kind: "entered" as const })),
      ...exited.map(at => ({ id, row: at, kind: "exited" as const })),
    ]);
    expect(bySegmentAndRow(told)).toEqual(bySegmentAndRow(differences(before)));
    for (const { id, version } of refills) expect(version).toBe(versions.find(one => one.id === id)?.version);
  }

  function compare(): void {
    for (const [id, { members, open }] of oracle.segments) {
      const kept = Array.from({ length: rowLimit }, (_, at) => at).filter(standing.members(id).has);
      expect({ id, members: kept }).toEqual({ id, members: [...members].sort((a, b) => a - b) });
      expect(standing.size(id)).toBe(members.size);
      expect(standing.members(id).count()).toBe(members.size);
      const undetermined = standing.undetermined(id);
      expect({ id, ...undetermined }).toEqual({
        id,
        customers: open.size,
        examples: [...open].sort((a, b) => a - b).slice(0, 10),
      });
    }
  }
}

const bySegmentAndRow = <Of extends { readonly id: string; readonly row: number }>(flips: readonly Of[]): Of[] =>
  [...flips].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.row - b.row));

function topsIn(plan: Plan): Extract<Plan, { kind: "top" }>[] {
  switch (plan.kind) {
    case "top":
      return [plan];
    case "not":
      return topsIn(plan.of);
    case "all":
    case "any":
      return plan.of.flatMap(topsIn);
    default:
      return [];
  }
}

/** Origins have positions of their own here, so this says the same as `mergeOrigins` in fewer words. */
function merged(a: Origin | undefined, b: Origin): Origin {
  if (a === undefined) return b;
  const both = [a, b].sort((one, other) => one.position - other.position) as [Origin, Origin];
  const corrections = both.filter(({ corrected }) => corrected).map(({ occurredAt }) => occurredAt);
  const causes = both.map(({ cause }) => cause);
  return {
    cause: (["merge", "fact", "clock"] as const).find(cause => causes.includes(cause)) as Origin["cause"],
    position: both[1].position,
    at: 1000,
    occurredAt: corrections.length > 0 ? Math.min(...corrections) : both[1].occurredAt,
    corrected: corrections.length > 0,
  };
}
