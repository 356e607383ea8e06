import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";

/** What one tag says of everyone, by customer in one order for all features. */
export type FeatureColumn = { readonly code: TagCode; readonly type: ValueType; readonly values: readonly TagValue[] };

/** Values that count as alike. `stretch`: from <= value < to; null is open. `other`: values too rare for a bin of their own. */
export type Bin =
  | { readonly kind: "missing" }
  | { readonly kind: "stretch"; readonly from: number | null; readonly to: number | null }
  | { readonly kind: "value"; readonly value: string | boolean }
  | { readonly kind: "other" }
  | { readonly kind: "member" | "noMember"; readonly member: string };

/** One question asked of a customer; a set is one question for each of its frequent members. */
export type Question = { readonly code: TagCode; readonly bins: readonly Bin[] };

const stretches = 10;
const ownValues = 50;
const ownMembers = 20;

/** How a tag's values fall into bins: tenths of the population by value, frequent values, frequent members. */
export function questionsOf({ code, type, values }: FeatureColumn): Question[] {
  switch (type.kind) {
    case "number":
    case "money":
    case "date":
      return [{ code, bins: [{ kind: "missing" }, ...stretchesOf(values)] }];
    case "boolean":
    case "enumeration":
    case "text":
      return [{ code, bins: [{ kind: "missing" }, ...frequent(values, ownValues).map(ownBin), { kind: "other" }] }];
    case "set":
      return frequent(values.flatMap(members), ownMembers).map(member => ({
        code,
        bins: [
          { kind: "missing" },
          { kind: "member", member: member as string },
          { kind: "noMember", member: member as string },
        ],
      }));
  }
}

/** The index of the bin that a value falls into. */
export function binOf({ bins }: Question, value: TagValue): number {
  if (value === null) return 0;
  const kind = bins.at(-1)?.kind;
  if (kind === "stretch") return 1 + stretchAt(bins, value as number);
  if (kind === "noMember") {
    const { member } = bins[1] as Extract<Bin, { kind: "member" }>;
    return members(value).includes(member) ? 1 : 2;
  }
  const own = bins.findIndex(bin => bin.kind === "value" && bin.value === value);
  return own === -1 ? bins.length - 1 : own;
}

const ownBin = (value: string | boolean): Bin => ({ kind: "value", value });
const members = (value: TagValue): readonly string[] => (Array.isArray(value) ? value : []);

/** Equal values never part, so there are fewer stretches where many customers have the same value. */
function stretchesOf(values: readonly TagValue[]): Bin[] {
  const sorted = Float64Array.from(values.filter(value => value !== null) as number[]).sort();
  const cuts = new Set<number>();
  for (let tenth = 1; tenth < stretches; tenth += 1) {
    const cut = sorted[Math.floor((sorted.length * tenth) / stretches)];
    if (cut !== undefined && cut !== sorted[0]) cuts.add(cut);
  }
  const edges = [null, ...cuts, null];
  return edges.slice(1).map((to, at) => ({ kind: "stretch", from: edges[at] as number | null, to }));
}

function stretchAt(bins: readonly Bin[], value: number): number {
  let [low, high] = [0, bins.length - 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { to } = bins[1 + middle] as Extract<Bin, { kind: "stretch" }>;
    if (to !== null && value >= to) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The most frequent values, ties by code unit. */
function frequent(values: readonly TagValue[], limit: number): (string | boolean)[] {
  const counts = new Map<string | boolean, number>();
  for (const value of values)
    if (typeof value === "string" || typeof value === "boolean") counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, timesA], [b, timesB]) => timesB - timesA || (String(a) < String(b) ? -1 : 1))
    .slice(0, limit)
    .map(([value]) => value);
}
