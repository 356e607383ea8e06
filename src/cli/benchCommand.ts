import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { packageRoot } from "../packageRoot.ts";
import { CliFailure } from "./fail.ts";

export type BenchOptions = {
  readonly json?: true;
  readonly only?: readonly string[];
  readonly quick?: true;
  readonly large?: true;
};

export function benchCommand(program: Command): void {
  program
    .command("bench")
    .description("measure against the floor and the peers, in the same run")
    .option("--json", "print the figures as JSON")
    .option("--only <name...>", "only these measurements")
    .option(
      "--large",
      "tags and starts at a million customers, counts (also alone: --only tenMillion) at ten million: hours, and some 10 GB",
    )
    .option("--quick", "smaller and rougher, to see that everything runs")
    .action(async (options: BenchOptions) => {
      const entry = join(packageRoot, "dist/bench/main.js");
      if (!existsSync(entry)) throw new CliFailure("the bench is not built: npm run build");
      const { runBench } = (await import(pathToFileURL(entry).href)) as {
        runBench: (options: BenchOptions) => Promise<void>;
      };
      await runBench(options);
    });
}
