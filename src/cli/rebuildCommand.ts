import type { Command } from "commander";
import { configFor, type StoreOptions } from "./configFor.ts";
import { watchRun } from "./longRun.ts";
import { reachStore } from "./reachStore.ts";

export function rebuildCommand(program: Command): void {
  program
    .command("rebuild")
    .description("build the read models anew from event one, beside the old ones, and switch when they are complete")
    .option("-d, --data <folder>", "the store's folder")
    .addHelpText(
      "after",
      "\nQueries go on with the old read models until the switch; stopping it half-way changes nothing.",
    )
    .action(async (options: StoreOptions) => {
      const reached = await reachStore(configFor(options), "c360 rebuild", "existing");
      try {
        const { processed } = await watchRun(reached, "rebuild", "Rebuilding");
        console.log(`Rebuilt from ${Number(processed).toLocaleString("en")} events, and in use.`);
      } finally {
        if (reached.kind === "own") await reached.product.close();
      }
    });
}
