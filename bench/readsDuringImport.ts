import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { openProduct, type Product } from "../src/compose.ts";
import { generateBank } from "../src/demo/generateBank.ts";
import type { CustomerId } from "../src/domain/ids.ts";
import type { FactBatch } from "../src/intake/fact.ts";
import { benchConfig } from "./importBank.ts";

export type ReadsFigure = {
  readonly idle: number;
  readonly duringImport: number;
  readonly ratio: number;
  readonly importFactsPerSecond: number;
  /** Milliseconds. */
  readonly p99Idle: number;
  readonly p99DuringImport: number;
};

/**
 * Profile reads (document, balances of all accounts, ten timeline rows; one snapshot each) on the thread that answers
 * queries, idle and while the same process takes in a bank at full speed.
 */
export async function benchReadsDuringImport(folder: string, customers: number, seconds: number): Promise<ReadsFigure> {
  const home = mkdtempSync(join(folder, "reads-"));
  const product = await openProduct(benchConfig(home), "c360 bench");
  try {
    for (const facts of generateBank({ customers, seed: 1 }))
      await product.backend.intake.submit({ format: "facts", facts }, { source: "bench" });
    await product.backend.readModels.waitFor(product.head(), 600_000);
    const ids = await customerIds(product);
    await readFor(product, ids, 1);
    const before = await readFor(product, ids, seconds);
    const feeding = await startImport(product);
    const during = await readFor(product, ids, seconds * 2);
    const importFactsPerSecond = await feeding.stop();
    const after = await readFor(product, ids, seconds);
    const idle = (before.perSecond + after.perSecond) / 2;
    return {
      idle: Math.round(idle),
      duringImport: Math.round(during.perSecond),
      ratio: during.perSecond / idle,
      importFactsPerSecond,
      p99Idle: before.p99,
      p99DuringImport: during.p99,
    };
  } finally {
    await product.close();
    rmSync(home, { recursive: true });
  }
}

async function customerIds(product: Product): Promise<CustomerId[]> {
  const session = product.backend.readModels.open();
  const found = await session.customerList({ direction: "forward", limit: 1000 });
  session.release();
  return found.map(({ customer }) => customer.id);
}

async function readFor(product: Product, ids: readonly CustomerId[], seconds: number) {
  const times: number[] = [];
  const started = performance.now();
  for (let n = 0; performance.now() - started < seconds * 1000; n += 1) {
    const begun = performance.now();
    const session = product.backend.readModels.open();
    const [found] = await session.customers([ids[(n * 7919) % ids.length] as CustomerId]);
    if (found == null) throw new Error("a customer is gone");
    for (const ref of Object.keys(found.customer.accounts)) await session.balanceAt(ref, Number.MAX_SAFE_INTEGER);
    await session.timeline(found.customer.id, { direction: "backward", limit: 10 });
    session.release();
    times.push(performance.now() - begun);
    if (n % 20 === 0) await setImmediate();
  }
  const elapsed = performance.now() - started;
  times.sort((a, b) => a - b);
  return { perSecond: (times.length * 1000) / elapsed, p99: times[Math.floor(times.length * 0.99)] as number };
}

/** Keeps four batches under way until stopped; gives the rate at which they were acknowledged. */
async function startImport(product: Product): Promise<{ readonly stop: () => Promise<number> }> {
  const feed = new Worker(new URL(`./factFeed${import.meta.url.slice(-3)}`, import.meta.url), {
    workerData: { customers: 10_000_000, seed: 2 },
  });
  let stopped = false;
  let facts = 0;
  let flying = 0;
  const started = performance.now();
  feed.on("message", async ({ facts: count, batch }: { facts: number; batch: string }) => {
    await product.backend.intake.submit(JSON.parse(batch) as FactBatch, { source: "bench" });
    facts += count;
    flying -= 1;
    if (!stopped) ask();
  });
  const ask = (): void => {
    flying += 1;
    feed.postMessage("next");
  };
  for (let n = 0; n < 4; n += 1) ask();
  while (facts === 0) await setImmediate();
  return {
    stop: async () => {
      stopped = true;
      const rate = Math.round((facts * 1000) / (performance.now() - started));
      while (flying > 0) await setImmediate();
      await feed.terminate();
      return rate;
    },
  };
}
