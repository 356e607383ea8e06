import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";

const root = process.env.C360_DATA ?? "../shared/data";

/** Where a public data set lies, whether it is there or not. */
export const publicData = (name: string): string => join(root, name);

/** The figures published with a data set: what a correct system must output. */
export const publishedFigures = <Figures>(name: string): Figures =>
  JSON.parse(readFileSync(join(publicData(name), "expected.json"), "utf8"));

/** Tests that need public data sets; skipped, and said so, where one of the folders is absent. */
export function describeOnData(names: readonly string[], title: string, tests: () => void): void {
  const absent = names.map(publicData).filter(folder => !existsSync(folder));
  if (absent.length === 0) return void describe(title, tests);
  console.warn(`skipped, no data in ${absent.join(", ")}: ${title}`);
  test.skip(`${title} (no data in ${absent.join(", ")})`, () => {}); // the tests themselves cannot even be listed without the data
}
