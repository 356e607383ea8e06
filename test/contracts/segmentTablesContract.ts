import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SegmentState } from "../../src/domain/segment/segmentCatalogue.ts";
import { digestOf } from "../../src/projections/digest.ts";
import type { ReadModelStore } from "../../src/projections/readModelStore.ts";
import type { ReadModels, ReadSession } from "../../src/projections/readModels.ts";
import { noRows, people, person, populate, segmentBook, segmentId, type Told } from "./support/segmentBook.ts";

export type OpenStore = {
  readonly store: ReadModelStore;
  readonly readModels: ReadModels;
  /** Closes and opens again what keeps its rows; the same where nothing does. */
  readonly reopen: () => OpenStore;
  readonly close: () => void;
};

const gold = segmentId("gold");
const dormant = segmentId("dormant");
const all = Number.MAX_SAFE_INTEGER;
const day = 86_400_000;

/** What every home of the read models promises about segments and their feed. */
export function segmentTablesContract(name: string, open: () => OpenStore): void {
  describe(`${name}, as a home of segments`, () => {
    let opened: OpenStore;
    let session: ReadSession | null;
    let commit: ReturnType<typeof segmentBook>["commit"];
    beforeEach(async () => {
      opened = open();
      session = null;
      await populate(opened.store);
      commit = segmentBook(opened.store).commit;
    });
    afterEach(() => {
      session?.release();
      opened.close();
    });
    const look = (): ReadSession => {
      session?.release();
      session = opened.readModels.open();
      return session;
    };
    const goldWithThree = (): void => commit({ position: 30, at: 300, begin: { gold: [1, 2, 3] } });

    test("knows nothing of a segment before it stands", () => {
      const seen = look();
      expect([seen.standingSegment(gold), seen.segmentState(gold), seen.segmentEpoch()]).toEqual([null, null, null]);
      expect([seen.segmentStates(), seen.segmentFeed(gold, 0, 9), seen.segmentDays(gold, 0, all)]).toEqual([
        [],
        [],
        [],
      ]);
      expect([seen.segmentSequenceAt(gold, { at: 9 }), seen.segmentsOfCustomer(1)]).toEqual([null, []]);
      expect(() => seen.segmentMembersAt(gold, 0, -1, 9)).toThrow(RangeError);
      expect([opened.store.segments.base(gold), opened.store.segments.epoch()]).toEqual([null, null]);
    });

    test("begins with a base at sequence 0, which is no change", () => {
      goldWithThree();
      const seen = look();
      expect(seen.standingSegment(gold)).toEqual({
        ...{ id: gold, version: 1, size: 3, sequence: 0, since: { position: 30, at: 300 }, archived: false },
      });
      expect([seen.segmentFeed(gold, 0, 9), seen.segmentDays(gold, 0, all)]).toEqual([[], []]);
      expect(seen.segmentMembersAt(gold, 0, -1, 9)).toEqual([1, 2, 3]);
      expect([seen.segmentsOfCustomer(2), seen.segmentsOfCustomer(4)]).toEqual([[gold], []]);
      expect(seen.segmentEpoch()).toBe("epoch-1");
    });

    test("gives each change back as it was told, by page, strictly after a sequence", () => {
      goldWithThree();
      const told: Told[] = [
        [7, "in", { cause: "clock", position: 31, at: 400, occurredAt: 400 }],
        [2, "out", { cause: "merge", corrected: true, version: 4, position: 32, at: 500, occurredAt: -9 }],
        [8, "in", { cause: "rebuild", position: 33, at: 500 }],
      ];
      commit({ position: 33, at: 500, tell: { gold: told } });
      const seen = look();
      const [first, second, third] = seen.segmentFeed(gold, 0, 9);
      expect(second).toEqual({
        ...{ segment: gold, sequence: 2, version: 4, kind: "exited", customerId: person(2), row: 2, cause: "merge" },
        ...{ corrected: true, position: 32, at: 500, occurredAt: -9 },
      });
      expect(seen.segmentFeed(gold, 0, 2)).toEqual([first, second]);
      expect(seen.segmentFeed(gold, 2, 2)).toEqual([third]);
      expect(seen.segmentFeed(gold, 3, 2)).toEqual([]);
      expect([first?.cause, third?.cause, third?.kind]).toEqual(["clock", "rebuild", "entered"]);
      expect(seen.standingSegment(gold)).toMatchObject({ size: 4, sequence: 3 });
    });

    test("refuses a commit whose feed would have a gap, go back in time or miscount, and changes nothing", () => {
      goldWithThree();
      commit({ position: 31, at: 400, tell: { gold: [[5, "in"]] } });
      const before = digestOf(opened.store.contents());
      const next = segmentBook(opened.store).changesOf({ position: 32, at: 500, tell: { gold: [[6, "in"]] } });
      const [change] = next.feed;
      const [standing] = next.standing;
      if (change === undefined || standing === undefined) throw new Error("nothing to spoil");
      const state = stateOf("gold");
      const spoilt: [object, string][] = [
        [{ feed: [{ ...change, sequence: 3 }] }, "from 1 to 3"],
        [{ feed: [{ ...change, sequence: 1 }] }, "from 1 to 1"],
        [{ feed: [{ ...change, at: 399 }] }, "back in time"],
        [{ feed: [] }, "ends at 1"],
        [{ standing: [] }, "no news"],
        [{ standing: [{ ...standing, size: 4 }] }, "has 4 members, but by its feed 5"],
        [{ standing: [{ ...standing, id: dormant }], feed: [] }, "without a base"],
        [{ bases: [{ id: gold, bits: new Uint8Array(1) }] }, "base already"],
        [{ bases: [{ id: dormant, bits: new Uint8Array(1) }] }, "does not stand"],
        [{ epoch: "epoch-2" }, "cannot begin anew"],
      ];
      for (const [part, message] of spoilt) {
        const segments = { ...next, states: [state], ...part };
        const checkpoint = { position: 32, hash: "h" };
        expect(() => opened.store.commit({ ...noRows, checkpoint, segments })).toThrow(message);
      }
      expect([digestOf(opened.store.contents()), opened.store.checkpoint().position]).toEqual([before, 31]);
      expect(look().segmentFeed(gold, 0, 9)).toHaveLength(1);
    });

    test("refuses a feed without an epoch", () => {
      const { changesOf } = segmentBook(opened.store);
      const segments = { ...changesOf({ position: 30, at: 300, begin: { gold: [] } }), epoch: null };
      expect(() => opened.store.commit({ ...noRows, checkpoint: { position: 30, hash: "h" }, segments })).toThrow(
        "no epoch",
      );
    });

    test("tells the sequence at a time and at a position, none of which has a later one before it", () => {
      goldWithThree();
      const at = (position: number, at: number): NonNullable<Told[2]> => ({ position, at });
      // Within one instant positions come in the order of rows.
      const told: Told[] = [
        [4, "in", at(31, 400)],
        [5, "in", at(35, 500)],
        [6, "in", at(33, 500)],
        [7, "in", at(32, 500)],
        [8, "in", at(36, 600)],
      ];
      commit({ position: 36, at: 600, tell: { gold: told.slice(0, 2) } });
      commit({ position: 36, at: 600, tell: { gold: told.slice(2) } });
      const seen = look();
      const byTime = [299, 300, 399, 400, 499, 500, 599, 600, 999].map(at => seen.segmentSequenceAt(gold, { at }));
      expect(byTime).toEqual([null, 0, 0, 1, 1, 4, 4, 5, 5]);
      const byPosition = [29, 30, 31, 33, 34, 35, 36, 99].map(position => seen.segmentSequenceAt(gold, { position }));
      expect(byPosition).toEqual([null, 0, 1, 1, 1, 4, 5, 5]);
    });

    test("tells one customer's history newest first, in one segment or all, strictly before a key", () => {
      commit({ position: 30, at: 300, begin: { gold: [1], dormant: [] } });
      commit({
        position: 31,
        at: 400,
        tell: {
          gold: [
            [1, "out"],
            [2, "in"],
          ],
          dormant: [[1, "in"]],
        },
      });
      commit({ position: 32, at: 500, tell: { gold: [[1, "in"]] } });
      commit({ position: 32, at: 500, tell: { gold: [[1, "out"]] } });
      const seen = look();
      const history = (...given: Parameters<ReadSession["customerSegmentChanges"]>) =>
        seen.customerSegmentChanges(...given).map(change => [change.segment, change.sequence, change.kind]);
      expect(history(1, null, null, 9)).toEqual([
        [gold, 4, "exited"],
        [gold, 3, "entered"],
        [dormant, 1, "entered"],
        [gold, 1, "exited"],
      ]);
      const [first, second, third] = seen.customerSegmentChanges(1, null, null, 3);
      expect(history(1, null, first ?? null, 1)).toEqual([[gold, 3, "entered"]]);
      expect(history(1, null, second ?? null, 9)).toEqual([
        [dormant, 1, "entered"],
        [gold, 1, "exited"],
      ]);
      expect(history(1, null, third ?? null, 9)).toEqual([[gold, 1, "exited"]]);
      expect(history(1, gold, second ?? null, 9)).toEqual([[gold, 1, "exited"]]);
      expect(history(1, dormant, null, 9)).toEqual([[dormant, 1, "entered"]]);
      expect([history(9, null, null, 9), history(1, segmentId("none"), null, 9)]).toEqual([[], []]);
      expect(seen.customerSegmentChanges(1, null, null, 1)[0]?.customerId).toBe(person(1));
    });

    test("says in which segments a customer is now, archived ones left out", () => {
      commit({ position: 30, at: 300, begin: { gold: [1, 2], dormant: [2], asleep: [1] } });
      commit({
        position: 31,
        at: 400,
        tell: {
          gold: [
            [1, "out"],
            [3, "in"],
          ],
          dormant: [
            [1, "in"],
            [2, "out"],
          ],
        },
      });
      const asleep = opened.store.segments.standingOf(segmentId("asleep"));
      if (asleep === null) throw new Error("nothing to archive");
      commit({ position: 32, at: 500, more: { standing: [{ ...asleep, archived: true }] } });
      const seen = look();
      expect([1, 2, 3].map(seen.segmentsOfCustomer)).toEqual([[dormant], [gold], [gold]]);
      expect(seen.standingSegment(segmentId("asleep"))?.archived).toBe(true);
    });

    test("counts entries and exits by UTC day, with the size at its end", () => {
      goldWithThree();
      commit({
        position: 31,
        at: 2 * day - 1,
        tell: {
          gold: [
            [5, "in"],
            [1, "out"],
            [6, "in"],
          ],
        },
      });
      commit({ position: 32, at: 2 * day, tell: { gold: [[1, "in"]] } });
      commit({ position: 33, at: 2 * day + 5, tell: { gold: [[2, "out"]] } });
      commit({ position: 34, at: 9 * day, tell: { gold: [[3, "out"]] } });
      const seen = look();
      expect(seen.segmentDays(gold, 0, 99)).toEqual([
        { segment: gold, day: 1, entered: 2, exited: 1, size: 4 },
        { segment: gold, day: 2, entered: 1, exited: 1, size: 4 },
        { segment: gold, day: 9, entered: 0, exited: 1, size: 3 },
      ]);
      expect(seen.segmentDays(gold, 2, 8).map(({ day }) => day)).toEqual([2]);
    });

    test("keeps definitions by id, the newest of each", () => {
      const states = [stateOf("gold"), stateOf("dormant")];
      commit({ position: 30, at: 300, more: { states } });
      commit({ position: 31, at: 400, more: { states: [{ ...stateOf("gold"), status: "archived" }] } });
      expect(look().segmentStates()).toEqual([stateOf("dormant"), { ...stateOf("gold"), status: "archived" }]);
      expect(look().segmentState(gold)?.status).toBe("archived");
    });

    test("has everything again after it was opened anew", () => {
      goldWithThree();
      commit({ position: 31, at: 400, tell: { gold: [[5, "in"]] }, more: { states: [stateOf("gold")] } });
      const before = digestOf(opened.store.contents());
      opened = opened.reopen();
      const seen = look();
      expect([seen.segmentEpoch(), seen.segmentMembersAt(gold, 1, -1, 9)]).toEqual(["epoch-1", [1, 2, 3, 5]]);
      expect([seen.segmentState(gold), seen.segmentFeed(gold, 0, 9)]).toMatchObject([stateOf("gold"), [{ row: 5 }]]);
      expect(digestOf(opened.store.contents())).toBe(before);
    });

    test("sessions keep the segments they opened", () => {
      goldWithThree();
      for (const row of [5, 6, 7]) commit({ position: 31, at: 400, tell: { gold: [[row, "in"]] } });
      const before = opened.readModels.open();
      commit({ position: 32, at: 500, tell: { gold: [[8, "in"]] } });
      const after = look();
      expect([before.standingSegment(gold)?.size, after.standingSegment(gold)?.size]).toEqual([6, 7]);
      expect([before.segmentFeed(gold, 0, 9).length, after.segmentFeed(gold, 0, 9).length]).toEqual([3, 4]);
      expect(after.segmentMembersAt(gold, 4, -1, 9)).toEqual([1, 2, 3, 5, 6, 7, 8]);
      expect(before.segmentMembersAt(gold, 3, -1, 9)).toEqual([1, 2, 3, 5, 6, 7]);
      expect(() => before.segmentMembersAt(gold, 4, -1, 9)).toThrow(RangeError);
      before.release();
    });

    test("the digest is of members and versions, not of the way that led there", () => {
      goldWithThree();
      const straight = digestOf(opened.store.contents());
      const swap = (gone: number, come: number): void =>
        commit({
          ...{ position: 30, at: 300 },
          tell: {
            gold: [
              [gone, "out"],
              [come, "in"],
            ],
          },
        });
      swap(3, 4);
      expect(digestOf(opened.store.contents())).not.toBe(straight);
      swap(4, 3);
      expect(digestOf(opened.store.contents())).toBe(straight);
    });

    test("knows the rows that commits since a count put into the columns, until they are forgotten", () => {
      const { segments, forgetRowsChanged } = opened.store;
      expect(segments.rowsChangedAfter(0)).toEqual(Array.from({ length: people }, (_, row) => row));
      const before = segments.rowsChanged();
      const write = (position: number, ...rows: number[]): void =>
        opened.store.commit({
          ...noRows,
          checkpoint: { position, hash: "h" },
          tags: {
            ...{ logTime: 1, slots: null, filling: null, spread: [], states: [], waiting: [], told: [] },
            customers: rows.map(row => ({ row, history: null, values: { bytes: new Uint8Array(1), due: null } })),
          },
        });
      write(40, 3, 7);
      // A back-fill, at the same position.
      write(40, 5);
      write(41);
      write(41, 7, 19);
      expect(segments.rowsChanged()).toBe(before + 5);
      const changedAfter = (...changes: number[]): unknown => changes.map(n => segments.rowsChangedAfter(before + n));
      expect(changedAfter(0, 2, 3, 5, 6)).toEqual([[3, 5, 7, 19], [5, 7, 19], [7, 19], [], null]);
      forgetRowsChanged(before + 3);
      expect(changedAfter(2, 3)).toEqual([null, [7, 19]]);
      forgetRowsChanged(before);
      expect(changedAfter(0, 2, 3, 5)).toEqual([null, null, [7, 19], []]);
      write(42, 1);
      expect(changedAfter(5, 6)).toEqual([[1], []]);
    });

    test("members at any sequence are the base and the changes up to it, whatever is asked first", () => {
      const flip = fc.record({ row: fc.nat({ max: people - 1 }), commits: fc.boolean() });
      const sample = fc.record({
        base: fc.uniqueArray(fc.nat({ max: people - 1 })),
        flips: fc.array(flip, { maxLength: 40 }),
        asked: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 8 }),
        page: fc.integer({ min: 1, max: 7 }),
      });
      let segments = 0;
      let position = 50;
      fc.assert(
        fc.property(sample, ({ base, flips, asked, page }) => {
          segments += 1;
          const name = `drawn-${segments}`;
          const id = segmentId(name);
          commit({ position, at: position, begin: { [name]: base } });
          const members = new Set(base);
          const after = [rowsOf(members)];
          let told: Told[] = [];
          const tell = (): void => {
            commit({ position, at: position, tell: { [name]: told } });
            told = [];
            position += 1;
          };
          for (const { row, commits } of flips) {
            told.push([row, members.has(row) ? "out" : "in"]);
            if (!members.delete(row)) members.add(row);
            after.push(rowsOf(members));
            if (commits) tell();
          }
          tell();
          const seen = look();
          for (const sequence of [...asked.map(number => number % after.length), flips.length]) {
            expect(paged(page, (row, limit) => seen.segmentMembersAt(id, sequence, row, limit))).toEqual(
              after[sequence],
            );
            expect(seen.segmentSizeAt(id, sequence)).toBe(after[sequence]?.length);
            for (const row of [0, 7, 19])
              expect(seen.segmentMemberAt(id, sequence, row)).toBe(after[sequence]?.includes(row));
          }
          for (const row of base) expect(seen.segmentsOfCustomer(row).includes(id)).toBe(members.has(row));
        }),
        { numRuns: 30 },
      );
    });
  });
}

const stateOf = (name: string): SegmentState => ({
  ...{ id: segmentId(name), status: "published", versions: [], revision: 0 },
});

const rowsOf = (members: ReadonlySet<number>): number[] => [...members].sort((a, b) => a - b);

function paged(size: number, read: (after: number, limit: number) => readonly number[]): number[] {
  const found: number[] = [];
  for (;;) {
    const page = read(found.at(-1) ?? -1, size);
    found.push(...page);
    if (page.length < size) return found;
  }
}
