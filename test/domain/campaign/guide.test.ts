import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseCampaign } from "../../../src/domain/campaign/parse/parseCampaign.ts";
import { parseKpi } from "../../../src/domain/campaign/parse/parseKpi.ts";
import { parseOffer } from "../../../src/domain/campaign/parse/parseOffer.ts";
import { parsePolicy } from "../../../src/domain/campaign/parse/parsePolicy.ts";
import { printCampaign } from "../../../src/domain/campaign/print/printCampaign.ts";
import { printOffer } from "../../../src/domain/campaign/print/printOffer.ts";
import type { Referable } from "../../../src/domain/tag/check/checkTags.ts";
import type { TagCode } from "../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../src/domain/tag/tagValue.ts";
import { standards } from "../../../src/intake/standards.ts";
import { shippedFields } from "../tag/shippedFields.ts";

const types: Readonly<Record<string, ValueType>> = {
  tier: { kind: "enumeration", values: ["gold", "silver"] },
  "do-not-contact": { kind: "boolean" },
};
const tag = (code: TagCode): Referable => {
  const type = types[code];
  if (type === undefined) return { kind: "unusable", code: "unknown-tag", message: `there is no tag ${code}` };
  const about = { name: code, category: "test", owner: "testers", description: "Of the guide." };
  return { kind: "usable", definition: { code, ...about, type, sensitivity: "internal", rule: { kind: "manual" } } };
};
const surroundings = { standards, fields: shippedFields, tag };
const guide = readFileSync("docs/campaigns.md", "utf8");
const [campaign, policy, offer] = [...guide.matchAll(/```json\n(\{\n {2}"id"[\s\S]*?)```/g)].map(
  ([, json = ""]) => JSON.parse(json) as Record<string, object>,
);

test("the campaign, the policy and the offer of the guide are such", () => {
  const read = parseCampaign(campaign, surroundings);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  // It leaves nothing to defaults, but for what is known without saying.
  const [tookLoan, spent] = campaign!.kpis as unknown as readonly object[];
  const [control, treated] = (campaign!.assignment as { arms: object[] }).arms;
  expect(JSON.parse(JSON.stringify(printCampaign(read.value, standards)))).toEqual({
    ...campaign,
    assignment: { ...campaign!.assignment, arms: [control, { ...treated, control: false }] },
    kpis: [{ ...tookLoan, measure: { conversion: true } }, spent],
  });
  expect(parsePolicy(policy, surroundings)).toMatchObject({ ok: true, value: { id: "retail-marketing" } });
  const readOffer = parseOffer(offer, surroundings);
  if (!readOffer.ok) throw new Error(JSON.stringify(readOffer.refusal));
  expect(printOffer(readOffer.value, standards)).toEqual({
    ...{ ...offer, from: "2024-05-01T00:00:00.000Z", until: "2024-10-01T00:00:00.000Z" },
  });
});

const starts = [...guide.matchAll(/^(\{ "(?:trigger|once|recurring|outside)".*\})$/gm)].map(([, text = ""]) => text);
const measures = [...guide.matchAll(/^\| `(\{.*?\})` \|/gm)].map(([, text = ""]) => text);

test("the guide shows every start and every measure", () => {
  const kinds = [...starts, ...measures].flatMap(text => Object.keys(JSON.parse(text) as object));
  expect(kinds).toEqual(["trigger", "once", "recurring", "outside", "recurring", "conversion", "count", "sum"]);
});

test.each(starts)("a start of the guide reads: %s", text => {
  const start = JSON.parse(text) as object;
  const limits = "outside" in start ? { policy: null, offers: null, exploration: null, budget: null } : {};
  const read = parseCampaign({ ...campaign, ...limits, start }, surroundings);
  expect(read.ok ? [] : read.refusal).toEqual([]);
});

test.each(measures)("a measure of the guide reads: %s", text => {
  const kpi = { code: "a", name: "A", facts: { types: ["transaction-posted"] }, measure: JSON.parse(text) as object };
  const read = parseKpi(kpi, surroundings);
  expect(read.ok ? [] : read.refusal).toEqual([]);
});
