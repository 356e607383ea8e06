import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { Command } from "commander";
import { createKeyVault } from "../adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../adapters/embedded/log/createLogReader.ts";
import { storePaths } from "../adapters/embedded/storePaths.ts";
import type { RecordedEvent } from "../domain/event.ts";
import type { LogQuery, LogReader } from "../domain/eventLog.ts";
import { formatInstant } from "../domain/instant.ts";
import { assertStore, configFor, type StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { startProgress } from "./progress.ts";

type Filter = StoreOptions & { readonly stream?: string; readonly type?: string[]; readonly source?: string };

export function eventsCommand(program: Command): void {
  const events = program.command("events").description("read the log, also while a server is running");
  const filtered = (command: Command) =>
    command
      .option("--stream <name>", "only this stream")
      .option("--type <type...>", "only these event types")
      .option("--source <name>", "only facts of this source")
      .option("-d, --data <folder>", "the store's folder");
  filtered(events.command("tail"))
    .description("print the newest events and, with --follow, those to come")
    .option("-n, --lines <count>", "how many to begin with", "10")
    .option("-f, --follow", "go on with what comes")
    .action(tail);
  filtered(events.command("export"))
    .description("print all events as NDJSON, each checked against the hash chain")
    .option("--after <position>", "begin after this position", "0")
    .action(exportAll);
}

async function tail(options: Filter & { readonly lines: string; readonly follow?: true }): Promise<void> {
  await withLog(options, async log => {
    const query = queryOf(options);
    const newest = await log.read({ ...query, direction: "backward", limit: wholeNumber("--lines", options.lines) });
    let after = await log.head();
    for (const event of newest.toReversed()) console.log(lineOf(event));
    while (options.follow) {
      const page = await log.read({ ...query, after, limit: 500 });
      for (const event of page) console.log(lineOf(event));
      after = page.at(-1)?.position ?? after;
      if (page.length < 500) await setTimeout(200);
    }
  });
}

async function exportAll(options: Filter & { readonly after: string }): Promise<void> {
  await withLog(options, async log => {
    const head = await log.head();
    const progress = startProgress("Exporting", "events");
    for (let after = wholeNumber("--after", options.after); ; ) {
      const page = await log.read({ ...queryOf(options), after, before: head + 1, limit: 1000 });
      const text = page.map(event => `${JSON.stringify(exported(event))}\n`).join("");
      if (!process.stdout.write(text)) await once(process.stdout, "drain");
      after = page.at(-1)?.position ?? after;
      progress.update(after, head);
      if (page.length < 1000) break;
    }
    progress.stop();
  });
}

async function withLog(options: StoreOptions, work: (log: LogReader) => Promise<void>): Promise<void> {
  const config = configFor(options);
  assertStore(config);
  const paths = storePaths(config.dataDir);
  const vault = createKeyVault(paths.keys, "read");
  const log = createLogReader(paths.events, vault);
  try {
    await work(log);
  } finally {
    log.close();
    vault.close();
  }
}

const queryOf = ({ stream, type, source }: Filter): Omit<LogQuery, "limit"> => ({
  ...(stream !== undefined && { stream }),
  ...(type !== undefined && { types: type }),
  ...(source !== undefined && { source }),
});

const exported = ({ occurredAt, recordedAt, position, ...event }: RecordedEvent): object => ({
  position: String(position),
  ...event,
  occurredAt: formatInstant(occurredAt),
  recordedAt: formatInstant(recordedAt),
});

const lineOf = ({ position, recordedAt, occurredAt, type, stream, source, data }: RecordedEvent): string =>
  `${String(position).padStart(9)}  ${formatInstant(recordedAt)}  ${type.padEnd(26)} ${stream}  (${source}, true at ${formatInstant(occurredAt)})  ${JSON.stringify(data)}`;

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new CliFailure(`${option} takes a whole number, got "${text}"`, 2);
}
