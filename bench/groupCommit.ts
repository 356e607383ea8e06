import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openProduct } from "../src/compose.ts";
import type { Fact } from "../src/intake/fact.ts";
import { benchConfig } from "./importBank.ts";
import { median } from "./median.ts";

export type GroupCommitFigure = {
  readonly writers: number;
  readonly sequential: number;
  readonly concurrent: number;
  readonly ratio: number;
};

/**
 * Durable facts per second through the door, one fact per request: one client that waits for each answer, against 64
 * that do so at once and share commits. Rounds alternate; medians.
 */
export async function benchGroupCommit(folder: string, rounds: number): Promise<GroupCommitFigure> {
  const writers = 64;
  const home = mkdtempSync(join(folder, "group-"));
  const product = await openProduct(benchConfig(home), "c360 bench");
  let made = 0;
  const fact = (): Fact => {
    made += 1;
    return {
      id: `f-${made}`,
      source: "bench",
      type: "preference-set",
      subject: { customer: { system: "bench", id: String(made % 1000) } },
      occurredAt: "2026-01-01T00:00:00Z",
      data: { name: "colour", value: `shade ${made}` },
    };
  };
  const submit = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const [outcome] = await product.backend.intake.submit({ format: "facts", facts: [fact()] }, { source: "bench" });
      if (outcome?.kind !== "accepted") throw new Error(`a fact was not accepted: ${JSON.stringify(outcome)}`);
    }
  };
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  try {
    await submit(500);
    const [alone, together]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      alone.push(500 / (await timed(() => submit(500))));
      together.push(6400 / (await timed(() => Promise.all(Array.from({ length: writers }, () => submit(100))))));
    }
    const [sequential, concurrent] = [median(alone) * 1000, median(together) * 1000];
    return {
      writers,
      sequential: Math.round(sequential),
      concurrent: Math.round(concurrent),
      ratio: concurrent / sequential,
    };
  } finally {
    await product.close();
    rmSync(home, { recursive: true });
  }
}
