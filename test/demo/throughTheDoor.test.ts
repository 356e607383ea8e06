import { expect, test } from "vitest";
import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import { emptySummary } from "../../src/demo/summary.ts";
import { createIntake } from "../../src/intake/createIntake.ts";
import type { FactOutcome } from "../../src/intake/fact.ts";
import { loadCatalogue } from "../../src/intake/loadCatalogue.ts";

test("the intake accepts, repeats and quarantines exactly what the summary expects", async () => {
  const catalogue = loadCatalogue("schema/facts");
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.refusal));
  const { writer, reader } = createMemoryLog();
  const intake = createIntake({
    writer,
    reader,
    catalogue: catalogue.value,
    secret: Buffer.alloc(32, 1),
    now: () => Date.UTC(2026, 0, 2),
  });
  const summary = emptySummary();
  const counts: Record<FactOutcome["kind"], number> = { accepted: 0, duplicate: 0, quarantined: 0 };
  const wronglyRefused: unknown[] = [];
  const troubles = { late: 1000, reversed: 1000, reversedBeforeOriginal: 30_000, duplicate: 1000, bad: 1000 };
  for (const facts of generateBank({ seed: 6, customers: 250, troubles }, summary)) {
    const outcomes = await intake.submit({ format: "facts", facts }, { source: "demo" });
    for (const [index, outcome] of outcomes.entries()) {
      counts[outcome.kind]++;
      const fact = facts[index]!;
      if (outcome.kind !== "quarantined" || fact.id.endsWith("-bad")) continue;
      const isReused = facts.slice(0, index).some(({ id }) => id === fact.id);
      if (!isReused) wronglyRefused.push([fact, outcome.faults]);
    }
  }
  expect(wronglyRefused).toEqual([]);
  const { accepted, duplicates, quarantined } = summary.expected;
  expect(counts).toEqual({ accepted, duplicate: duplicates, quarantined });
  expect(Math.min(...Object.values(summary.bad))).toBeGreaterThan(10);
});
