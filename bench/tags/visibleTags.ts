import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openProduct } from "../../src/compose.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { benchConfig } from "../importBank.ts";
import { paymentsOf, warmUp } from "../payments.ts";
import { publishTags } from "./publishTags.ts";

export type VisibleFigure = {
  readonly factsPerSecond: number;
  /** From handing a fact to the door until queries see it with all its tags; milliseconds. */
  readonly p50: number;
  readonly p99: number;
};

/** The product as it is served, at a steady rate of new facts: how long until a fact shows in tags. */
export async function benchVisibleTags(
  folder: string,
  customers: number,
  rate: number,
  seconds: number,
): Promise<VisibleFigure> {
  const home = mkdtempSync(join(folder, "visible-"));
  const product = await openProduct(benchConfig(home), "c360 bench");
  const { intake, readModels } = product.backend;
  try {
    for (const facts of generateBank({ customers, seed: 9 }))
      await intake.submit({ format: "facts", facts }, { source: "bench" });
    await publishTags(product);
    let times: number[] = [];
    const waiting: Promise<void>[] = [];
    const batch = Math.max(1, Math.round(rate / 100));
    const bank = paymentsOf(customers);
    let started = performance.now();
    for (let sent = 0, counted = false; sent < rate * (warmUp + seconds); sent += batch) {
      if (!counted && sent >= rate * warmUp) {
        counted = true;
        await Promise.all(waiting);
        times = [];
        started = performance.now() - (sent * 1000) / rate;
      }
      const due = started + (sent * 1000) / rate;
      if (due > performance.now()) await wait(due - performance.now());
      waiting.push(submitted(bank.next(batch)));
    }
    await Promise.all(waiting);
    times.sort((a, b) => a - b);
    const counted = performance.now() - started - warmUp * 1000;
    const factsPerSecond = Math.round((times.length * batch * 1000) / counted);
    const at = (share: number): number => times[Math.floor(times.length * share)] as number;
    return { factsPerSecond, p50: at(0.5), p99: at(0.99) };

    async function submitted(facts: readonly Fact[]): Promise<void> {
      const begun = performance.now();
      const outcomes = await intake.submit({ format: "facts", facts }, { source: "bench" });
      const last = outcomes.at(-1);
      if (last?.kind !== "accepted") throw new Error(`a payment was not accepted: ${JSON.stringify(last)}`);
      await readModels.waitFor(last.position, 60_000);
      times.push(performance.now() - begun);
    }
  } finally {
    await product.close();
    rmSync(home, { recursive: true });
  }
}
