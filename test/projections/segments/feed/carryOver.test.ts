import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openReadModelStore } from "../../../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../../../src/adapters/embedded/readModels/openReadModels.ts";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import { createCheckpointSignal } from "../../../../src/projections/checkpointSignal.ts";
import type { ReadModelStore } from "../../../../src/projections/readModelStore.ts";
import type { ReadModels } from "../../../../src/projections/readModels.ts";
import { carryOver } from "../../../../src/projections/segments/feed/carryOver.ts";
import { followFeed } from "../../../../src/projections/segments/feed/feedPages.ts";
import { resume } from "../../../../src/projections/segments/feed/resume.ts";
import type { SegmentChange } from "../../../../src/projections/segments/feed/segmentChange.ts";
import { printToken, readToken } from "../../../../src/projections/segments/feed/token.ts";
import { noRows, people, populate, segmentBook, segmentId, type Told } from "../../../contracts/support/segmentBook.ts";

type Home = { readonly store: ReadModelStore; readonly readModels: ReadModels; readonly close: () => void };

const homes: Readonly<Record<string, () => Home>> = {
  memory: () => ({ ...createMemoryReadModels(), close: () => {} }),
  embedded: () => {
    const folder = mkdtempSync(join(tmpdir(), "c360-carry-"));
    const file = join(folder, "readmodels.db");
    const store = openReadModelStore(file);
    const readModels = openReadModels(file, createCheckpointSignal());
    const close = (): void => {
      readModels.close();
      store.close();
      rmSync(folder, { recursive: true });
    };
    return { store, readModels, close };
  },
};
const gold = segmentId("gold");
const everybody = Array.from({ length: people }, (_, row) => row);
const row = fc.nat({ max: people - 1 });
const rowSet = fc.uniqueArray(row);
/** Customers to be flipped, commit by commit. */
const flips = fc.array(fc.uniqueArray(row, { maxLength: 4 }), { maxLength: 6 });

/** A generation in which gold begins at position 30 and is changed from then on. */
async function generation(open: () => Home, epoch: string, base: readonly number[], commits: readonly number[][]) {
  const home = open();
  await populate(home.store);
  const { commit } = segmentBook(home.store, epoch);
  commit({ position: 30, at: 30, begin: { gold: base } });
  const members = new Set(base);
  const flip = (position: number, rows: readonly number[]): void => {
    const told = rows.map((row): Told => [row, members.has(row) ? "out" : "in"]);
    for (const row of rows) if (!members.delete(row)) members.add(row);
    commit({ position, at: position, tell: { gold: told } });
  };
  for (const [index, rows] of commits.entries()) flip(31 + index, rows);
  const reach = (position: number): void => {
    const tags = { slots: null, filling: null, spread: [], states: [], waiting: [], told: [], customers: [] };
    const checkpoint = { position, hash: "h" };
    home.store.commit({ ...noRows, checkpoint, tags: { ...tags, logTime: position } });
  };
  return { ...home, members, flip, commit, reach };
}

const sorted = (rows: Iterable<number>): number[] => [...rows].sort((a, b) => a - b);

/** Follows from a token to the end of the feed, going away and coming back after each page. */
async function followed(readModels: ReadModels, epoch: string, from: number): Promise<SegmentChange[]> {
  const changes: SegmentChange[] = [];
  let token = printToken({ log: "log", epoch, segment: gold, sequence: from });
  for (;;) {
    const read = readToken(token);
    if (!read.ok) throw new Error(read.refusal.message);
    const session = readModels.open();
    const resumed = resume(read.value, "log", session);
    session.release();
    if (resumed.kind !== "from") throw new Error(resumed.kind);
    const { signal } = new AbortController();
    const pages = followFeed(readModels, gold, resumed.sequence, { pageSize: 3, signal, untilCaughtUp: true, epoch });
    const page = await pages.next();
    if (page.done === true) return changes;
    if (page.value.kind !== "changes") throw new Error(page.value.kind);
    changes.push(...page.value.changes);
    token = printToken({ log: "log", epoch, segment: gold, sequence: page.value.sequence });
  }
}

describe.each(Object.entries(homes))("a feed carried over, in the %s adapter", (_, open) => {
  test("applied from any position to the snapshot there gives the members at every later one, without a gap or a change told twice", async () => {
    const drawn = fc.tuple(rowSet, flips, rowSet, flips, flips, fc.nat());
    await fc.assert(
      fc.asyncProperty(drawn, async ([base, oldFlips, rebuiltBase, rebuiltFlips, laterFlips, start]) => {
        const old = await generation(open, "old", base, oldFlips);
        const next = await generation(open, "new", rebuiltBase, rebuiltFlips);
        old.reach(50);
        next.reach(60);
        const before = old.store.segments.standingOf(gold)?.sequence ?? -1;
        const differing = everybody.filter(row => old.members.has(row) !== next.members.has(row));

        const [carried] = carryOver(old.store, next.store);
        expect((carried?.entered ?? 0) + (carried?.exited ?? 0)).toBe(differing.length);
        const rebuilt = next.store.segments.feedAfter(gold, before, 999);
        expect(rebuilt.map(({ row, cause, position, at }) => [row, cause, position, at])).toEqual(
          differing.map(row => [row, "rebuild", 60, 60]),
        );
        for (const [index, rows] of laterFlips.entries()) next.flip(61 + index, rows);

        const session = next.readModels.open();
        const end = session.standingSegment(gold)?.sequence ?? -1;
        expect([end, session.segmentEpoch()]).toEqual([before + differing.length + laterFlips.flat().length, "old"]);
        const from = start % (end + 1);
        const members = new Set(session.segmentMembersAt(gold, from, -1, people));
        let sequence = from;
        for (const change of await followed(next.readModels, "old", from)) {
          sequence += 1;
          expect(change.sequence).toBe(sequence);
          expect(members.has(change.row)).toBe(change.kind === "exited");
          if (!members.delete(change.row)) members.add(change.row);
          expect(session.segmentMembersAt(gold, sequence, -1, people)).toEqual(sorted(members));
        }
        expect([sequence, sorted(members)]).toEqual([end, sorted(next.members)]);
        expect(session.segmentDays(gold, 0, 9).at(-1)?.size ?? members.size).toBe(members.size);
        session.release();
        old.close();
        next.close();
      }),
      { numRuns: 15 },
    );
  });

  test("keeps what stands only in the rebuilt one, after the others", async () => {
    const old = await generation(open, "old", [1], [[2]]);
    old.commit({ position: 40, at: 40, begin: { asleep: [6] } });
    const next = await generation(open, "new", [1], [[2]]);
    next.commit({ position: 40, at: 40, begin: { dormant: [3, 4], asleep: [6] } });
    next.commit({ position: 41, at: 41, tell: { dormant: [[5, "in"]] } });
    next.reach(41);
    expect(carryOver(old.store, next.store)).toEqual([
      { id: gold, entered: 0, exited: 0 },
      { id: segmentId("asleep"), entered: 0, exited: 0 },
    ]);
    const session = next.readModels.open();
    const dormant = segmentId("dormant");
    expect(next.store.segments.standing().map(({ id, size, sequence }) => [id, size, sequence])).toEqual([
      [gold, 2, 1],
      [segmentId("asleep"), 1, 0],
      [dormant, 3, 1],
    ]);
    expect([session.segmentMembersAt(dormant, 1, -1, 9), session.segmentFeed(dormant, 0, 9).length]).toEqual([
      [3, 4, 5],
      1,
    ]);
    expect(session.segmentDays(dormant, 0, 9)).toEqual([{ segment: dormant, day: 0, entered: 1, exited: 0, size: 3 }]);
    session.release();
    next.commit({ position: 42, at: 42, tell: { dormant: [[5, "out"]], gold: [[7, "in"]] } });
    expect(next.store.segments.standing().map(({ sequence }) => sequence)).toEqual([2, 0, 2]);
    old.close();
    next.close();
  });

  test("takes the version and the end of a segment from the rebuilt one", async () => {
    const old = await generation(open, "old", [1, 2], []);
    const next = await generation(open, "new", [1], []);
    const standing = next.store.segments.standing().map(one => ({ ...one, version: 3, archived: true }));
    next.commit({ position: 40, at: 40, more: { standing } });
    next.reach(40);
    carryOver(old.store, next.store);
    expect(next.store.segments.standingOf(gold)).toMatchObject({ version: 3, archived: true, size: 1, sequence: 1 });
    expect(next.store.segments.feedAfter(gold, 0, 9)).toMatchObject([{ row: 2, version: 3, kind: "exited" }]);
    old.close();
    next.close();
  });

  test("begins anew where there was no feed", async () => {
    const old = open();
    const next = await generation(open, "new", [1], [[2]]);
    next.reach(40);
    expect(carryOver(old.store, next.store)).toEqual([]);
    expect([next.store.segments.epoch(), next.store.segments.standingOf(gold)?.sequence]).toEqual(["new", 1]);
    old.close();
    next.close();
  });

  test("refuses a rebuilt one that is behind", async () => {
    const old = await generation(open, "old", [], [[1], [2]]);
    const next = await generation(open, "new", [], [[1]]);
    expect(() => carryOver(old.store, next.store)).toThrow("32 already");
    old.close();
    next.close();
  });

  test("refuses one that numbers customers differently: it is not of one log", async () => {
    const old = await generation(open, "old", [1], []);
    const next = open();
    await populate(next.store, row => people - 1 - row);
    segmentBook(next.store, "new").commit({ position: 30, at: 30, begin: { gold: [1] } });
    expect(() => carryOver(old.store, next.store)).toThrow("differently");
    expect(next.store.segments.epoch()).toBe("new");
    old.close();
    next.close();
  });
});
