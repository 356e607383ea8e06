import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../support/tempFolder.ts";
import { runCli, startServer } from "./crashSupport/cli.ts";
import { expectPlainFailure } from "./crashSupport/plainFailure.ts";

const head = (id: string) => ({ id, name: `The ${id}`, owner: "crm", description: "What it is for." });
const files = {
  "policies.json": {
    ...head("gentle"),
    caps: [{ most: 1, within: "P7D" }],
  },
  "offers.json": [
    {
      ...head("card"),
      eligible: { attribute: { of: { profile: { name: "city" } }, type: { text: true }, equals: "Brno" } },
      value: { amount: "5.00", currency: "EUR" },
    },
  ],
  "campaigns.json": [
    {
      ...head("spring"),
      purpose: "marketing",
      audience: { did: { types: ["behaviour-observed"] } },
      start: { trigger: { types: ["behaviour-observed"] } },
      policy: "gentle",
      channels: [{ channel: "email" }],
      offers: ["card"],
      kpis: [{ code: "card", name: "Took the card", facts: { types: ["card-issued"] } }],
      zone: "Europe/Prague",
    },
  ],
};

function folderWith(content: object): string {
  const folder = tempFolder();
  for (const [name, json] of Object.entries(content)) writeFileSync(join(folder, name), JSON.stringify(json));
  return folder;
}

test("a campaign lives through its whole life by command, on a stopped store and beside a server", async () => {
  const store = tempFolder();
  const definitions = folderWith(files);
  const c360 = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { status, stdout, stderr } = await runCli([...args, "--data", store]);
    expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: "" });
    return stdout.trimEnd().split("\n");
  };

  expect(await c360("campaigns", "apply", definitions, "--actor", "ada")).toEqual([
    "policy gentle  published, version 1",
    "offer card  published, version 1",
    "campaign spring  drafted, version 1",
    "2 published, 1 drafted, 0 refused.",
    "A draft does nothing until another person approves it: c360 campaigns approve <id> --version <number>",
  ]);
  const early = await runCli(["campaigns", "start", "spring", "--actor", "ada", "--data", store]);
  expectPlainFailure(early, "version 1 of spring is a draft: somebody other than ada has to approve it first");
  const own = ["campaigns", "approve", "spring", "--version", "1", "--actor", "ada", "--data", store];
  expectPlainFailure(await runCli(own), "somebody else has to approve it");

  const server = await startServer(store);
  expect(await c360("campaigns", "approve", "spring", "--version", "1", "--actor", "grace")).toEqual([
    "version 1 of spring is approved.",
  ]);
  expect(await c360("campaigns", "start", "spring", "--actor", "ada")).toEqual(["spring runs."]);
  expect(await c360("campaigns", "start", "spring", "--actor", "ada")).toEqual(["spring runs, and was before."]);
  expect(await c360("policies", "list")).toEqual(["gentle  published  version 1  The gentle"]);
  const used = ["policies", "retire", "gentle", "--actor", "ada", "--reason", "old", "--data", store];
  expectPlainFailure(await runCli(used), "spring: ");
  server.signal("SIGTERM");
  await server.ended;

  await c360("campaigns", "pause", "spring", "--reason", "holidays", "--actor", "ada");
  expect(await c360("campaigns", "list")).toEqual(["spring  paused  The spring"]);
  await c360("campaigns", "resume", "spring", "--actor", "ada");
  const kpi = join(tempFolder(), "kpi.json");
  writeFileSync(kpi, JSON.stringify({ code: "loan", name: "Took a loan", facts: { types: ["loan-granted"] } }));
  await c360("campaigns", "add-kpi", "spring", kpi, "--actor", "ada");
  await c360("campaigns", "finish", "spring", "--reason", "it is summer", "--actor", "ada");
  const shown = (await c360("campaigns", "show", "spring")).join("\n");
  expect(shown).toMatch(/^spring {2}finished {2}The spring \(crm\)\n/);
  expect(shown).toContain("loan (added later): ");
  expect(shown).toMatch(/1 {2}ended {2}drafted by ada on \S+, approved by grace on /);
  expect(shown).toMatch(/started by ada on .*\n {2}paused by ada on .*: holidays\n {2}resumed by ada/);

  const effects = (await c360("campaigns", "effects", "spring")).join("\n");
  expect(effects).toMatch(
    /^spring {2}finished {2}The spring\nAs of \S+, position \d+, by version 1: without a control\n/,
  );
  expect(effects).toContain("none: the campaign has no control arm");

  expect(await c360("offers", "retire", "card", "--actor", "ada", "--reason", "no more")).toEqual(["card is retired."]);
  expect(await c360("offers", "list")).toEqual(["card  retired  -  The card"]);
});

test("what is wrong with any file is told, and nothing is applied; what the store refuses holds up nothing else", async () => {
  const store = tempFolder();
  const broken = folderWith({ ...files, "campaigns.json": { ...files["campaigns.json"][0], zone: "Praha" } });
  const refused = await runCli(["campaigns", "apply", broken, "--actor", "ada", "--data", store]);
  expectPlainFailure(refused, "nothing was applied", "campaigns.json spring zone: expected an IANA time zone");

  const unknown = folderWith({ "offers.json": files["offers.json"], "campaigns.json": files["campaigns.json"] });
  const halfway = await runCli(["campaigns", "apply", unknown, "--actor", "ada", "--data", store]);
  expect(halfway.status).toBe(1);
  expect(halfway.stdout).toContain("offer card  published, version 1");
  expect(halfway.stdout).toMatch(/campaign spring {2}refused .*\n {4}policy: there is no policy gentle/);
  expect(halfway.stdout).toContain("1 published, 1 refused.");

  const same = ["campaigns", "apply", unknown, "--actor", "ada", "--approve-as", "ada", "--data", store];
  const told = await runCli(same);
  expect(told).toMatchObject({ status: 2, stderr: expect.stringContaining("--approve-as has to be somebody else") });
});
