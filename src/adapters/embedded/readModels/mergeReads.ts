import type { Merge } from "../../../domain/customer/mergeGraph.ts";
import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import { groupAt, membersBelow } from "../../../projections/identity/customerGroup.ts";
import type { SessionReads } from "../../../projections/readSession.ts";
import { anInteger, aText, type Query } from "./query.ts";
import { bothWays, highest, lowest } from "./ranges.ts";
import { type MergeColumns, mergeColumns, mergeOf } from "./readModelRows.ts";

type Reads = Pick<SessionReads, "groupOf" | "mergesInto" | "mergeByEvent"> & {
  /** The customers whose facts count in this one's profile, at the snapshot. */
  readonly membersBelow: (id: CustomerId) => readonly CustomerId[];
};

const ofSql = `SELECT ${mergeColumns} FROM merges WHERE survivor = ${aText} OR absorbed = ${aText} ORDER BY position`;
const intoSql = bothWays(
  order => `SELECT ${mergeColumns} FROM merges WHERE survivor = ${aText} AND split_at IS NULL
    AND position > ? AND position < ? ORDER BY position ${order} LIMIT ${anInteger}`,
);
const byEventSql = `SELECT ${mergeColumns} FROM merges WHERE event_id = ${aText}`;
const anySql = "SELECT 1 FROM merges LIMIT 1";

export function mergeReads({ first, all }: Query): Reads {
  const mergesOf = (id: CustomerId): Merge[] => all<MergeColumns>(ofSql, id, id).map(mergeOf);
  return {
    // Most banks' customers, and all of some, were never merged: one look tells the latter.
    membersBelow: id => (first(anySql) === null ? [id] : membersBelow(id, Number.MAX_SAFE_INTEGER, mergesOf)),
    groupOf: (id, known: Position) => groupAt(id, known, mergesOf),
    mergesInto: (id, { after = lowest, before = highest, direction, limit }) =>
      all<MergeColumns>(intoSql[direction], id, after, before, limit).map(mergeOf),
    mergeByEvent: eventId => {
      const found = first<MergeColumns>(byEventSql, eventId);
      return found === null ? null : mergeOf(found);
    },
  };
}
