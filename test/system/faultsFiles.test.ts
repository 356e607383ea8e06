import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { tempFolder } from "../support/tempFolder.ts";
import { behaviourLine } from "./crashSupport/behaviour.ts";
import { type CliRun, runCli } from "./crashSupport/cli.ts";
import { expectPlainFailure } from "./crashSupport/plainFailure.ts";

/** Imports files of a folder of their own into an empty store. */
async function importing(files: Readonly<Record<string, string | Buffer>>, ...options: readonly string[]) {
  const [extract, store] = [tempFolder(), join(tempFolder(), "store")];
  for (const [name, content] of Object.entries(files)) writeFileSync(join(extract, name), content);
  const run: CliRun = await runCli(["import", extract, "--data", store, ...options]);
  return { run, extract, store };
}

test("a file without a column that its mapping needs is refused by file and column, and nothing is imported", async () => {
  const { run, extract, store } = await importing(
    { "purchase.csv": "customer_id,date,cds\n1,1997-01-01,1\n" },
    "--mapping",
    "cdnow",
  );
  expectPlainFailure(run, "nothing was imported:", join(extract, "purchase.csv"), 'the column "amount" is missing');
  expect(run.stderr).toContain("the file has customer_id, date, cds");
  expect(existsSync(store)).toBe(false);
});

test("an extract that lacks a file is refused by that file's name", async () => {
  const { run, store } = await importing({ "other.csv": "a\n1\n" }, "--mapping", "cdnow");
  expectPlainFailure(run, "nothing was imported:", "purchase.csv");
  expect(existsSync(store)).toBe(false);
});

test("a path that is not there is refused by its name", async () => {
  const store = join(tempFolder(), "store");
  const run = await runCli(["import", "/nowhere/at/all.ndjson", "--data", store]);
  expectPlainFailure(run, "nothing was imported:", "/nowhere/at/all.ndjson");
  expect(existsSync(store)).toBe(false);
});

test("a mapping that is not there is refused by its name", async () => {
  const run = await runCli(["import", "/tmp", "--mapping", "no-such-bank", "--data", join(tempFolder(), "store")]);
  expectPlainFailure(run, "nothing was imported:", "no-such-bank");
});

test("a file that is no csv at all is refused by file and reason", async () => {
  const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256));
  const { run, extract, store } = await importing({ "purchase.csv": bytes }, "--mapping", "cdnow");
  expectPlainFailure(run, "nothing was imported:", join(extract, "purchase.csv"));
  expect(existsSync(store)).toBe(false);
});

test("a gzip file that breaks off stops the import there, says so, and keeps what came before", async () => {
  const lines = Array.from({ length: 20_000 }, (_, n) => `${behaviourLine(`b-${n}`, String(n % 50))}\n`).join("");
  const packed = gzipSync(lines);
  const { run } = await importing({ "facts.ndjson.gz": packed.subarray(0, packed.length / 2) });
  expect(run.status).toBe(1);
  expect(run.stdout).toMatch(
    /Stopped early: .*facts\.ndjson\.gz.*the gzip data ends too early; fetch the file again\. What is counted above is stored\./,
  );
  expect(run.stdout).toMatch(/ 0 quarantined/);
});

test("rows that cannot be facts are kept in the quarantine with their file, line and column, and the rest comes in", async () => {
  const { run, store } = await importing(
    { "purchase.csv": "customer_id,date,cds,amount\n1,1997-01-01,1,11.77\n2,1997-02-31,1,12.00\n3,1997-01-03,1,ten\n" },
    "--mapping",
    "cdnow",
    "--json",
  );
  expect(run.status).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({ accepted: 5, quarantined: 4 });
  const listed = await runCli(["quarantine", "list", "--data", store]);
  expect(listed.stdout.match(/occurredAt: column date is not a date of the form yyyy-MM-dd/g)).toHaveLength(3);
  expect(listed.stdout.match(/data\.amount: column amount is not an amount/g)).toHaveLength(1);
});

test("a line that is no CloudEvent is kept whole in the quarantine, by the line itself", async () => {
  const { run, store } = await importing({ "facts.ndjson": `{"half": \n${behaviourLine("whole")}\n` }, "--json");
  expect(JSON.parse(run.stdout)).toMatchObject({ read: 2, accepted: 1, quarantined: 1 });
  const listed = await runCli(["quarantine", "list", "--data", store]);
  const id = /^[0-9a-f-]{36}/m.exec(listed.stdout)![0];
  const shown = await runCli(["quarantine", "show", id, "--data", store]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ form: "TEXT", raw: '{"half": ' });
});
