/** A rule made ready to be run block by block: `not` stands at leaves alone, and children are in the order in which they are run. */
export type Node =
  | { readonly kind: "all" | "any"; readonly of: readonly Node[]; readonly share: number; readonly cost: number }
  | Leaf;

export type Leaf = {
  readonly kind: "leaf";
  /**
   * With `or` 0 leaves the rows of the mask that pass in `into`, with 1 adds them to it; both are offsets of bitsets in the block's
   * shard. False when no bit is left in `into`.
   */
  readonly run: (block: number, into: number, mask: number, or: 0 | 1) => boolean;
  /** The part of the live customers that is expected to pass, and what a row costs, in units of one comparison of a code. */
  readonly share: number;
  readonly cost: number;
};

/** Those that decide most for what they cost come first. */
export function all(of: readonly Node[]): Node {
  const flat = of.flatMap(node => (node.kind === "all" ? node.of : [node]));
  const ordered = flat.toSorted((a, b) => rank(a.cost, 1 - a.share) - rank(b.cost, 1 - b.share));
  return combined("all", ordered, node => node.share);
}

export function any(of: readonly Node[]): Node {
  const flat = of.flatMap(node => (node.kind === "any" ? node.of : [node]));
  const ordered = flat.toSorted((a, b) => rank(a.cost, a.share) - rank(b.cost, b.share));
  return combined("any", ordered, node => 1 - node.share);
}

const rank = (cost: number, decided: number): number => cost / Math.max(decided, 1e-6);

function combined(kind: "all" | "any", of: readonly Node[], open: (node: Node) => number): Node {
  if (of.length === 1) return of[0] as Node;
  let left = 1;
  let cost = 0.2;
  for (const node of of) {
    // Whole words of 64 rows have to be decided before anything is saved.
    cost += node.cost * Math.max(left, 1 - (1 - left) ** 8 * 0.9);
    left *= open(node);
  }
  return { kind, of, share: kind === "all" ? left : 1 - left, cost };
}
