import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tempFolder } from "../support/tempFolder.ts";
import { behaviour, behaviourLine } from "./crashSupport/behaviour.ts";
import { type RunningServer, runCli, startServer } from "./crashSupport/cli.ts";
import { fillStoreWith } from "./crashSupport/filledStore.ts";
import { expectPlainFailure } from "./crashSupport/plainFailure.ts";
import { askAt } from "./support/graphqlClient.ts";

const patience = { timeout: 60_000 };

/** Of one customer, at positions 2 to 61 after its first contact; the page seen tells them apart. */
const pages = Array.from({ length: 60 }, (_, n) => `page-${String(n + 2).padStart(2, "0")}`);
const filled = mkdtempSync(join(tmpdir(), "c360-filled-"));
beforeAll(() =>
  fillStoreWith(
    filled,
    pages.map(page => ({ ...behaviour(page), data: { name: "page.viewed", properties: { page } } })),
  ),
);
afterAll(() => rmSync(filled, { recursive: true }));

function copyOfFilled(): string {
  const folder = tempFolder();
  cpSync(filled, folder, { recursive: true });
  return folder;
}

function overwrite(file: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  change(bytes);
  writeFileSync(file, bytes);
}

/** Changes one character of a stored event's data; everything around it stays valid. */
const alter = (folder: string, position: number): void =>
  overwrite(join(folder, "events.db"), bytes => {
    const page = `page-${String(position).padStart(2, "0")}`;
    const at = bytes.indexOf(`{"page":"${page}"}`);
    expect(at).toBeGreaterThan(0);
    bytes.write("page-99", at + '{"page":"'.length);
  });

async function withServer(folder: string, work: (server: RunningServer) => Promise<void>): Promise<string> {
  const server = await startServer(folder);
  try {
    await work(server);
  } finally {
    server.signal("SIGTERM");
  }
  return (await server.ended).stderr;
}

const postJson = async (url: string, body: object) => {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { data?: unknown; errors?: { message: string; extensions: { code: string } }[] };
};

describe("a log with an altered event", () => {
  const position = 30;
  const told = `the event at position ${position} does not match its hash: the log was altered or damaged there or just before; restore a verified backup`;

  test("verify and rebuild fail and name the position; export gives what comes before it and no more", async () => {
    const folder = copyOfFilled();
    alter(folder, position);
    expectPlainFailure(await runCli(["verify", "--data", folder]), "Verifying failed: ", told);
    expectPlainFailure(await runCli(["rebuild", "--data", folder]), "Rebuilding failed: ", told);
    const exported = await runCli(["events", "export", "--data", folder]);
    expectPlainFailure(exported, told);
    expect(exported.stdout).not.toContain("page-99");
  });

  test("queries refuse it with the code STORAGE_CORRUPT, serve what is whole, and facts still come in", async () => {
    const folder = copyOfFilled();
    alter(folder, position);
    await withServer(folder, async ({ url }) => {
      const whole = await postJson(`${url}/graphql`, {
        query: "{ events(first: 3) { nodes { position } } }",
      });
      expect(whole).toMatchObject({
        data: { events: { nodes: [{ position: "1" }, { position: "2" }, { position: "3" }] } },
      });
      const { data, errors } = await postJson(`${url}/graphql`, {
        query: "{ events(first: 100) { nodes { position data } } }",
      });
      expect(errors).toMatchObject([{ message: told, extensions: { code: "STORAGE_CORRUPT" } }]);
      expect(JSON.stringify(data ?? null)).not.toContain("page-99");
      const accepted = await fetch(`${url}/facts`, {
        method: "POST",
        headers: { "content-type": "application/cloudevents+json" },
        body: behaviourLine("new"),
      });
      expect(await accepted.json()).toMatchObject({ kind: "accepted", position: "62" });
    });
  });

  test("nothing is written after a newest event that was altered: the start is refused", async () => {
    const folder = copyOfFilled();
    alter(folder, 61);
    const before = readFileSync(join(folder, "events.db"));
    const message = told.replace("30", "61");
    expectPlainFailure(await runCli(["serve", "--data", folder, "--port", "0"]), message);
    expectPlainFailure(await runCli(["verify", "--data", folder]), message);
    expect(readFileSync(join(folder, "events.db")).equals(before)).toBe(true);
  });
});

test("a log whose file is no database any more is refused, with what to do, and left as it is", async () => {
  const folder = copyOfFilled();
  overwrite(join(folder, "events.db"), bytes => bytes.fill(0x5a, 0, 100));
  const before = readFileSync(join(folder, "events.db"));
  const refused = await runCli(["serve", "--data", folder, "--port", "0"]);
  expectPlainFailure(refused, join(folder, "events.db"), "is damaged", "keep the file, and restore a verified backup");
  expect(readFileSync(join(folder, "events.db")).equals(before)).toBe(true);
});

describe("damaged read models, which are no loss", () => {
  const readModels = (folder: string) =>
    join(folder, readdirSync(folder).find(name => /^readmodels-\d+\.db$/.test(name))!);

  test("are built anew at the start where they cannot even be opened", async () => {
    const folder = copyOfFilled();
    overwrite(readModels(folder), bytes => bytes.fill(0x5a, 0, 100));
    const said = await withServer(folder, async ({ url }) => {
      const { log } = await askAt(url)<{ log: { head: string } }>("{ log { head } }");
      expect(log.head).toBe("61");
      await expect
        .poll(() => fetch(`${url}/ready`).then(answer => answer.json()), patience)
        .toMatchObject({ ready: true, lag: 0 });
    });
    expect(said).toContain("are damaged");
    expect(await runCli(["verify", "--data", folder])).toMatchObject({ status: 0 });
  });

  test("are built anew where an older log was put back beside them, and never shown as that log's", async () => {
    const folder = copyOfFilled();
    const file = join(tempFolder(), "facts.ndjson");
    writeFileSync(file, `${behaviourLine("newer", "2")}\n`);
    expect(await runCli(["import", file, "--data", folder])).toMatchObject({ status: 0 });
    for (const name of ["events.db", "keys.db"]) cpSync(join(filled, name), join(folder, name));
    const said = await withServer(folder, async ({ url }) => {
      await expect
        .poll(() => fetch(`${url}/ready`).then(answer => answer.json()), patience)
        .toMatchObject({ ready: true, lag: 0 });
      const query = "{ customers(first: 9) { totalCount } log { head } }";
      expect(await postJson(`${url}/graphql`, { query })).toMatchObject({
        data: { customers: { totalCount: 1 }, log: { head: "61" } },
      });
    });
    expect(said).toContain("the read models stand at position 63, but the log ends before it");
    expect(await runCli(["verify", "--data", folder])).toMatchObject({ status: 0 });
  });

  test("are never served: queries and the projector say what is wrong, and a rebuild mends them while the server runs", async () => {
    const folder = copyOfFilled();
    const database = new Database(readModels(folder));
    const page = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'activity'").pluck().get() as number;
    const size = database.pragma("page_size", { simple: true }) as number;
    database.close();
    overwrite(readModels(folder), bytes => bytes.fill(0x5a, (page - 1) * size, page * size));
    await withServer(folder, async ({ url }) => {
      const query = '{ customer(identity: { system: "web", id: "1" }) { customerId } }';
      const refused = await postJson(`${url}/graphql`, { query });
      expect(refused).toMatchObject({
        errors: [
          {
            message: expect.stringContaining("`c360 rebuild` makes them anew"),
            extensions: { code: "STORAGE_CORRUPT" },
          },
        ],
      });
      const send = (id: string) =>
        fetch(`${url}/facts`, {
          method: "POST",
          headers: { "content-type": "application/cloudevents+json" },
          body: behaviourLine(id),
        }).then(answer => answer.json());
      expect(await send("while damaged")).toMatchObject({ kind: "accepted", position: "62" });
      const ready = () => fetch(`${url}/ready`).then(answer => answer.json());
      await expect
        .poll(ready, patience)
        .toMatchObject({ ready: false, reason: expect.stringContaining("are damaged") });

      expect(await runCli(["rebuild", "--data", folder])).toMatchObject({ status: 0 });
      expect(await send("after the rebuild")).toMatchObject({ kind: "accepted", position: "63" });
      await expect.poll(ready, patience).toMatchObject({ ready: true, lag: 0, position: "63" });
      expect(await postJson(`${url}/graphql`, { query })).toMatchObject({
        data: { customer: { customerId: expect.any(String) } },
      });
    });
    expect(await runCli(["verify", "--data", folder])).toMatchObject({ status: 0 });
  });
});
