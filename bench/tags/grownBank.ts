import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import type { RecordedEvent } from "../../src/domain/event.ts";
import { createEngine } from "../../src/projections/engine.ts";

export type BankPlan = {
  readonly folder: string;
  readonly customers: number;
  readonly months: number;
  readonly factsPerCustomer: number;
  readonly from: number;
  readonly until: number;
};
export type BankAsk = { readonly kind: "outlines" | "history" | "life" | "tags" | "end"; readonly count: number };

/** Events per second from log to tags: by the clock, and by what the processor spent on it, in which other work of the machine does not show. */
export type StretchRate = { readonly byClock: number; readonly byProcessor: number };

/** A generated bank at its full size with the 200 tags in force, and what one thread makes of the facts that come then. */
export type GrownBank = {
  /** The next neighbourhoods, as the generator tells them. */
  readonly tell: (customers: number) => Promise<StretchRate>;
  /** What happens next to all of its customers, in the order in which it occurs. */
  readonly live: (facts: number) => Promise<StretchRate>;
  readonly close: () => Promise<void>;
};

/*
 * A month of movements, of which three days lie behind. Whoever is there only for the bank to be large has told who he is, his
 * accounts and his relatives: 5 facts each, 5 million of a million, where whole lives of 24 months would be 100. The days
 * after the first of a month are those on which least expires at once.
 */
const month = { months: 1, factsPerCustomer: 20 };
const from = Date.UTC(2025, 11, 4);
const day = 86_400_000;
/** Somewhat longer than the facts take to occur: a customer has one in four days or so. */
const timeFor = (facts: number, customers: number): number => ((facts * 6) / customers) * day;

/** `later`: how many customers, and facts of all, are left to be told. */
export async function growBank(
  folder: string,
  customers: number,
  later: { readonly customers: number; readonly facts: number },
): Promise<GrownBank> {
  const home = mkdtempSync(join(folder, "grown-"));
  const until = from + timeFor(later.facts, customers);
  const bank = await startBank({ folder: home, customers, ...month, from, until });
  const vault = createKeyVault(join(home, "keys.db"), "read");
  const reader = createLogReader(join(home, "events.db"), vault);
  const store = openReadModelStore(join(home, "readmodels.db"));
  const engine = createEngine({ log: reader, store, upcast: (event: RecordedEvent) => event });
  const timed = async (written: number): Promise<StretchRate> => {
    const started = performance.now();
    const before = process.cpuUsage();
    await engine.drain();
    const { user, system } = process.cpuUsage(before);
    return {
      byClock: Math.round((written * 1000) / (performance.now() - started)),
      byProcessor: Math.round((written * 1_000_000) / (user + system)),
    };
  };

  let growing = true;
  const grown = bank.ask("outlines", customers - later.customers).finally(() => {
    growing = false;
  });
  while (growing) if ((await engine.step()) === 0) await wait(200);
  await grown;
  await bank.ask("tags");
  await engine.drain();
  return {
    tell: async more => timed(await bank.ask("history", more)),
    live: async facts => timed(await bank.ask("life", facts)),
    close: async () => {
      store.close();
      reader.close();
      vault.close();
      await bank.ask("end");
      rmSync(home, { recursive: true });
    },
  };
}

async function startBank(plan: BankPlan) {
  const thread = new Worker(new URL(`./bankThread${import.meta.url.slice(-3)}`, import.meta.url), { workerData: plan });
  await once(thread, "message");
  return {
    ask: async (kind: BankAsk["kind"], count = 0): Promise<number> => {
      thread.postMessage({ kind, count } satisfies BankAsk);
      const [written] = (await once(thread, "message")) as [number];
      return written;
    },
  };
}
