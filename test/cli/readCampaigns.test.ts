import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCampaigns } from "../../src/cli/readCampaigns.ts";
import { readDefinitions } from "../../src/cli/readDefinitions.ts";
import { readSegments } from "../../src/cli/readSegments.ts";
import { definition } from "../definitions/openDefinitions.ts";
import { segment } from "../definitions/openSegments.ts";
import { tempFolder } from "../support/tempFolder.ts";

const head = (id: string) => ({ id, name: id, owner: "crm", description: "What it is for." });
const campaign = (id: string, members: object = {}) => ({
  ...head(id),
  purpose: "marketing",
  start: { outside: true },
  kpis: [{ code: "bought", name: "Bought", facts: { types: ["transaction-posted"] } }],
  zone: "Europe/Prague",
  ...members,
});
const policy = (id: string) => ({ ...head(id), suppression: { list: "do-not-contact" } });
const offer = (id: string) => ({
  ...head(id),
  eligible: { not: { list: "do-not-contact" } },
  value: { amount: "5.00", currency: "EUR" },
});

function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = tempFolder();
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

test("policies come first and campaigns last, whatever order the files are in", () => {
  const folder = folderWith({
    "campaigns.json": [campaign("a", { audience: { tag: { code: "unseen", equals: true } } }), campaign("b")],
    "spring-offers.json": offer("a"),
    "z-policies.json": policy("a"),
  });
  const read = readCampaigns([folder]);
  expect(read.ok && read.value.map(({ kind, id }) => [kind, id])).toEqual([
    ["policy", "a"],
    ["offer", "a"],
    ["campaign", "a"],
    ["campaign", "b"],
  ]);
});

test("a folder may hold tags and segments beside campaigns, and each command takes its own", () => {
  const folder = folderWith({
    "tags.json": [definition({ code: "spend" })],
    "segments.json": segment("vips", { list: "vip" }),
    "campaigns.json": campaign("spring"),
    "offers.json": [offer("card")],
  });
  const campaigns = readCampaigns([folder]);
  expect(campaigns.ok && campaigns.value.map(({ id }) => id)).toEqual(["card", "spring"]);
  const segments = readSegments([folder]);
  expect(segments.ok && segments.value.map(({ id }) => id)).toEqual(["vips"]);
  const tags = readDefinitions([folder]);
  expect(tags.ok && tags.value.map(({ definition: { code } }) => code)).toEqual(["spend"]);
});

test("everything that cannot be applied is told at once, by file", () => {
  const folder = folderWith({
    "campaigns.json": [campaign("a"), campaign("b", { zone: "Praha" }), 5, campaign("a")],
    "offers.json": { ...offer("c"), value: { amount: "0.00", currency: "EUR" } },
    "policies.json": "[",
    "other.json": campaign("d"),
  });
  const read = readCampaigns([folder, join(folder, "other.json")]);
  if (read.ok) throw new Error("expected problems");
  expect(read.refusal.map(line => line.replaceAll(`${folder}/`, "").replace(/: .*/, ""))).toEqual([
    "policies.json cannot be read as JSON",
    "other.json does not say what it holds",
    "campaigns.json[1] b zone",
    "campaigns.json[2]",
    "campaigns.json[3] a",
    "offers.json c value.amount",
  ]);
});

test("a folder without any of them is a problem, not nothing to do", () => {
  const read = readCampaigns([folderWith({ "segments.json": segment("vips", { list: "vip" }) })]);
  expect(read).toEqual({
    ok: false,
    refusal: ["there is nothing in files that are called policies.json, offers.json, campaigns.json"],
  });
});

test("the examples can be read", () => {
  const read = readCampaigns(["examples/cookie-cats", "examples/bank-marketing"]);
  expect(read.ok && read.value.map(({ id }) => id)).toEqual(["gate-test", "term-deposit"]);
});
