import closeWithGrace from "close-with-grace";
import type { Command } from "commander";
import { pino } from "pino";
import { v7 as uuidv7 } from "uuid";
import type { Config } from "../config.ts";
import { generateBank } from "../demo/generateBank.ts";
import { importFacts } from "../intake/files/importFacts.ts";
import type { ReadStep } from "../intake/files/readFacts.ts";
import { type Served, serve } from "../serve.ts";
import { configFor, type StoreOptions } from "./configFor.ts";
import { type BankChoice, bankOf, bankOptions } from "./demoCommand.ts";
import { CliFailure } from "./fail.ts";
import { printImport } from "./printImport.ts";
import { startProgress } from "./progress.ts";

type Options = StoreOptions & BankChoice & { readonly host?: string; readonly port?: string; readonly demo?: true };

export function serveCommand(program: Command): void {
  bankOptions(program.command("serve"))
    .description("serve GraphQL, fact intake and GraphiQL from the store")
    .option("-d, --data <folder>", "the store's folder (default: C360_DATA_DIR or ./data)")
    .option("--host <address>", "a loopback address (default: C360_HOST or 127.0.0.1)")
    .option("-p, --port <number>", "0 takes any free one (default: C360_PORT or 4360)")
    .option("--demo", "fill an empty store with a generated bank (--customers, --seed, --months, --facts)")
    .action(runServe);
}

async function runServe(options: Options): Promise<void> {
  const config = configFor(options);
  const served = await listen(config);
  const interrupted = new AbortController();
  closeWithGrace({ delay: 30_000, logger: false }, async ({ err }: { err?: Error | undefined }) => {
    interrupted.abort();
    if (err) console.error("c360:", err);
    await served.close();
  });
  served.product.broken.then(error => {
    console.error(`c360: ${error.message}; stopping, start again to recover`);
    process.exit(1);
  });
  console.log(`
Customer 360 answers at ${served.url}  (store: ${config.dataDir})
  GraphiQL        ${served.url}/
  GraphQL         ${served.url}/graphql
  facts in        ${served.url}/facts   (CloudEvents JSON)
  No authentication is configured, so only this machine can reach it.
`);
  if (options.demo && served.product.head() === 0) await fillWithBank(served, options, interrupted.signal);
  else console.log(`The log holds ${served.product.head().toLocaleString("en")} events.`);
  if (options.demo && !interrupted.signal.aborted) printQueries(served.url);
}

async function listen(config: Config): Promise<Served> {
  const logger = pino({ level: config.logLevel === "info" ? "warn" : config.logLevel });
  try {
    return await serve(config, logger);
  } catch (error) {
    if ((error as { code?: unknown }).code === "EADDRINUSE")
      throw new CliFailure(
        `port ${config.port} on ${config.host} is taken: stop what uses it, or choose another with --port`,
      );
    throw error;
  }
}

async function fillWithBank(served: Served, bank: BankChoice, signal: AbortSignal): Promise<void> {
  console.log(
    `First run: generating a bank of ${bank.customers.toLocaleString("en")} customers; queries work meanwhile.`,
  );
  const { customers } = bank;
  let made = 0;
  async function* steps(): AsyncGenerator<ReadStep> {
    for (const facts of generateBank(bankOf(bank))) {
      made += 1;
      yield {
        kind: "batch",
        batch: { format: "facts", facts },
        types: facts.map(({ type }) => type),
        file: "the generated bank",
        line: made,
        rows: made,
        bytesRead: Math.min(customers, made * 50),
        bytesTotal: customers,
      };
    }
  }
  let count = 0;
  const progress = startProgress("Generating", "facts", () => count);
  const started = performance.now();
  const summary = await importFacts(steps(), served.product.backend.intake, {
    source: "demo-bank",
    correlationId: `demo-${uuidv7()}`,
    signal,
    onProgress: ({ bytesRead, bytesTotal, summary: soFar }) => {
      count = soFar.read;
      progress.update(bytesRead, bytesTotal);
    },
  }).finally(progress.stop);
  if (signal.aborted) return;
  const { readModels } = served.product.backend;
  const visible = summary.lastPosition === null || (await readModels.waitFor(summary.lastPosition, 600_000));
  printImport(summary, (performance.now() - started) / 1000, visible, "brief");
}

function printQueries(url: string): void {
  const customer = 'customer(identity: {system: "crm", id: "10000001"})';
  console.log(`
Three queries worth trying; GraphiQL at ${url}/ has more of them ready:

  Who is this, and what do they own?
    { ${customer} { attributes { nodes { name value } } accounts { nodes { ref balance { money { amount currency } } } } } }
  What happened last, event by event?
    { ${customer} { timeline(first: 10, order: NEWEST_FIRST) { nodes { occurredAt type event { data } } } } }
  Which facts were refused, and why?
    { quarantine(first: 5) { nodes { factType faults { field message } raw } } }

Stop with Ctrl-C. A second start goes on with the same store.`);
}
