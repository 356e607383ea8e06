import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../src/projections/segments/columns/createColumns.ts";
import type { Figure } from "../figure.ts";
import { median } from "../median.ts";
import { openDuckTable } from "./duckdb.ts";
import { heldBytes } from "./heldBytes.ts";
import { randomRules } from "./randomRules.ts";
import { type BenchTag, benchCustomer, benchTags } from "./table.ts";

const nothingAround = { segmentBits: () => null, snapshot: () => null };
const rulesAsked = 200;
/** Each rule is asked so often of ours, and the median counts; of DuckDB, whose times vary less, once. */
const timesAsked = 3;

/** Exact counts of random rules of 3 to 15 leaves over 200 tags, beside DuckDB with the same table, rules and answers. */
export async function benchPreview(customers: number, demands: PreviewDemands): Promise<Figure[]> {
  const tags = benchTags();
  const heldBefore = heldBytes();
  const columns = filledColumns(tags, customers);
  const bytes = (columns.used() + heldBytes() - heldBefore) / customers;
  const duck = await openDuckTable(tags);
  try {
    await duck.append(0, customers);
    const rules = randomRules(tags, rulesAsked);
    const queries = columns.queries();
    const count = (index: number): number => {
      const answer = queries.count(rules[index] as (typeof rules)[number], nothingAround);
      if (!answer.ok) throw new Error(`rule ${index} was refused: ${JSON.stringify(answer.refusal)}`);
      return answer.value;
    };
    rules.forEach((_, index) => {
      count(index);
    });
    const ours: number[] = [];
    const theirs: number[] = [];
    for (const [index, rule] of rules.entries()) {
      const begun = performance.now();
      const expected = await duck.count(rule);
      theirs.push(performance.now() - begun);
      const times = Array.from({ length: timesAsked }, () => {
        const start = performance.now();
        const counted = count(index);
        const time = performance.now() - start;
        if (counted !== expected) throw new Error(`rule ${index}: ${counted} customers, ${expected} by DuckDB`);
        return time;
      });
      ours.push(median(times));
    }
    const at = (share: number, times: readonly number[]): number =>
      times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] as number;
    const plain = { against: null, reference: null, ratio: null, must: null, aim: null };
    const of = `${customers.toLocaleString("en")} customers`;
    return [
      {
        name: `exact count of a rule, ${of} with 200 tags, p50`,
        value: at(0.5, ours),
        unit: "ms",
        against: "DuckDB, two threads, ms",
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
  } finally {
    duck.close();
  }
}

export type PreviewDemands = {
  readonly p50: number | null;
  readonly p99: number | null;
  readonly portrait: number | null;
  /** How many times slower DuckDB has to be at the median. */
  readonly ratio: number | null;
};

const limit = (atMost: number | null): { readonly atMost?: number } => (atMost === null ? {} : { atMost });

function filledColumns(tags: readonly BenchTag[], customers: number): Columns {
  const columns = createColumns();
  for (const { code, type } of tags) columns.add(code, type);
  for (let row = 0; row < customers; row += 1) columns.place(row, benchCustomer(row));
  for (const { code, valueAt } of tags)
    for (let row = 0; row < customers; row += 1) columns.write(code, row, valueAt(row));
  return columns;
}

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
