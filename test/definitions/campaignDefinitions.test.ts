import { expect, test } from "vitest";
import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import type { CampaignOutcome, OfferOutcome, PolicyOutcome } from "../../src/definitions/campaignDefinitions.ts";
import { createCampaignDefinitions } from "../../src/definitions/createCampaignDefinitions.ts";
import { createDefinitionDoors } from "../../src/definitions/createDefinitionDoors.ts";
import type { CampaignId } from "../../src/domain/campaign/campaign.ts";
import { standards } from "../../src/intake/standards.ts";
import { campaign, offer, policy } from "../domain/campaign/support/written.ts";
import { shippedFields } from "../domain/tag/shippedFields.ts";
import { ada, definition } from "./openDefinitions.ts";
import { segment } from "./openSegments.ts";

const bo = { kind: "person", id: "bo" } as const;
const told = (outcome: { readonly ok: boolean; readonly value?: unknown; readonly refusal?: unknown }) => {
  const { kind, version } = (outcome.ok ? outcome.value : outcome.refusal) as { kind: string; version?: number };
  return outcome.ok ? `${kind} ${version}` : kind;
};
const refusal = <Refusal>(outcome: { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal }) => {
  if (outcome.ok) throw new Error("expected a refusal");
  return outcome.refusal;
};
const faults = (outcome: CampaignOutcome | PolicyOutcome | OfferOutcome) => {
  const refused = refusal(outcome);
  if (refused.kind !== "invalid") throw new Error(`expected faults, got ${JSON.stringify(refused)}`);
  return refused.faults.map(({ field, code }) => `${field} ${code}`);
};

const vip = definition({ code: "vip", type: { boolean: true }, rule: { manual: true } });
const tier = definition({ code: "tier", type: { enumeration: { values: ["gold"] } }, rule: { manual: true } });
const rich = segment("rich", { list: "vip" });
const retail = policy({ id: "retail", suppression: { segment: "rich" } });
const gold = offer({ id: "gold", tier: "tier" });
const spring = campaign({ id: "spring", policy: "retail", offers: ["gold"], breakdown: ["rich"] });

/** Doors on a fresh memory log, with the tags and segment in force. */
async function open() {
  const { writer, reader } = createMemoryLog();
  let time = Date.parse("2024-05-01T12:00:00Z");
  const now = () => {
    time += 1;
    return time;
  };
  const parts = { log: reader, fields: shippedFields, standards, now };
  const doors = createDefinitionDoors({ ...parts, append: async requests => writer.append(requests, now()) });
  const { definitions: tags, segmentDefinitions: segments, campaignDefinitions: campaigns } = doors;
  for (const tag of [vip, tier]) {
    await tags.draft(tag, ada);
    await tags.publish(tag.code, 1, ada);
  }
  await segments.draft(rich, ada);
  await segments.publish("rich", 1, ada);
  return { tags, segments, campaigns, parts, writer, log: () => reader.read({ limit: 10_000 }) };
}

/** The same with a policy and an offer published, and the campaign running. */
async function openRunning() {
  const doors = await open();
  const { campaigns } = doors;
  const outcomes = [
    await campaigns.draftPolicy(retail, ada),
    await campaigns.publishPolicy("retail", 1, ada),
    await campaigns.draftOffer(gold, ada),
    await campaigns.publishOffer("gold", 1, ada),
    await campaigns.draft(spring, ada),
    await campaigns.approve("spring", 1, bo),
    await campaigns.start("spring", ada),
  ];
  return { ...doors, outcomes: outcomes.map(told) };
}

test("a campaign's whole life, each step by whom on record", async () => {
  const { campaigns, outcomes, log } = await openRunning();
  expect(outcomes).toEqual([
    ...["drafted 1", "published 1", "drafted 1", "published 1", "drafted 1", "approved 1", "started 1"],
  ]);
  const card = { code: "more", name: "More", facts: { types: ["card-issued"] } };
  expect(told(await campaigns.pause("spring", "holidays", ada))).toBe("paused 1");
  expect(told(await campaigns.resume("spring", ada))).toBe("resumed 1");
  expect(told(await campaigns.addKpi("spring", card, ada))).toBe("kpiAdded 1");
  expect(told(await campaigns.finish("spring", "over", bo))).toBe("finished 1");
  const state = (await campaigns.catalogue()).campaigns.get("spring" as CampaignId)!;
  expect(state).toMatchObject({ status: "finished", revision: 6, addedKpis: [{ code: "more" }] });
  const events = (await log()).filter(({ stream }) => stream === "campaign-spring");
  expect(events.map(({ type, actor }) => `${type} ${actor.id}`)).toEqual([
    ...["campaign-drafted ada", "campaign-approved bo", "campaign-started ada", "campaign-paused ada"],
    ...["campaign-resumed ada", "campaign-kpi-added ada", "campaign-finished bo"],
  ]);
  expect(told(await campaigns.retirePolicy("retail", "old", ada))).toBe("retired 1");
  expect(told(await campaigns.retireOffer("gold", "old", ada))).toBe("retired 1");
});

test("the same command again changes nothing, and answers with a position that reflects it", async () => {
  const { campaigns, log } = await openRunning();
  const before = (await log()).length;
  const again = [
    await campaigns.draftPolicy(retail, ada),
    await campaigns.publishPolicy("retail", 1, ada),
    await campaigns.draft(spring, ada),
    await campaigns.approve("spring", 1, bo),
    await campaigns.start("spring", ada),
    await campaigns.resume("spring", ada),
  ];
  expect(again.map(told)).toEqual(Array(6).fill("unchanged 1"));
  expect(again.map(outcome => outcome.ok && outcome.value.position)).toEqual(Array(6).fill(before));
  expect(await log()).toHaveLength(before);
});

test("launching without approval, by the author's own, and editing shares after the start are refused", async () => {
  const { campaigns } = await open();
  await campaigns.draft(campaign({ id: "spring" }), ada);
  expect(refusal(await campaigns.start("spring", ada))).toMatchObject({ kind: "notApproved", version: 1 });
  expect(refusal(await campaigns.approve("spring", 1, ada))).toMatchObject({ kind: "sameAuthor", author: "ada" });
  await campaigns.approve("spring", 1, bo);
  await campaigns.start("spring", ada);
  const arms = [{ name: "all", share: 50 }];
  const edited = campaign({ id: "spring", assignment: { arms } });
  expect(refusal(await campaigns.draft(edited, ada))).toMatchObject({
    ...{ kind: "locked", fields: ["assignment.arms[0].share"] },
  });
  const anew = campaign({ id: "spring", assignment: { version: 2, arms } });
  expect(told(await campaigns.draft(anew, ada))).toBe("drafted 2");
});

test("what cannot be read or does not exist is refused with its place", async () => {
  const { campaigns } = await open();
  const outcome = await campaigns.draft({ ...spring, purpose: "" }, ada);
  expect(faults(outcome)).toEqual(["purpose empty"]);
  expect(refusal(outcome)).toMatchObject({ subject: "campaign", id: "spring" });
  expect(faults(await campaigns.draft(spring, ada))).toEqual(["policy unknown-policy", "offers[0] unknown-offer"]);
  await campaigns.draftPolicy(retail, ada);
  await campaigns.draftOffer(gold, ada);
  expect(faults(await campaigns.draft(spring, ada))).toEqual([
    "policy unpublished-policy",
    "offers[0] unpublished-offer",
  ]);
  expect(faults(await campaigns.draftPolicy({ ...retail, suppression: { segment: "poor" } }, ada))).toEqual([
    "suppression.segment unknown-segment",
  ]);
  expect(faults(await campaigns.draftOffer(5, ada))).toEqual([" wrong-type"]);
  expect(faults(await campaigns.addKpi("spring", {}, ada))).toEqual([
    ...["kpi.code missing", "kpi.name missing", "kpi.facts missing"],
  ]);
  expect(told(await campaigns.pause("sprint", "x", ada))).toBe("unknown");
  expect(faults(await campaigns.draftPolicy(retail, { kind: "person", id: " " }))).toEqual(["actor.id malformed"]);
});

test("tags and segments stay while campaigns, policies or offers ask for them", async () => {
  const { campaigns, segments, tags } = await openRunning();
  expect(refusal(await segments.archive("rich", "old", ada))).toEqual({
    ...{ kind: "dependents", id: "rich", dependents: [] },
    uses: [
      { name: "campaign spring", version: 1, reason: "asks for members of rich at breakdown[0]" },
      { name: "policy retail", version: 1, reason: "asks for members of rich at suppression.segment" },
    ],
    message: "campaign spring, policy retail ask for members of rich: archive or change them first",
  });
  expect(refusal(await tags.retire("tier", "old", ada))).toMatchObject({
    uses: [{ name: "offer gold", version: 1, reason: "asks for tier at tier" }],
  });
  expect(refusal(await tags.retire("vip", "old", ada))).toMatchObject({
    uses: [
      { name: "segment rich", reason: "asks for vip at rule.list" },
      { name: "campaign spring", reason: "asks for vip at audience.list" },
      { name: "offer gold", reason: "asks for vip at eligible.list" },
    ],
  });
  await tags.draft({ ...tier, type: { number: {} } }, ada);
  expect(refusal(await tags.publish("tier", 2, ada))).toMatchObject({
    uses: [{ name: "offer gold", reason: expect.stringContaining("tier: offers are learned by") }],
  });
  await campaigns.finish("spring", "over", ada);
  await campaigns.retireOffer("gold", "old", ada);
  await campaigns.retirePolicy("retail", "old", ada);
  expect(told(await segments.archive("rich", "old", ada))).toBe("archived 1");
  expect(told(await tags.retire("tier", "old", ada))).toBe("retired 1");
});

test("commands of all doors at the same time are carried out one after the other", async () => {
  const { campaigns, segments } = await open();
  const outcomes = await Promise.all([
    campaigns.draft(campaign({ id: "spring", audience: { segment: "rich" } }), ada),
    campaigns.approve("spring", 1, bo),
    segments.archive("rich", "old", ada),
    campaigns.start("spring", ada),
  ]);
  expect(outcomes.map(told)).toEqual(["drafted 1", "approved 1", "dependents", "started 1"]);
});

test("two doors that write to one log see each other's campaigns", async () => {
  const { campaigns, tags, segments, parts, writer } = await open();
  const plain = campaign({ id: "spring" });
  let raced = 0;
  const other = createCampaignDefinitions({
    ...{ ...parts, tags: tags.catalogue, segments: segments.catalogue },
    append: async requests => {
      // Somebody drafts the same campaign between this door's look and its write.
      if (raced++ < 2) await campaigns.draft({ ...plain, name: `Spring ${raced}` }, ada);
      return writer.append(requests, parts.now());
    },
  });
  expect(told(await other.draft(plain, ada))).toBe("drafted 3");
  raced = -100;
  expect(refusal(await other.draft({ ...plain, name: "Last" }, ada))).toMatchObject({
    ...{ kind: "conflict", subject: "campaign", id: "spring" },
  });
});
