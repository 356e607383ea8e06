import { ascending } from "../../../domain/ascending.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { RowBits } from "../columns/columns.ts";
import { type BoundPlan, bindPlan, type LeafPlan, type Sign } from "./boundPlan.ts";
import { type Decision, decisionOf, type RowTest } from "./decision.ts";
import { createFlipFinder } from "./flips/flipFinder.ts";
import { type FlipFinder, type WatchedTest, watchedTest } from "./flips/watchedTest.ts";
import { guessLeaf } from "./guessLeaf.ts";
import type { KeptSegment } from "./keptSegment.ts";
import { type LeafParts, leafTest } from "./leafTest.ts";
import { levelsOf, segmentsIn } from "./references.ts";
import { type Stakes, stakesOf } from "./stakes.ts";
import type { TopOrder } from "./top/topOrder.ts";
import { type TopPlan, topName } from "./top/tops.ts";

/** A leaf, once for all segments in which it stands. */
export type Leaf = {
  readonly plan: LeafPlan;
  /** Columns that it reads. */
  readonly codes: readonly TagCode[];
  /** Ranks of the segments that can become true by its becoming true, and by its becoming false. */
  readonly up: readonly number[];
  readonly down: readonly number[];
};

export type RankedSegment = {
  readonly kept: KeptSegment;
  readonly bound: BoundPlan;
  readonly decision: Decision;
  /** The leaf that asks for its members, if another segment does. */
  readonly leaf: number | null;
  readonly namesOthers: boolean;
};

/** What a change of a column's value can bring about. */
export type ColumnWatch = {
  readonly find: FlipFinder;
  /** Leaves that compare it with another column. */
  readonly compares: readonly number[];
  /** Leaves for the best by its values. */
  readonly tops: readonly { readonly leaf: number; readonly plan: TopPlan; readonly order: TopOrder }[];
  /** All segments that hang on it, directly or by others that they name. */
  readonly dependents: readonly number[];
};

/** From what changes to what it can change. Made anew whenever a segment comes, goes or has another version. */
export type LeafIndex = {
  /** By rank: whoever is named stands before those who name it. */
  readonly segments: readonly RankedSegment[];
  readonly rankOf: ReadonlyMap<SegmentId, number>;
  readonly leaves: readonly Leaf[];
  /** By leaf. */
  readonly tests: readonly RowTest[];
  readonly stakes: Stakes;
  readonly watches: ReadonlyMap<TagCode, ColumnWatch>;
};

export type IndexParts = Omit<LeafParts, "membersOf">;

export function createLeafIndex(kept: ReadonlyMap<SegmentId, KeptSegment>, parts: IndexParts): LeafIndex {
  const levels = levelsOf(new Map([...kept].map(([id, { plan }]) => [id, plan])));
  const ordered = [...kept.values()].sort(
    (a, b) => (levels.get(a.id) as number) - (levels.get(b.id) as number) || (a.id < b.id ? -1 : 1),
  );
  const rankOf = new Map(ordered.map(({ id }, rank) => [id, rank]));

  const leaves: (Leaf & { readonly up: number[]; readonly down: number[] })[] = [];
  const numbers = new Map<string, number>();
  const numberFor =
    (rank: number) =>
    (plan: LeafPlan, sign: Sign): number => {
      const key = leafKey(plan);
      const number = numbers.get(key) ?? leaves.push({ plan, codes: codesOf(plan), up: [], down: [] }) - 1;
      numbers.set(key, number);
      const { up, down } = leaves[number] as (typeof leaves)[number];
      const side = sign === 1 ? up : down;
      if (side.at(-1) !== rank) side.push(rank);
      return number;
    };
  const bound = ordered.map(({ plan }, rank) => bindPlan(plan, numberFor(rank)));
  const membersOf = (id: SegmentId): RowBits => (kept.get(id) as KeptSegment).members;
  const tests = leaves.map(({ plan }) => leafTest(plan, { ...parts, membersOf }));
  const guesses = leaves.map(({ plan }, leaf) => guessLeaf(plan, tests[leaf] as RowTest, parts.columns.rows()));
  const segments = ordered.map((segment, rank) => ({
    kept: segment,
    bound: bound[rank] as BoundPlan,
    decision: decisionOf(bound[rank] as BoundPlan, leaf => guesses[leaf] as (typeof guesses)[number]),
    leaf: numbers.get(leafKey({ kind: "segment", id: segment.id })) ?? null,
    namesOthers: (levels.get(segment.id) as number) > 0,
  }));
  return {
    segments,
    rankOf,
    leaves,
    tests,
    stakes: stakesOf(leaves),
    watches: watchesOf(segments, leaves, rankOf, parts),
  };
}

function watchesOf(
  segments: readonly RankedSegment[],
  leaves: readonly Leaf[],
  rankOf: ReadonlyMap<SegmentId, number>,
  { columns, topOrder }: IndexParts,
): ReadonlyMap<TagCode, ColumnWatch> {
  type Open = { tests: WatchedTest[]; compares: number[]; tops: ColumnWatch["tops"][number][]; ranks: Set<number> };
  const open = new Map<TagCode, Open>();
  leaves.forEach(({ plan, codes, up, down }, leaf) => {
    for (const code of codes) {
      const watch = open.get(code) ?? { tests: [], compares: [], tops: [], ranks: new Set() };
      open.set(code, watch);
      for (const rank of [...up, ...down]) watch.ranks.add(rank);
      if (plan.kind === "column") watch.tests.push(watchedTest(leaf, plan.test));
      else if (plan.kind === "compare") watch.compares.push(leaf);
      else if (plan.kind === "top") watch.tops.push({ leaf, plan, order: topOrder(plan) });
    }
  });
  const named = segments.map(({ kept }) => segmentsIn(kept.plan).map(id => rankOf.get(id) as number));
  const watches = new Map<TagCode, ColumnWatch>();
  for (const [code, { tests, compares, tops, ranks }] of open) {
    const type = columns.typeOf(code);
    if (type === null) throw new Error(`there is no column ${code}`);
    // Ranks ascend along references, so one pass reaches everybody.
    named.forEach((below, rank) => {
      if (below.some(one => ranks.has(one))) ranks.add(rank);
    });
    const dependents = ascending(ranks);
    watches.set(code, { find: createFlipFinder(type, tests), compares, tops, dependents });
  }
  return watches;
}

/** Leaves of the same key share all they keep. */
function leafKey(plan: LeafPlan): string {
  if (plan.kind === "segment") return `segment ${plan.id}`;
  return plan.kind === "top" ? topName(plan) : JSON.stringify(plan);
}

function codesOf(plan: LeafPlan): readonly TagCode[] {
  switch (plan.kind) {
    case "column":
      return [plan.code];
    case "compare":
      return [...new Set([plan.left, plan.right])];
    case "top":
      return [plan.by];
    default:
      return [];
  }
}
