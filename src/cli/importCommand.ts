import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { v7 as uuidv7 } from "uuid";
import type { Intake } from "../intake/fact.ts";
import { describeRefusal, type FileRefusal } from "../intake/files/fileRefusal.ts";
import { importFacts } from "../intake/files/importFacts.ts";
import type { ImportSummary } from "../intake/files/importSummary.ts";
import { planImport } from "../intake/files/planImport.ts";
import { planCloudEvents, readCloudEvents } from "../intake/files/readCloudEvents.ts";
import { type ReadStep, readFacts } from "../intake/files/readFacts.ts";
import { readMapping } from "../intake/files/readMapping.ts";
import { packageRoot } from "../packageRoot.ts";
import { configFor, type StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { printImport } from "./printImport.ts";
import { startProgress } from "./progress.ts";
import { reachStore } from "./reachStore.ts";
import { createRemoteIntake, waitForServer } from "./remote.ts";

type Options = StoreOptions & { readonly mapping?: string; readonly json?: true };

export function importCommand(program: Command): void {
  program
    .command("import")
    .description("take in files: rows through a mapping, or CloudEvents NDJSON without one")
    .argument("<path...>", "a folder of an extract, or single files (.csv, .ndjson; also .gz)")
    .option("-m, --mapping <name|file>", "the mapping of the source: a name under mappings/ (berka) or a YAML file")
    .option("-d, --data <folder>", "the store's folder (default: C360_DATA_DIR or ./data)")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      `
Importing the same files again adds nothing: what is stored already is counted as duplicate. A refused row is kept whole
in the quarantine (c360 quarantine list). Where a server has the store open, the facts go through it.

Examples:
  $ c360 import ../shared/data/berka --mapping berka
  $ c360 import facts.ndjson.gz`,
    )
    .action(runImport);
}

/** How long an import waits until what it brought can be read. */
const longestWaitMs = 600_000;

async function runImport(paths: string[], options: Options): Promise<void> {
  const config = configFor(options);
  const { steps, source, total } =
    options.mapping === undefined ? await cloudEvents(paths) : await mapped(paths, options.mapping);
  const reached = await reachStore(config, "c360 import", "any");
  const intake: Pick<Intake, "submit"> =
    reached.kind === "own" ? reached.product.backend.intake : createRemoteIntake(reached.url);
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once("SIGINT", interrupt);
  let facts = 0;
  const progress = startProgress("Importing", "facts", () => facts);
  const started = performance.now();
  let summary: ImportSummary;
  let visible = false;
  try {
    summary = await importFacts(steps, intake, {
      source,
      correlationId: `import-${uuidv7()}`,
      signal: interrupted.signal,
      onProgress: ({ bytesRead, summary: soFar, file }) => {
        facts = soFar.read;
        progress.update(bytesRead, total, file);
      },
    });
    if (summary.lastPosition !== null)
      visible =
        reached.kind === "own"
          ? await reached.product.backend.readModels.waitFor(summary.lastPosition, longestWaitMs)
          : await waitForServer(reached.url, summary.lastPosition, longestWaitMs);
  } finally {
    progress.stop();
    process.off("SIGINT", interrupt);
    if (reached.kind === "own") await reached.product.close();
  }
  const seconds = (performance.now() - started) / 1000;
  if (options.json) console.log(JSON.stringify({ ...summary, seconds, visible }));
  else printImport(summary, seconds, visible);
  if (summary.stopped !== null || summary.interrupted) process.exitCode = 1;
}

type Source = { readonly steps: AsyncIterable<ReadStep>; readonly source: string; readonly total: number };

async function cloudEvents(paths: readonly string[]): Promise<Source> {
  const plan = await planCloudEvents(paths);
  if (!plan.ok) throw refused(plan.refusal, "give --mapping for files of rows");
  return { steps: readCloudEvents(plan.value), source: "import", total: plan.value.bytesTotal };
}

async function mapped(paths: readonly string[], name: string): Promise<Source> {
  const own = join(packageRoot, "mappings", `${name}.yaml`);
  const mapping = await readMapping(existsSync(own) ? own : name);
  if (!mapping.ok) throw refused(mapping.refusal);
  const plan = await planImport(mapping.value, paths);
  if (!plan.ok) throw refused(plan.refusal);
  return { steps: readFacts(plan.value), source: plan.value.source, total: plan.value.bytesTotal };
}

const refused = (refusals: readonly FileRefusal[], hint?: string): CliFailure =>
  new CliFailure(
    `nothing was imported:\n${refusals.map(refusal => `  ${describeRefusal(refusal)}`).join("\n")}${hint ? `\n(${hint})` : ""}`,
  );
