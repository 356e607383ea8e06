import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Command, InvalidArgumentError } from "commander";
import type { BankOptions } from "../demo/parameters.ts";
import { writeBank } from "../demo/writeBank.ts";
import { CliFailure } from "./fail.ts";
import { startProgress } from "./progress.ts";

export type BankChoice = {
  readonly customers: number;
  readonly seed: number;
  readonly months: number;
  readonly facts: number;
};

/** As the generator names them. */
export const bankOf = ({ customers, seed, months, facts }: BankChoice): BankOptions => ({
  ...{ customers, seed, months },
  factsPerCustomer: facts,
});

export const bankOptions = (command: Command): Command =>
  command
    .option("--customers <count>", "1 to 10,000,000", whole, 10_000)
    .option("--seed <number>", "the same seed gives the same bytes", whole, 1)
    .option("--months <count>", "months of movements", whole, 24)
    .option("--facts <count>", "facts of each customer to aim at; movements scale with it", whole, 100);

export function demoCommand(program: Command): void {
  bankOptions(program.command("demo"))
    .description("generate a believable bank as CloudEvents NDJSON, to a file or standard output")
    .option("-o, --out <file>", "where to (.gz compresses); default: standard output")
    .addHelpText(
      "after",
      `
Examples:
  $ c360 demo --customers 1000 --out bank.ndjson && c360 import bank.ndjson
  $ c360 demo --customers 1000 | curl -sT - -H 'content-type: application/x-ndjson' -X POST 'http://127.0.0.1:4360/facts?summary=true'`,
    )
    .action(async ({ out, ...bank }: BankChoice & { readonly out?: string }) => {
      const progress = startProgress("Generating", "facts", () => facts);
      let facts = 0;
      const target = out === undefined ? process.stdout : createWriteStream(out);
      const gzip = out?.endsWith(".gz") ? createGzip() : null;
      const packed = gzip === null ? null : pipeline(gzip, target);
      try {
        const summary = await writeBank(gzip ?? target, bankOf(bank), {
          end: out !== undefined,
          onProgress: soFar => {
            facts = soFar.facts;
            progress.update(soFar.customers, bank.customers);
          },
        });
        await packed;
        console.error(
          `${summary.facts.toLocaleString("en")} facts of ${summary.customers.toLocaleString("en")} customers; on import ${summary.expected.accepted.toLocaleString("en")} of them are accepted, ${summary.expected.duplicates} are duplicates and ${summary.expected.quarantined} go to the quarantine.`,
        );
      } catch (error) {
        if (error instanceof RangeError) throw new CliFailure(error.message, 2);
        if ((error as { code?: unknown }).code === "EPIPE") return; // the reader has had enough
        throw new CliFailure(`${out ?? "standard output"} could not be written: ${(error as Error).message}`);
      } finally {
        progress.stop();
      }
    });
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("not a whole number");
}
