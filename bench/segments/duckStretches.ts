import type { Plan } from "../../src/domain/segment/plan.ts";
import { median } from "../median.ts";
import { type DuckTable, openDuckTable, rowsPerChunk } from "./duckdb.ts";
import type { BenchTag } from "./table.ts";

/** What DuckDB made of one rule over all customers. */
export type DuckCount = {
  readonly count: number;
  /** In milliseconds, as if it had been asked once. */
  readonly time: number;
};

/**
 * Ten million customers with 200 tags are more than DuckDB finds room for here beside our columns: uncompressed, as it keeps what is in
 * memory, a customer takes some 2.5 kB of it. So it has them in stretches, each in a table of its own that is dropped before the next,
 * and every rule is asked of each; counts and times are added up. That is fair to DuckDB: what a scan costs grows with the rows, a
 * stretch has several row groups for each of the two threads, and what a query costs before it scans anything (parsing, planning,
 * starting threads, the way to Node and back), which stretches would charge it for each time anew, counts once. It is measured rule by
 * rule over a table of a single vector; scanning that is part of it, so rather too much is taken off than too little. Where other work
 * of the machine held some stretches up, the median of all stretches stands for each.
 * Each rule is asked `timesInTurn` times of each stretch, of which the median counts; `asked` is told when it was, that ours can be asked
 * as often in turn.
 */
export async function countInStretches(
  tags: readonly BenchTag[],
  rules: readonly Plan[],
  customers: number,
  stretch: number,
  timesInTurn: number,
  asked: (rule: number) => void,
): Promise<DuckCount[]> {
  const stretches = Math.ceil(customers / stretch);
  const counts = rules.map(() => 0);
  const times: number[][] = rules.map(() => []);
  for (let from = 0; from < customers; from += stretch) {
    if (stretches > 1) console.error(`  customers from ${from.toLocaleString("en")} on …`);
    const duck = await openDuckTable(tags);
    try {
      await duck.append(from, Math.min(from + stretch, customers));
      for (const [index, rule] of rules.entries()) {
        const { count, time } = await askedOften(duck, rule, timesInTurn);
        times[index]?.push(time);
        counts[index] = (counts[index] as number) + count;
        asked(index);
      }
    } finally {
      duck.close();
    }
  }
  const fixed = stretches === 1 ? [] : await fixedTimes(tags, rules);
  return times.map((own, index) => ({
    count: counts[index] as number,
    time: wholeTime(own) - (stretches - 1) * (fixed[index] ?? 0),
  }));
}

/** The sum of what stretches took, or less where some were held up. */
const wholeTime = (stretches: readonly number[]): number =>
  Math.min(
    stretches.reduce((sum, time) => sum + time, 0),
    stretches.length * median(stretches),
  );

/** The same answer each time, and the median of what it took. */
async function askedOften(duck: DuckTable, rule: Plan, often: number): Promise<DuckCount> {
  const times: number[] = [];
  let count = 0;
  for (let round = 0; round < often; round += 1) {
    const begun = performance.now();
    count = await duck.count(rule);
    times.push(performance.now() - begun);
  }
  return { count, time: median(times) };
}

/** What a query of each rule takes over next to no rows, in milliseconds. */
async function fixedTimes(tags: readonly BenchTag[], rules: readonly Plan[]): Promise<number[]> {
  const duck = await openDuckTable(tags);
  try {
    await duck.append(0, rowsPerChunk);
    const times: number[] = [];
    for (const rule of rules) times.push((await askedOften(duck, rule, 5)).time);
    return times;
  } finally {
    duck.close();
  }
}
