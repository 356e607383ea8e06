import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestFunction, test } from "vitest";
import type { Fact, RefusedRow } from "../../../src/intake/fact.ts";
import type { FileRefusal } from "../../../src/intake/files/fileRefusal.ts";
import { planImport } from "../../../src/intake/files/planImport.ts";
import { readFacts } from "../../../src/intake/files/readFacts.ts";
import { parseMapping, readMapping } from "../../../src/intake/files/readMapping.ts";
import { loadCatalogue } from "../../../src/intake/loadCatalogue.ts";

/** What reading an extract gives. */
export type Mapped = {
  readonly facts: Fact[];
  readonly refused: RefusedRow[];
  readonly stopped: FileRefusal | null;
};

/** Reads an extract with a mapping of the project ("berka") or one written down here. */
export async function mapExtract(mapping: string, paths: readonly string[], batchSize?: number): Promise<Mapped> {
  const read = mapping.includes("\n")
    ? parseMapping(mapping, "test.yaml")
    : await readMapping(`mappings/${mapping}.yaml`);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  const plan = await planImport(read.value, paths);
  if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
  const mapped = { facts: [] as Fact[], refused: [] as RefusedRow[], stopped: null as FileRefusal | null };
  for await (const step of readFacts(plan.value, batchSize)) {
    if (step.kind === "stopped") mapped.stopped = step.refusal;
    else if (step.batch.format === "facts") mapped.facts.push(...step.batch.facts);
    else if (step.batch.format === "refused-rows") mapped.refused.push(...step.batch.rows);
  }
  return mapped;
}

/** The refusals of a plan that must not begin. */
export async function refusedPlan(mapping: string, paths: readonly string[]): Promise<readonly FileRefusal[]> {
  const read = parseMapping(mapping, "test.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  const plan = await planImport(read.value, paths);
  if (plan.ok) throw new Error("the plan was expected to be refused");
  return plan.refusal;
}

/** Writes files into a folder and returns it. */
export function writeExtract(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const dataRoot = process.env.C360_DATA ?? "../shared/data";
export const dataFolder = (name: string): string => join(dataRoot, name);

/** A test on one of the public data sets; skipped, and said so, where the folder is absent. */
export function testOnData(name: string, sentence: string, body: TestFunction): void {
  const folder = dataFolder(name);
  if (existsSync(folder)) test(sentence, body);
  else {
    console.warn(`skipped, no data in ${folder}: ${sentence}`);
    test.skip(`${sentence} (no data in ${folder})`, body);
  }
}

const catalogue = loadCatalogue("schema/facts");

/** Every fault of every fact against the fact schemas, with the fact's id. */
export function schemaFaults(facts: readonly Fact[]): object[] {
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.refusal));
  return facts.flatMap(({ id, type, data }): object[] => {
    const schema = catalogue.value.find(type);
    if (schema === undefined) return [{ id, type, fault: "no such type" }];
    return schema.check(data).map(fault => ({ id, type, ...fault }));
  });
}

export const ofType = (facts: readonly Fact[], type: string): Fact[] => facts.filter(fact => fact.type === type);

/** Counts and exact sums of amounts in minor units, by a key. */
export function sumsBy(
  facts: readonly Fact[],
  key: (fact: Fact) => string,
  amount: (fact: Fact) => unknown,
): Record<string, { n: number; sum: string }> {
  const totals = new Map<string, { n: number; minorUnits: bigint }>();
  for (const fact of facts) {
    const total = totals.get(key(fact)) ?? { n: 0, minorUnits: 0n };
    total.n++;
    total.minorUnits += BigInt((amount(fact) as { amount: string }).amount.replace(".", ""));
    totals.set(key(fact), total);
  }
  const text = (minorUnits: bigint) => String(minorUnits).padStart(3, "0").replace(/(..)$/, ".$1");
  return Object.fromEntries([...totals].map(([name, { n, minorUnits }]) => [name, { n, sum: text(minorUnits) }]));
}
