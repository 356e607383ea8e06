import type { Command } from "commander";
import { configFor, type StoreOptions } from "./configFor.ts";
import { watchRun } from "./longRun.ts";
import { reachStore } from "./reachStore.ts";

export function verifyCommand(program: Command): void {
  program
    .command("verify")
    .description("check every event against the hash chain, recompute the read models from event one, compare digests")
    .option("-d, --data <folder>", "the store's folder")
    .addHelpText("after", "\nExits with 0 when all is equal, 1 when anything differs.")
    .action(async (options: StoreOptions) => {
      const reached = await reachStore(configFor(options), "c360 verify", "existing");
      try {
        const { processed, matches, findings } = await watchRun(reached, "verification", "Verifying");
        const events = Number(processed).toLocaleString("en");
        if (matches) console.log(`All ${events} events match their hashes, and the read models equal a recomputation.`);
        else {
          console.log(`The read models do not equal a recomputation from ${events} events:`);
          for (const finding of findings ?? []) console.log(`  ${finding}`);
          console.log("`c360 rebuild` makes them anew from the log.");
          process.exitCode = 1;
        }
      } finally {
        if (reached.kind === "own") await reached.product.close();
      }
    });
}
