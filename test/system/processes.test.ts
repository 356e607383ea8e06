import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { openProduct } from "../../src/compose.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { behaviour, behaviourLine } from "./crashSupport/behaviour.ts";
import { runCli, startServer } from "./crashSupport/cli.ts";
import { expectPlainFailure } from "./crashSupport/plainFailure.ts";
import { storeConfig } from "./crashSupport/storeConfig.ts";

const fileOf = (folder: string, ids: readonly string[]): string => {
  const file = join(folder, "facts.ndjson");
  writeFileSync(file, ids.map(id => `${behaviourLine(id)}\n`).join(""));
  return file;
};

test("beside a running server a second one is refused and told who has the store, and commands go through the server", async () => {
  const folder = tempFolder();
  const server = await startServer(folder);
  const second = await runCli(["serve", "--data", folder, "--port", "0"]);
  expectPlainFailure(second, `process ${server.pid} on `, "(c360 serve, since ", server.url, "one writer at a time");

  const file = fileOf(tempFolder(), ["a", "b", "c"]);
  const imported = await runCli(["import", file, "--data", folder, "--json"]);
  expect(imported).toMatchObject({ status: 0 });
  expect(JSON.parse(imported.stdout)).toMatchObject({ read: 3, accepted: 3, duplicate: 0, lastPosition: 4 });
  const verified = await runCli(["verify", "--data", folder]);
  expect(verified).toMatchObject({ status: 0, stdout: expect.stringContaining("All 4 events match their hashes") });

  server.signal("SIGTERM");
  expect(await server.ended).toMatchObject({ status: 0 });
  const again = await runCli(["import", file, "--data", folder]);
  expect(again.stdout).toContain("Nothing new: every fact of these files is stored already.");
});

test("a store that another command has open, which nobody can ask, is refused by naming that command", async () => {
  const folder = tempFolder();
  const product = await openProduct(storeConfig(folder), "c360 import");
  try {
    const refused = await runCli(["import", fileOf(tempFolder(), ["a"]), "--data", folder]);
    expectPlainFailure(refused, `process ${process.pid} on `, "(c360 import, since ", folder);
    expect(refused.stderr).not.toContain("answers at");
    expect(product.head()).toBe(0);
  } finally {
    await product.close();
  }
});

test("a port that is taken is named, with the way out", async () => {
  const taken = createServer();
  await new Promise<void>(resolve => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as { port: number };
  const folder = tempFolder();
  const refused = await runCli(["serve", "--data", folder, "--port", String(port)]);
  taken.close();
  expectPlainFailure(refused, `port ${port} on 127.0.0.1 is taken`, "--port");
});

test("an address that others could reach is refused while there is no authentication", async () => {
  const folder = tempFolder();
  for (const run of [
    await runCli(["serve", "--data", folder], { env: { C360_HOST: "0.0.0.0" } }),
    await runCli(["serve", "--data", folder, "--host", "0.0.0.0"]),
  ]) {
    expect(run.stderr).toBe(
      'c360: the configuration has problems:\n  C360_HOST must be a loopback address (127.0.0.1, ::1, localhost) while there is no authentication, got "0.0.0.0"\n',
    );
    expect(run.status).toBe(2);
  }
});

test("told to end, a server finishes the stream under way, and a second start goes on with the same store", async () => {
  const folder = tempFolder();
  const server = await startServer(folder);
  const upload = request(`${server.url}/facts`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
  });
  upload.write(`${behaviourLine("before")}\n`);
  const response = await new Promise<NodeJS.ReadableStream>(resolve => upload.once("response", resolve));
  const lines = createInterface({ input: response })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as object;
  expect(await next()).toMatchObject({ line: 1, kind: "accepted", position: "2" });

  server.signal("SIGTERM");
  // Closing has begun once nobody new is let in.
  await expect
    .poll(
      () =>
        fetch(`${server.url}/health`).then(
          ({ status }) => status,
          () => "gone",
        ),
      { timeout: 9_000 },
    )
    .toBe("gone");
  upload.end(`${behaviourLine("after")}\n`);
  expect(await next()).toMatchObject({ line: 2, kind: "accepted", position: "3" });
  expect(await next()).toMatchObject({ accepted: 2, complete: true });
  expect(await server.ended).toMatchObject({ status: 0, stderr: "" });

  const second = await startServer(folder);
  const repeat = await fetch(`${second.url}/facts`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: `${behaviourLine("before")}\n${behaviourLine("after")}\n${behaviourLine("new")}\n`,
  });
  const outcomes = (await repeat.text())
    .trim()
    .split("\n")
    .map(line => JSON.parse(line) as object);
  expect(outcomes).toMatchObject([
    { kind: "duplicate", position: "2" },
    { kind: "duplicate", position: "3" },
    { kind: "accepted", position: "4" },
    { accepted: 1, duplicate: 2, complete: true },
  ]);
  second.signal("SIGTERM");
  expect(await second.ended).toMatchObject({ status: 0, stderr: "" });
});

test("a server killed outright leaves no lock behind", async () => {
  const folder = tempFolder();
  const first = await startServer(folder);
  first.signal("SIGKILL");
  await first.ended;
  const product = await openProduct(storeConfig(folder), "a second start");
  const { intake } = product.backend;
  expect(await intake.submit({ format: "facts", facts: [behaviour("a")] }, { source: "web" })).toMatchObject([
    { kind: "accepted", position: 2 },
  ]);
  await product.close();
});

/** The built product in a folder of its own, where its files can be spoilt. */
function ownCopy(): string {
  const root = tempFolder();
  for (const part of ["bin", "scripts", "schema", "dist", "package.json"])
    cpSync(join(packageRoot, part), join(root, part), { recursive: true });
  symlinkSync(join(packageRoot, "node_modules"), join(root, "node_modules"));
  return root;
}

test("a fact schema that cannot be used is told by its file, all of them at once, and nothing starts", async () => {
  const root = ownCopy();
  const facts = join(root, "schema/facts");
  writeFileSync(join(facts, "card-issued.v1.json"), "{");
  const broken = JSON.parse(readFileSync(join(facts, "call-recorded.v1.json"), "utf8")) as { type: string };
  writeFileSync(join(facts, "call-recorded.v1.json"), JSON.stringify({ ...broken, type: "objekt" }));
  const folder = tempFolder();
  const refused = await runCli(["serve", "--data", folder, "--port", "0"], { root });
  expectPlainFailure(refused, "card-issued.v1.json is not readable as JSON", "call-recorded.v1.json ");
});
