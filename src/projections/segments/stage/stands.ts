import { planOf } from "../../../domain/segment/planOf.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentCatalogue, SegmentState } from "../../../domain/segment/segmentCatalogue.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Moment } from "../../tags/evaluation/evaluateTag.ts";
import type { Slot } from "../../tags/stage/slot.ts";
import type { Columns } from "../columns/columns.ts";
import type { SegmentCause } from "../feed/segmentChange.ts";
import { localDayRange } from "../localDayRange.ts";
import { membersName, type Refill, type Standing, type StandingVersion } from "../standing/standing.ts";
import type { FeedBuffer } from "./feedBuffer.ts";
import { bytesOf, putBytes } from "./memberBytes.ts";
import { segmentsIn } from "./segmentsIn.ts";
import { planInForce } from "./slotColumns.ts";

export type WantedStanding = readonly { readonly id: SegmentId; readonly version: number }[];

/** Brings segments to stand once all that they need is in force, and from one version or column to the next. */
export type Stands = {
  /** After a start: those that stood go on with the members that their feeds tell of. */
  readonly resume: () => void;
  readonly standsOn: (column: TagCode) => boolean;
  /** Definitions or slots are others than before. */
  readonly changed: () => void;
  /** At the end of an instant, when every value is up to date. */
  readonly settle: (moment: Moment) => void;
};

type Parts = {
  readonly engine: Standing;
  readonly feed: FeedBuffer;
  readonly columns: Columns;
  readonly catalogue: () => SegmentCatalogue;
  readonly slots: () => readonly Slot[];
  readonly wanted: WantedStanding | null;
};

/** What a segment stands on at the moment. */
type Footing = { readonly version: number; readonly plan: string };

export function createStands({ engine, feed, columns, catalogue, slots, wanted }: Parts): Stands {
  const footings = new Map<SegmentId, Footing>();
  let unsettled = true;

  const wantedVersion = ({ id, status, versions }: SegmentState): number | null => {
    if (wanted !== null) return wanted.find(one => one.id === id)?.version ?? null;
    if (status === "archived") return null;
    return versions.findLast(({ published, ended }) => published !== null && ended === null)?.version ?? null;
  };

  /** The version over the columns in force; null while something that it needs is not there. */
  const ready = (state: SegmentState, version: number): StandingVersion | null => {
    const definition = state.versions.find(record => record.version === version)?.definition;
    // In a verification, when the log has not told of it yet.
    if (definition === undefined) return null;
    const found = planInForce(planOf(definition.rule, { at: null, dayRange: localDayRange }), slots());
    if (found.kind === "waiting") return null;
    const stands = segmentsIn(found.plan).every(id => footings.has(id));
    return stands ? { id: state.id, version, plan: found.plan } : null;
  };

  const tellRefills = (refills: readonly Refill[], cause: SegmentCause, { at, known }: Moment): void => {
    for (const { id, version, entered, exited } of refills)
      for (const [rows, kind] of [
        [exited, "exited"],
        [entered, "entered"],
      ] as const)
        for (const row of rows) {
          const customerId = columns.idAt(row);
          if (customerId === null) throw new Error(`row ${row} is a member of ${id} but no customer`);
          feed.tell({
            ...{ segment: id, version, kind, customerId, row, cause, corrected: false },
            ...{ position: known, at, occurredAt: at },
          });
        }
  };

  /** Segments that can stand for the first time, all at once: the engine makes itself ready anew for each lot of them. */
  const begin = (moment: Moment): void => {
    const fresh: StandingVersion[] = [];
    // A segment may wait for one that it names, which is among them.
    for (let before = -1; before !== fresh.length; ) {
      before = fresh.length;
      for (const state of ordered(catalogue())) {
        const version = footings.has(state.id) ? null : wantedVersion(state);
        const next = version === null ? null : ready(state, version);
        if (next === null) continue;
        footings.set(state.id, { version: next.version, plan: JSON.stringify(next.plan) });
        fresh.push(next);
      }
    }
    if (fresh.length === 0) return;
    engine.publish(fresh);
    const since = { position: moment.known, at: moment.at };
    for (const { id, version } of fresh) {
      const bits = bytesOf(engine.members(id), columns.rows());
      feed.begin(id, version, since, { bits, size: engine.size(id) });
    }
  };

  /** The step of a segment that stands towards the version that is wanted; true when it took one. */
  const step = (state: SegmentState, moment: Moment): boolean => {
    const { id } = state;
    const footing = footings.get(id);
    if (footing === undefined) return false;
    const version = wantedVersion(state);
    if (version === null) {
      if (state.status !== "archived") return false;
      engine.archive(id);
      footings.delete(id);
      feed.archive(id);
      return true;
    }
    const next = ready(state, version);
    if (next === null) return moved(state, footing, moment);
    const plan = JSON.stringify(next.plan);
    if (footing.version === version && footing.plan === plan) return false;
    footings.set(id, { version, plan });
    const refills = engine.replace(next);
    feed.switchTo(id, version);
    tellRefills(refills, footing.version === version ? "backfill" : "definition", moment);
    return true;
  };

  /** While its next version has to wait, the one that stands follows its tags to other columns. */
  const moved = (state: SegmentState, footing: Footing, moment: Moment): boolean => {
    const same = ready(state, footing.version);
    const plan = same === null ? null : JSON.stringify(same.plan);
    if (same === null || plan === null || plan === footing.plan) return false;
    footings.set(state.id, { version: footing.version, plan });
    tellRefills(engine.replace(same), "backfill", moment);
    return true;
  };

  return {
    resume: () => {
      const versions: StandingVersion[] = [];
      const resumed = ({ id, ...state }: SegmentState): boolean => {
        const standing = feed.standing(id);
        if (standing === null || standing.archived) return true;
        const found = ready({ id, ...state }, standing.version);
        if (found === null) return false;
        footings.set(id, { version: standing.version, plan: JSON.stringify(found.plan) });
        putBytes(columns.bits(membersName(id)), feed.storedMembers(id), columns.rows());
        versions.push(found);
        return true;
      };
      // Each after those that it names.
      for (let rest = ordered(catalogue()); rest.length > 0; ) {
        const waiting = rest.filter(state => !resumed(state));
        if (waiting.length === rest.length)
          throw new Error(`segments stand on columns that are not there: ${waiting.map(({ id }) => id).join(", ")}`);
        rest = waiting;
      }
      if (versions.length > 0) engine.resume(versions);
    },
    standsOn: column => {
      const quoted = JSON.stringify(column);
      return [...footings.values()].some(({ plan }) => plan.includes(quoted));
    },
    changed: () => {
      unsettled = true;
    },
    settle: moment => {
      if (!unsettled) return;
      unsettled = false;
      begin(moment);
      // A version may have waited for a segment that it names.
      for (let moved = true; moved; ) {
        moved = false;
        for (const state of ordered(catalogue())) moved = step(state, moment) || moved;
      }
    },
  };
}

const ordered = ({ segments }: SegmentCatalogue): SegmentState[] =>
  [...segments.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
