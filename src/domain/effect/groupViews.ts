import { parseGroupKey } from "./cellKey.ts";
import { contributionsOf, kpiSum } from "./contribution.ts";
import type { Enrolment } from "./enrolment.ts";
import type { OutcomeSums } from "./outcomeSums.ts";
import { addAll, type GrowingSums, parseSums, type Sums } from "./sums.ts";

export type StoredCell = { readonly key: string; readonly text: string };

/** The cells of a campaign's groups, added up in each way in which a report looks at them. */
export type GroupViews = {
  /** Everybody that the campaign met, assigned or not. */
  readonly everybody: Sums;
  readonly arms: ReadonlyMap<string, Sums>;
  readonly variants: ReadonlyMap<string, ReadonlyMap<string, Sums>>;
  /** By segment, then by arm; a customer in several segments counts in each. */
  readonly segments: ReadonlyMap<string, ReadonlyMap<string, Sums>>;
  /** By the channel of the first assignment, then by arm. */
  readonly channels: ReadonlyMap<string, ReadonlyMap<string, Sums>>;
};

type Nested = Map<string, Map<string, GrowingSums>>;

/** `excluding`: enrolments that are among the cells and shall not be. */
export function groupViews(cells: Iterable<StoredCell>, excluding: readonly Enrolment[]): GroupViews {
  const everybody: GrowingSums = new Map();
  const arms = new Map<string, GrowingSums>();
  const [variants, segments, channels]: Nested[] = [new Map(), new Map(), new Map()];
  const put = (key: string, sums: Sums, sign: 1 | -1): void => {
    const { arm, variant, channel, segments: members } = parseGroupKey(key);
    addAll(everybody, sums, sign);
    if (arm === null) return;
    addAll(within(arms, arm), sums, sign);
    if (variant !== null) addAll(nested(variants as Nested, arm, variant), sums, sign);
    if (channel !== null) addAll(nested(channels as Nested, channel, arm), sums, sign);
    for (const segment of members) addAll(nested(segments as Nested, segment, arm), sums, sign);
  };
  for (const { key, text } of cells) put(key, parseSums(text), 1);
  for (const enrolment of excluding)
    for (const { kind, key, sums } of contributionsOf(enrolment)) if (kind === "group") put(key, sums, -1);
  return { everybody, arms, variants: variants as Nested, segments: segments as Nested, channels: channels as Nested };
}

function within(map: Map<string, GrowingSums>, key: string): GrowingSums {
  let sums = map.get(key);
  if (sums === undefined) {
    sums = new Map();
    map.set(key, sums);
  }
  return sums;
}

function nested(map: Nested, outer: string, inner: string): GrowingSums {
  let found = map.get(outer);
  if (found === undefined) {
    found = new Map();
    map.set(outer, found);
  }
  return within(found, inner);
}

/** Of assigned customers: the sums that a comparison needs of the KPI at that place. */
export function outcomeSumsOf(sums: Sums, index: number): OutcomeSums {
  const of = (moment: Parameters<typeof kpiSum>[1]): bigint => sums.get(kpiSum(index, moment)) ?? 0n;
  return {
    n: Number(sums.get("customers") ?? 0n),
    converted: Number(of("converted")),
    ...{ y: of("y"), yy: of("yy"), x: of("x"), xx: of("xx"), xy: of("xy") },
  };
}
