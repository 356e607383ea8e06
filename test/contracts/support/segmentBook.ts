import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { customerStream } from "../../../src/domain/ids.ts";
import { SegmentId } from "../../../src/domain/segment/segment.ts";
import { createEngine } from "../../../src/projections/engine.ts";
import type { ReadModelStore } from "../../../src/projections/readModelStore.ts";
import type { SegmentChange, StandingSegment } from "../../../src/projections/segments/feed/segmentChange.ts";
import type { SegmentChanges } from "../../../src/projections/segments/feed/segmentTables.ts";
import { appendAll, customerId } from "../../projections/support/facts.ts";

export const segmentId = (name: string): SegmentId => SegmentId.parse(name) as SegmentId;
export const person = (row: number) => customerId(`person ${row}`);
export const bitsOf = (rows: readonly number[]): Uint8Array => {
  const bits = new Uint8Array(Math.ceil((Math.max(-1, ...rows) + 1) / 8));
  for (const row of rows) bits[row >> 3]! |= 1 << (row & 7);
  return bits;
};

export const people = 20;

/** As many customers as the tests speak of, in rows by number. */
export async function populate(store: ReadModelStore, personAt = (row: number): number => row): Promise<void> {
  const log = createMemoryLog({ logId: "log" });
  appendAll(
    log.writer,
    Array.from({ length: people }, (_, row) => ({
      ...{
        stream: customerStream(person(personAt(row))),
        name: `person ${row}`,
        type: "call-recorded",
        occurredAt: 1,
        data: {},
      },
    })),
  );
  await createEngine({ log: log.reader, store, upcast: event => event }).drain();
}

/** Row and direction, and what the sentence says of the rest. */
export type Told = readonly [row: number, kind: "in" | "out", more?: Partial<SegmentChange>];
export type Commit = {
  readonly position: number;
  readonly at: number;
  readonly begin?: Readonly<Record<string, readonly number[]>>;
  readonly tell?: Readonly<Record<string, readonly Told[]>>;
  readonly more?: Partial<SegmentChanges>;
};

export const noRows = { customers: [], quarantine: [], poisoned: [], mended: [], merges: [] };

/** Makes commits with the bookkeeping that the stage would do. */
export function segmentBook(store: ReadModelStore, epoch = "epoch-1") {
  const changesOf = ({ position, at, begin = {}, tell = {}, more = {} }: Commit): SegmentChanges => {
    const standing = new Map<SegmentId, StandingSegment>(store.segments.standing().map(one => [one.id, one]));
    const news = new Set<SegmentId>();
    const bases = Object.entries(begin).map(([name, rows]) => {
      const id = segmentId(name);
      standing.set(id, {
        ...{ id, version: 1, size: rows.length, sequence: 0, since: { position, at }, archived: false },
      });
      news.add(id);
      return { id, bits: bitsOf(rows) };
    });
    const feed = Object.entries(tell).flatMap(([name, told]) =>
      told.map(([row, direction, given]): SegmentChange => {
        const id = segmentId(name);
        const before = standing.get(id) as StandingSegment;
        const entered = direction === "in";
        const after = { ...before, sequence: before.sequence + 1, size: before.size + (entered ? 1 : -1) };
        standing.set(id, after);
        news.add(id);
        return {
          ...{ segment: id, sequence: after.sequence, version: before.version, kind: entered ? "entered" : "exited" },
          ...{ customerId: person(row), row, cause: "fact", corrected: false, position, at, occurredAt: at - 5 },
          ...given,
        };
      }),
    );
    const first = store.segments.epoch() === null && standing.size > 0 ? epoch : null;
    const changed = [...news].map(id => standing.get(id) as StandingSegment);
    return { states: [], standing: changed, feed, bases, epoch: first, ...more };
  };
  return {
    changesOf,
    commit: (step: Commit): void =>
      store.commit({
        ...noRows,
        checkpoint: { position: step.position, hash: `hash ${step.position}` },
        segments: changesOf(step),
      }),
  };
}
