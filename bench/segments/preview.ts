import type { Plan } from "../../src/domain/segment/plan.ts";
import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import type { Figure } from "../figure.ts";
import { median } from "../median.ts";
import { countInStretches } from "./duckStretches.ts";
import { filledColumns } from "./filledColumns.ts";
import { heldBytes } from "./heldBytes.ts";
import { randomRules } from "./randomRules.ts";
import { type BenchTag, benchTags } from "./table.ts";

const nothingAround = { segmentBits: () => null, snapshot: () => null };
const rulesAsked = 200;
/**
 * Each rule is asked so often in succession, of either, and the median counts: the first answers after the other has been at work are
 * half as slow again, as it leaves nothing of ours in the processor's caches.
 */
const timesAsked = 5;

/**
 * Exact counts of random rules of 3 to 15 leaves over 200 tags, beside DuckDB with the same table, rules and answers; it has as many
 * customers at a time as a `stretch` has, all of them unless that is less.
 */
export async function benchPreview(plan: PreviewPlan): Promise<Figure[]> {
  const { customers, stretch = customers, ...demands } = plan;
  const tags = benchTags();
  const heldBefore = heldBytes();
  const columns = filledColumns(tags, customers);
  const bytes = (columns.used() + heldBytes() - heldBefore) / customers;
  const rules = randomRules(tags, rulesAsked);
  const queries = columns.queries();
  const count = (index: number): number => {
    const answer = queries.count(rules[index] as Plan, nothingAround);
    if (!answer.ok) throw new Error(`rule ${index} was refused: ${JSON.stringify(answer.refusal)}`);
    return answer.value;
  };
  const counted = rules.map((_, index) => count(index));
  const times: number[][] = rules.map(() => []);
  const timesInTurn = Math.ceil((timesAsked * stretch) / customers);
  const asked = (index: number): void => {
    for (let turn = 0; turn < timesInTurn; turn += 1) {
      const begun = performance.now();
      const again = count(index);
      times[index]?.push(performance.now() - begun);
      if (again !== counted[index]) throw new Error(`rule ${index}: ${counted[index]} customers, then ${again}`);
    }
  };
  const counts = await countInStretches(tags, rules, customers, stretch, timesInTurn, asked);
  counts.forEach((duck, index) => {
    if (duck.count !== counted[index])
      throw new Error(`rule ${index}: ${counted[index]} customers, ${duck.count} by DuckDB`);
  });
  const ours = times.map(median);
  const theirs = counts.map(({ time }) => time);
  const at = (share: number, times: readonly number[]): number =>
    times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] as number;
  const plain = { against: null, reference: null, ratio: null, must: null, aim: null };
  const of = `${customers.toLocaleString("en")} customers`;
  return [
    {
      name: `exact count of a rule, ${of} with 200 tags, p50`,
      value: at(0.5, ours),
      unit: "ms",
      against: stretch < customers ? "DuckDB, two threads, in stretches, ms" : "DuckDB, two threads, ms",
      reference: at(0.5, theirs),
      ratio: at(0.5, theirs) / at(0.5, ours),
      must: demands.ratio,
      aim: null,
    },
    { name: "the same, p50", value: at(0.5, ours), unit: "ms", ...plain, ...limit(demands.p50) },
    { name: "the same, p99", value: at(0.99, ours), unit: "ms", ...plain, ...limit(demands.p99) },
    { name: "the same by DuckDB, p99", value: at(0.99, theirs), unit: "ms", ...plain },
    {
      name: `portrait of a tag, ${of}, the slowest of 200`,
      value: slowestPortrait(columns, tags),
      unit: "ms",
      ...plain,
      ...limit(demands.portrait),
    },
    { name: "memory of a customer with 200 tags", value: bytes, unit: "bytes", ...plain, atMost: 700 },
  ];
}

export type PreviewPlan = {
  readonly customers: number;
  /** How many of them DuckDB has at a time. */
  readonly stretch?: number;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly portrait: number | null;
  /** How many times slower DuckDB has to be at the median. */
  readonly ratio: number | null;
};

const limit = (atMost: number | null): { readonly atMost?: number } => (atMost === null ? {} : { atMost });

function slowestPortrait(columns: Columns, tags: readonly BenchTag[]): number {
  const queries = columns.queries();
  const inside = queries.members(
    { kind: "column", code: (tags[60] as BenchTag).code, test: { kind: "exists" } },
    nothingAround,
  );
  if (!inside.ok) throw new Error(JSON.stringify(inside.refusal));
  const asked = (code: BenchTag["code"]): number => {
    const begun = performance.now();
    queries.portrait(code, inside.value);
    return performance.now() - begun;
  };
  // As with counts, what is run is compiled before it is measured; it takes some rounds until the kernels are.
  for (let round = 0; round < 6; round += 1) for (const { code } of tags) asked(code);
  return Math.max(...tags.map(({ code }) => median(Array.from({ length: timesAsked }, () => asked(code)))));
}
