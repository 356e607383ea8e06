import { parentPort, workerData } from "node:worker_threads";
import { createBankLog } from "./bankLog.ts";
import { bankTags } from "./definitions.ts";
import type { BankAsk, BankPlan } from "./grownBank.ts";

/* Writes a bank's log beside the projection, as the thread of the log does in the product: twice as soon on two cores. */
const { folder, from, until, ...options } = workerData as BankPlan;
const log = createBankLog(folder, options, from, until);

/** What there is to know of those who are only there to be many: who they are, their accounts, and to whom they belong. */
const outlines = ["customer-registered", "account-opened", "relationship-established"];

const written = async ({ kind, count }: BankAsk): Promise<number> => {
  switch (kind) {
    case "outlines":
      return log.writeHistory(count, outlines);
    case "history":
      return log.writeHistory(count);
    case "life":
      return log.writeLife(count);
    case "tags":
      log.publish(bankTags());
      return 0;
    case "end":
      log.close();
      return 0;
  }
};
parentPort?.on("message", async (ask: BankAsk) => {
  parentPort?.postMessage(await written(ask));
  if (ask.kind === "end") parentPort?.close();
});
parentPort?.postMessage(0);
