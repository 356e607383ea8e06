import type { Columns } from "../columns/columns.ts";
import { truthOf } from "./boundPlan.ts";
import type { CarefulTruth } from "./carefulTruth.ts";
import { judge } from "./decision.ts";
import type { Failures } from "./failures.ts";
import { flipOf, leafOfFlip, truthOfFlip } from "./flips/flipFinder.ts";
import type { RowWork } from "./instantWork.ts";
import type { Leaf, LeafIndex, RankedSegment } from "./leafIndex.ts";
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
export function createRowJudge(index: LeafIndex, { columns, failures, carefulTruth }: Judging, onFlip: OnFlip) {
  const { segments, leaves, tests } = index;
  /** In which row's turn each segment was looked at last. */
  const seenIn = new Float64Array(segments.length);
  let turn = 0;
  /** Ranks still to be judged: those that name others wait until the others are settled. Ascending. */
  let waiting: number[] = [];
  let current: RowWork = {
    row: -1,
    origin: { cause: "fact", position: 0, at: 0, occurredAt: 0, corrected: false },
    flips: [],
    arrival: null,
    failing: null,
  };
  let careful = false;
  const blank = blankMembers(index);

  const put = (rank: number, segment: RankedSegment, member: boolean): void => {
    const { id, version, members } = segment.kept;
    const { row, origin } = current;
    members.set(row, member);
    segment.kept.size += member ? 1 : -1;
    const { cause, position, at, occurredAt, corrected } = origin;
    const customerId = columns.idAt(row);
    if (customerId === null) throw new Error(`row ${row} is nobody's`);
    const kind = member ? "entered" : "exited";
    onFlip(rank, { id, version, row, customerId, kind, cause, position, at, occurredAt, corrected });
  };

  const settle = (rank: number): void => {
    const segment = segments[rank] as RankedSegment;
    const { row } = current;
    const { members, undetermined } = segment.kept;
    const truth = careful ? carefulTruth(segment.bound, row) : judge(segment.decision, tests, row);
    if (careful) undetermined.set(row, truth === null);
    if (truth === null || truth === members.has(row)) return;
    put(rank, segment, truth);
    if (segment.leaf !== null) turned(flipOf(segment.leaf, truth));
  };

  const look = (rank: number): void => {
    if (seenIn[rank] === turn) return;
    seenIn[rank] = turn;
    if (!(segments[rank] as RankedSegment).namesOthers) {
      settle(rank);
      return;
    }
    let place = waiting.length;
    while (place > 0 && (waiting[place - 1] as number) > rank) place -= 1;
    waiting.splice(place, 0, rank);
  };

  const turned = (flip: number): void => {
    const { up, down } = leaves[leafOfFlip(flip)] as Leaf;
    const truth = truthOfFlip(flip);
    const { row } = current;
    for (const rank of truth ? up : down) if (!(segments[rank] as RankedSegment).kept.members.has(row)) look(rank);
    for (const rank of truth ? down : up) if ((segments[rank] as RankedSegment).kept.members.has(row)) look(rank);
  };

  const leaveAll = (row: number): void => {
    segments.forEach((segment, rank) => {
      segment.kept.undetermined.set(row, false);
      if (segment.kept.members.has(row)) put(rank, segment, false);
    });
  };

  return (work: RowWork): void => {
    const { row, flips, arrival, failing } = work;
    current = work;
    turn += 1;
    waiting = [];
    if (!columns.isLive(row)) {
      leaveAll(row);
      return;
    }
    careful = failing !== null || failures.any(row);
    for (const flip of flips) turned(flip);
    if (arrival !== null) for (const rank of arrival === "new" ? blank : segments.keys()) look(rank);
    if (careful)
      for (const code of [...failures.codesAt(row), ...(failing ?? [])])
        for (const rank of index.watches.get(code)?.dependents ?? []) look(rank);
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
