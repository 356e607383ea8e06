import type { Position } from "../event.ts";
import type { CustomerId } from "../ids.ts";

/** One merge, as it was decided; `splitAt` is the position of the split that took it back. */
export type Merge = {
  readonly position: Position;
  readonly eventId: string;
  readonly survivor: CustomerId;
  readonly absorbed: CustomerId;
  readonly proposalId: string | null;
  readonly splitAt: Position | null;
};

/**
 * Who was merged into whom, as told by the merges and splits so far: a forest, since only a customer that stands for itself
 * can be merged, and only into another that does.
 */
export type MergeGraph = {
  /** The customer in whose profile this one's facts count; itself unless merged. */
  readonly survivorOf: (id: CustomerId) => CustomerId;
  /** The merge in force that took this customer into another. */
  readonly mergeOf: (absorbed: CustomerId) => Merge | null;
  /** The customer and all that were merged into it and into those, in the order of their merges. */
  readonly membersOf: (id: CustomerId) => readonly CustomerId[];
  readonly find: (eventId: string) => Merge | null;
  readonly add: (merge: Merge) => void;
  /** The merge of this event is taken back. */
  readonly split: (merge: Merge, at: Position) => Merge;
};

export function createMergeGraph(known: Iterable<Merge> = []): MergeGraph {
  const byEvent = new Map<string, Merge>();
  const into = new Map<CustomerId, Merge>();
  const absorbedBy = new Map<CustomerId, readonly Merge[]>();

  const add = (merge: Merge): void => {
    byEvent.set(merge.eventId, merge);
    if (merge.splitAt !== null) return;
    into.set(merge.absorbed, merge);
    absorbedBy.set(merge.survivor, [...(absorbedBy.get(merge.survivor) ?? []), merge]);
  };
  for (const merge of known) add(merge);

  return {
    survivorOf: id => {
      let survivor = id;
      for (let merge = into.get(survivor); merge !== undefined; merge = into.get(survivor)) survivor = merge.survivor;
      return survivor;
    },
    mergeOf: absorbed => into.get(absorbed) ?? null,
    membersOf: id => {
      const members = [id];
      for (const member of members) for (const { absorbed } of absorbedBy.get(member) ?? []) members.push(absorbed);
      return members;
    },
    find: eventId => byEvent.get(eventId) ?? null,
    add,
    split: (merge, at) => {
      const ended = { ...merge, splitAt: at };
      byEvent.set(merge.eventId, ended);
      into.delete(merge.absorbed);
      const left = (absorbedBy.get(merge.survivor) ?? []).filter(({ eventId }) => eventId !== merge.eventId);
      if (left.length === 0) absorbedBy.delete(merge.survivor);
      else absorbedBy.set(merge.survivor, left);
      return ended;
    },
  };
}

export type MergeRefusal =
  | { readonly kind: "sameCustomer" }
  /** The one named is merged into another already: `survivor` stands for it. */
  | { readonly kind: "survivorMerged" | "alreadyMerged"; readonly customer: CustomerId; readonly survivor: CustomerId };

export type SplitRefusal =
  | { readonly kind: "noSuchMerge" }
  | { readonly kind: "alreadySplit" }
  | { readonly kind: "otherSurvivor"; readonly survivor: CustomerId }
  | { readonly kind: "otherCustomer"; readonly absorbed: CustomerId };

/** Why one customer cannot be merged into another; null when it can. */
export function mergeRefusal(graph: MergeGraph, survivor: CustomerId, absorbed: CustomerId): MergeRefusal | null {
  if (survivor === absorbed) return { kind: "sameCustomer" };
  const merged = (kind: "survivorMerged" | "alreadyMerged", customer: CustomerId): MergeRefusal | null =>
    graph.mergeOf(customer) === null ? null : { kind, customer, survivor: graph.survivorOf(customer) };
  return merged("survivorMerged", survivor) ?? merged("alreadyMerged", absorbed);
}

/** The merge that a split takes back, or why it takes none back. */
export function splitMerge(
  graph: MergeGraph,
  survivor: CustomerId,
  absorbed: CustomerId,
  corrects: string,
): { readonly merge: Merge } | { readonly refusal: SplitRefusal } {
  const merge = graph.find(corrects);
  if (merge === null) return { refusal: { kind: "noSuchMerge" } };
  if (merge.splitAt !== null) return { refusal: { kind: "alreadySplit" } };
  if (merge.survivor !== survivor) return { refusal: { kind: "otherSurvivor", survivor: merge.survivor } };
  if (merge.absorbed !== absorbed) return { refusal: { kind: "otherCustomer", absorbed: merge.absorbed } };
  return { merge };
}
