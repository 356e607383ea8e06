import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Columns } from "../columns/columns.ts";
import type { Around } from "../columns/query/around.ts";
import { carefulTruthOf } from "./carefulTruth.ts";
import { createFailures } from "./failures.ts";
import { createInstant } from "./instant.ts";
import type { KeptSegment } from "./keptSegment.ts";
import { createLeafIndex, type RankedSegment } from "./leafIndex.ts";
import { createMemberRows } from "./memberRows.ts";
import { levelsOf, segmentsIn } from "./references.ts";
import { fill, type Refilling, refill } from "./refill.ts";
import { createRowSet } from "./rowSet.ts";
import { membersName, type Refill, type Standing, type StandingVersion } from "./standing.ts";
import { createTops } from "./top/tops.ts";

const examplesKept = 10;

/**
 * Standing segments over columns, in the thread that writes the columns. `snapshot` says who was a member at a past instant, for plans
 * that ask for it; it has to say the same for good.
 */
export function createStanding(columns: Columns, { snapshot }: Pick<Around, "snapshot">): Standing {
  const kept = new Map<SegmentId, KeptSegment>();
  const failures = createFailures(columns);
  const tops = createTops(columns);
  /** Segments by slot; slots of those that are gone are given again. */
  const slots: (KeptSegment | null)[] = [];
  const memberRows = createMemberRows(slot => slots[slot]?.members ?? null, columns.rows);
  const noCodes: ReadonlySet<TagCode> = new Set();
  let parts = build(noCodes);

  /** `anew`: columns that were filled otherwise than by changes told. */
  function build(anew: ReadonlySet<TagCode>) {
    tops.forget(anew);
    const index = createLeafIndex(kept, { columns, topOrder: tops.orderOf, snapshot });
    tops.keep(index.leaves.flatMap(({ plan }) => (plan.kind === "top" ? [plan] : [])));
    failures.watch(new Set(index.watches.keys()), anew);
    const carefulTruth = carefulTruthOf(index, failures, kept);
    const refilling: Refilling = { columns, failures, carefulTruth, around: { snapshot, segmentBits: membersName } };
    return { index, refilling, instant: createInstant(index, { columns, failures, carefulTruth, memberRows }) };
  }

  /** What was told of the instant hangs on the index that is about to go. */
  const requireSettled = (): void => {
    if (parts.instant.isOpen()) throw new Error("an instant is open: segments change only after `apply`");
  };

  const begin = (versions: readonly StandingVersion[]): void => {
    const plans = new Map([...kept].map(([id, { plan }]) => [id, plan]));
    for (const { id, plan } of versions) {
      if (plans.has(id)) throw new Error(`segment ${id} stands already`);
      plans.set(id, plan);
    }
    levelsOf(plans);
    for (const { id, version, plan } of versions) {
      const members = columns.bits(membersName(id));
      const size = members.count();
      const free = slots.indexOf(null);
      const slot = free === -1 ? slots.length : free;
      slots[slot] = { id, slot, version, plan, members, size, undetermined: createRowSet() };
      kept.set(id, slots[slot]);
    }
    memberRows.reload(versions.map(({ id }) => known(id).slot));
    parts = build(noCodes);
  };

  /** Works out these segments, and all for whom something has changed by it. */
  const refillAll = (ids: ReadonlySet<SegmentId>): readonly Refill[] => {
    const { index, refilling } = parts;
    const moved = new Set<SegmentId>();
    const told: Refill[] = [];
    for (const [rank, { kept: segment }] of index.segments.entries()) {
      if (!ids.has(segment.id) && !segmentsIn(segment.plan).some(id => moved.has(id))) continue;
      const wasOpen = segment.undetermined.count() > 0;
      const difference = refill(index, rank, refilling);
      const differs = difference.entered.length > 0 || difference.exited.length > 0;
      if (differs) told.push(difference);
      if (differs || wasOpen || segment.undetermined.count() > 0) moved.add(segment.id);
    }
    memberRows.reload([...moved].map(id => known(id).slot));
    return told;
  };

  const known = (id: SegmentId): KeptSegment => {
    const segment = kept.get(id);
    if (segment === undefined) throw new Error(`segment ${id} does not stand`);
    return segment;
  };
  const codesOf = (ids: ReadonlySet<SegmentId>): ReadonlySet<TagCode> => {
    const ranks = new Set([...ids].map(id => parts.index.rankOf.get(id)));
    const isAsked = (rank: number): boolean => ranks.has(rank);
    return new Set(
      [...parts.index.watches].filter(([, { dependents }]) => dependents.some(isAsked)).map(([code]) => code),
    );
  };

  return {
    publish: versions => {
      requireSettled();
      for (const { id } of versions) if (!kept.has(id)) columns.dropBits(membersName(id));
      begin(versions);
      const ids = new Set(versions.map(({ id }) => id));
      for (const [rank, { kept: segment }] of parts.index.segments.entries())
        if (ids.has(segment.id)) fill(parts.index, rank, parts.refilling);
      memberRows.reload([...ids].map(id => known(id).slot));
    },
    resume: versions => {
      requireSettled();
      begin(versions);
      const ids = new Set(versions.map(({ id }) => id));
      for (const { kept: segment, bound } of parts.index.segments) {
        if (!ids.has(segment.id)) continue;
        const rows = failures.rowsOf([...codesOf(new Set([segment.id]))]);
        for (const row of rows) segment.undetermined.set(row, parts.refilling.carefulTruth(bound, row) === null);
      }
    },
    replace: ({ id, version, plan }) => {
      requireSettled();
      const segment = known(id);
      levelsOf(new Map([...kept.values()].map(other => [other.id, other.id === id ? plan : other.plan])));
      segment.version = version;
      segment.plan = plan;
      parts = build(noCodes);
      return refillAll(new Set([id]));
    },
    archive: id => {
      requireSettled();
      const { slot } = known(id);
      for (const { id: other, plan } of kept.values())
        if (other !== id && segmentsIn(plan).includes(id)) throw new Error(`segment ${other} names ${id}`);
      kept.delete(id);
      slots[slot] = null;
      memberRows.reload([slot]);
      columns.dropBits(membersName(id));
      parts = build(noCodes);
    },
    recompute: ids => {
      requireSettled();
      const asked = new Set(ids.map(id => known(id).id));
      parts = build(codesOf(asked));
      return refillAll(asked);
    },
    placed: (row, origin) => parts.instant.placed(row, origin),
    returned: (row, origin) => parts.instant.returned(row, origin),
    gone: (row, origin) => parts.instant.gone(row, origin),
    apply: changes => parts.instant.apply(changes),
    ids: () => parts.index.segments.map(({ kept: segment }: RankedSegment) => segment.id),
    size: id => known(id).size,
    members: id => known(id).members,
    undetermined: id => {
      const { undetermined } = known(id);
      return { customers: undetermined.count(), examples: undetermined.first(examplesKept) };
    },
  };
}
