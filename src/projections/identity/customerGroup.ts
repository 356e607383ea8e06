import type { Merge } from "../../domain/customer/mergeGraph.ts";
import type { Position } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";

/** The customers who are one person, as known at a position: the union of the events of their streams is that person's. */
export type CustomerGroup = {
  readonly survivor: CustomerId;
  /** The survivor first. */
  readonly members: readonly CustomerId[];
  /** Those that made them one, by position. */
  readonly merges: readonly Merge[];
};

/** Every merge, in force or taken back, in which a customer was the survivor or the one merged, by position. */
export type MergesOf = (id: CustomerId) => readonly Merge[];

export function groupAt(id: CustomerId, known: Position, mergesOf: MergesOf): CustomerGroup {
  let survivor = id;
  for (let merge = into(survivor, known, mergesOf); merge !== null; merge = into(survivor, known, mergesOf))
    survivor = merge.survivor;
  const members = [survivor];
  const merges: Merge[] = [];
  for (const member of members)
    for (const merge of mergesOf(member)) {
      if (merge.survivor !== member || !isInForce(merge, known)) continue;
      members.push(merge.absorbed);
      merges.push(merge);
    }
  return { survivor, members, merges: merges.sort((a, b) => a.position - b.position) };
}

/** Whose facts count in a customer's own profile: nobody's while it is merged into another. */
export const membersBelow = (id: CustomerId, known: Position, mergesOf: MergesOf): readonly CustomerId[] =>
  into(id, known, mergesOf) === null ? groupAt(id, known, mergesOf).members : [];

const into = (id: CustomerId, known: Position, mergesOf: MergesOf): Merge | null =>
  mergesOf(id).find(merge => merge.absorbed === id && isInForce(merge, known)) ?? null;

const isInForce = ({ position, splitAt }: Merge, known: Position): boolean =>
  position <= known && (splitAt === null || splitAt > known);
