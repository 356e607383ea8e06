import type { Columns } from "../columns/columns.ts";
import { truthOf } from "./boundPlan.ts";
import type { CarefulTruth } from "./carefulTruth.ts";
import type { Failures } from "./failures.ts";
import { flipOf } from "./flips/watchedTest.ts";
import type { RowWork } from "./instantWork.ts";
import type { Leaf, LeafIndex, RankedSegment } from "./leafIndex.ts";
import type { MemberRows } from "./memberRows.ts";
import { createRowMemory } from "./rowMemory.ts";
import type { Flip } from "./standing.ts";

export type Judging = {
  readonly columns: Columns;
  readonly failures: Failures;
  readonly carefulTruth: CarefulTruth;
  readonly memberRows: MemberRows;
};

/** Is told of each flip, with the rank of its segment. */
export type OnFlip = (rank: number, flip: Flip) => void;

/**
 * Works out what one customer enters and leaves. A segment is asked only if a leaf of it turned in the direction that can matter: one
 * that turned true where the segment wants it can only bring in who is out, and one that turned false only put out who is in.
 */
export function createRowJudge(
  leafIndex: LeafIndex,
  { columns, failures, carefulTruth, memberRows }: Judging,
  onFlip: OnFlip,
) {
  const { segments, stakes, watches } = leafIndex;
  const memory = createRowMemory(columns.view(), segments, leafIndex.leaves, leafIndex.tests, memberRows);
  const namesOthers = segments.map(segment => segment.namesOthers);
  /** In which row's turn each segment was looked at last. */
  const seenIn = new Float64Array(segments.length);
  const blank = blankMembers(leafIndex);
  let turn = 0;
  let current: RowWork | null = null;
  let row = -1;
  let careful = false;
  /** Ranks to be judged that name no others, and where their judgements go on after the first question. */
  const asked = new Int32Array(segments.length);
  const steps = new Int32Array(segments.length);
  let askedCount = 0;
  /** Those that name others wait until the others are settled. Ascending. */
  const waiting: number[] = [];

  const put = (rank: number, segment: RankedSegment, member: boolean): void => {
    const { id, version } = segment.kept;
    const work = current as RowWork;
    const customerId = work.customerId ?? columns.idAt(row);
    if (customerId === null) throw new Error(`row ${row} is nobody's`);
    memory.put(rank, member);
    const { cause, position, at, occurredAt, corrected } = work.origin;
    const kind = member ? "entered" : "exited";
    onFlip(rank, { id, version, row, customerId, kind, cause, position, at, occurredAt, corrected });
  };

  const settle = (rank: number, truth: boolean | null): void => {
    if (truth === null || truth === memory.isMember(rank)) return;
    const segment = segments[rank] as RankedSegment;
    put(rank, segment, truth);
    if (segment.leaf !== null) turned(flipOf(segment.leaf, truth));
  };
  const settleCarefully = (rank: number): void => {
    const { bound, kept } = segments[rank] as RankedSegment;
    const truth = carefulTruth(bound, row);
    kept.undetermined.set(row, truth === null);
    settle(rank, truth);
  };

  const look = (rank: number): void => {
    if (seenIn[rank] === turn) return;
    seenIn[rank] = turn;
    if (!namesOthers[rank]) {
      asked[askedCount] = rank;
      askedCount += 1;
      return;
    }
    let place = waiting.length;
    while (place > 0 && (waiting[place - 1] as number) > rank) place -= 1;
    waiting.splice(place, 0, rank);
  };

  const turned = (flip: number): void => {
    const last = stakes.starts[flip + 1] as number;
    for (let at = stakes.starts[flip] as number; at < last; at += 1) {
      const stake = stakes.items[at] as number;
      const mayEnter = (stake & 1) === 1;
      if (memory.isMember(stake >>> 1) !== mayEnter) look(stake >>> 1);
    }
  };

  /** Those that name no others first, then upwards along the references. */
  const settleAll = (): void => {
    if (careful) for (let at = 0; at < askedCount; at += 1) settleCarefully(asked[at] as number);
    else {
      for (let at = 0; at < askedCount; at += 1) steps[at] = memory.begin(asked[at] as number);
      for (let at = 0; at < askedCount; at += 1) settle(asked[at] as number, memory.finish(steps[at] as number));
    }
    for (let rank = waiting.shift(); rank !== undefined; rank = waiting.shift())
      if (careful) settleCarefully(rank);
      else settle(rank, memory.finish(memory.begin(rank)));
  };

  const leaveAll = (): void => {
    segments.forEach((segment, rank) => {
      segment.kept.undetermined.set(row, false);
      if (memory.isMember(rank)) put(rank, segment, false);
    });
  };

  return (work: RowWork): void => {
    const { flips, arrival, failing } = work;
    current = work;
    row = work.row;
    turn += 1;
    askedCount = 0;
    memory.open(row);
    if (!columns.isLive(row)) {
      leaveAll();
      return;
    }
    careful = failing !== null || failures.any(row);
    for (let at = 0; at < flips.count; at += 1) turned(flips.items[at] as number);
    if (arrival !== null) for (const rank of arrival === "new" ? blank : segments.keys()) look(rank);
    if (careful)
      for (const code of [...failures.codesAt(row), ...(failing ?? [])])
        for (const rank of watches.get(code)?.dependents ?? []) look(rank);
    settleAll();
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
