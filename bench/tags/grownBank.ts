import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { workingMemory } from "../../src/threads/workingMemory.ts";

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
  const projection = await startProjection(home);
  await bank.ask("outlines", customers - later.customers);
  await bank.ask("tags");
  await projection.catchUp(0);
  return {
    tell: async more => projection.catchUp(await bank.ask("history", more)),
    live: async facts => projection.catchUp(await bank.ask("life", facts)),
    close: async () => {
      await projection.end();
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

/** Follows the log from the start; the first time it is to catch up it ceases to, and takes up what it is told of only. */
async function startProjection(home: string) {
  const thread = new Worker(new URL(`./projectionThread${import.meta.url.slice(-3)}`, import.meta.url), {
    workerData: home,
    resourceLimits: workingMemory,
  });
  await once(thread, "message");
  return {
    catchUp: async (written: number): Promise<StretchRate> => {
      thread.postMessage(written);
      const [rate] = (await once(thread, "message")) as [StretchRate];
      return rate;
    },
    end: async (): Promise<void> => {
      thread.postMessage(null);
      await once(thread, "exit");
    },
  };
}
