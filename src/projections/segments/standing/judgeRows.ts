import type { Columns } from "../columns/columns.ts";
import { truthOf } from "./boundPlan.ts";
import type { CarefulTruth } from "./carefulTruth.ts";
import type { Failures } from "./failures.ts";
import { flipOf } from "./flips/flipFinder.ts";
import type { RowWork } from "./instantWork.ts";
import type { Leaf, LeafIndex, RankedSegment } from "./leafIndex.ts";
import { createRowMemory } from "./rowMemory.ts";
import type { Flip } from "./standing.ts";

export type Judging = {
  readonly columns: Columns;
  readonly failures: Failures;
  readonly carefulTruth: CarefulTruth;
};

/** Is told of each flip, with the rank of its segment. */
export type OnFlip = (rank: number, flip: Flip) => void;

/**
 * Works out what one customer enters and leaves. A segment is asked only if a leaf of it turned in the direction that can matter: one
 * that turned true where the segment wants it can only bring in who is out, and one that turned false only put out who is in.
 */
export function createRowJudge(leafIndex: LeafIndex, { columns, failures, carefulTruth }: Judging, onFlip: OnFlip) {
  const { segments, stakes, watches } = leafIndex;
  const memory = createRowMemory(columns.view(), segments, leafIndex.leaves, leafIndex.tests);
  const namesOthers = segments.map(segment => segment.namesOthers);
  /** In which row's turn each segment was looked at last. */
  const seenIn = new Float64Array(segments.length);
  const blank = blankMembers(leafIndex);
  let turn = 0;
  let current: RowWork | null = null;
  let row = -1;
  let careful = false;
  /** Ranks still to be judged: those that name others wait until the others are settled. Ascending. */
  const waiting: number[] = [];

  const put = (rank: number, segment: RankedSegment, member: boolean): void => {
    const { id, version, members } = segment.kept;
    const work = current as RowWork;
    const customerId = work.customerId ?? columns.idAt(row);
    if (customerId === null) throw new Error(`row ${row} is nobody's`);
    members.set(row, member);
    // The first member of a block of rows gives its bits a place.
    memory.open(row);
    segment.kept.size += member ? 1 : -1;
    const { cause, position, at, occurredAt, corrected } = work.origin;
    const kind = member ? "entered" : "exited";
    onFlip(rank, { id, version, row, customerId, kind, cause, position, at, occurredAt, corrected });
  };

  const settle = (rank: number): void => {
    const segment = segments[rank] as RankedSegment;
    const truth = careful ? carefulTruth(segment.bound, row) : memory.judge(rank);
    if (careful) segment.kept.undetermined.set(row, truth === null);
    if (truth === null || truth === memory.isMember(rank)) return;
    put(rank, segment, truth);
    if (segment.leaf !== null) turned(flipOf(segment.leaf, truth));
  };

  const look = (rank: number): void => {
    if (seenIn[rank] === turn) return;
    seenIn[rank] = turn;
    if (!namesOthers[rank]) {
      settle(rank);
      return;
    }
    let place = waiting.length;
    while (place > 0 && (waiting[place - 1] as number) > rank) place -= 1;
    waiting.splice(place, 0, rank);
  };

  const turned = (flip: number): void => {
    const staked = stakes[flip] as Int32Array;
    for (let index = 0; index < staked.length; index += 1) {
      const stake = staked[index] as number;
      const rank = stake >>> 1;
      const mayEnter = (stake & 1) === 1;
      if (memory.isMember(rank) !== mayEnter) look(rank);
    }
  };

  const leaveAll = (): void => {
    segments.forEach((segment, rank) => {
      segment.kept.undetermined.set(row, false);
      if (segment.kept.members.has(row)) put(rank, segment, false);
    });
  };

  return (work: RowWork): void => {
    const { flips, arrival, failing } = work;
    current = work;
    row = work.row;
    turn += 1;
    if (!columns.isLive(row)) {
      leaveAll();
      return;
    }
    memory.open(row);
    careful = failing !== null || failures.any(row);
    for (let at = 0; at < flips.count; at += 1) turned(flips.items[at] as number);
    if (arrival !== null) for (const rank of arrival === "new" ? blank : segments.keys()) look(rank);
    if (careful)
      for (const code of [...failures.codesAt(row), ...(failing ?? [])])
        for (const rank of watches.get(code)?.dependents ?? []) look(rank);
    for (let rank = waiting.shift(); rank !== undefined; rank = waiting.shift()) settle(rank);
  };
}

/**
 * Segments that may have a customer without any value: only those have to be asked of a new one. Who names one of them may have it
 * too, because by the end of the instant the customer may never have been in.
 */
function blankMembers({ segments, leaves, rankOf }: LeafIndex): readonly number[] {
  const mayBe: boolean[] = [];
  for (const { bound } of segments) {
    const truth = truthOf(bound, leaf => {
      const { plan } = leaves[leaf] as Leaf;
      if (plan.kind === "segment") return mayBe[rankOf.get(plan.id) as number] ? null : false;
      return plan.kind === "sample" || plan.kind === "snapshot" ? null : false;
    });
    mayBe.push(truth !== false);
  }
  return mayBe.flatMap((may, rank) => (may ? [rank] : []));
}
