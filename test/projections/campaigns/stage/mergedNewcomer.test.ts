import { expect, test } from "vitest";
import type { SegmentId } from "../../../../src/domain/segment/segment.ts";
import type { ReadModelStore } from "../../../../src/projections/readModelStore.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { statistic, whole } from "../../tags/support/tagVersions.ts";
import { type CampaignBank, campaign, campaignBank, customerId, hour, noon } from "./support/campaignBank.ts";
import { expectRebuilt } from "./support/expectRebuilt.ts";

/** A bank with a tag that everybody has, a segment of those who have it, and one wave over everybody, in six hours. */
async function bankWithWave(): Promise<CampaignBank> {
  const bank = campaignBank();
  const { definition } = statistic("payments", whole, { kind: "count" });
  bank.tell("tag-payments", "tag-drafted", { version: 1, definition });
  bank.tell("tag-payments", "tag-published", { version: 1 });
  const rule = { kind: "value", subject: { kind: "tag", code: definition.code }, test: { kind: "exists" } };
  bank.tell("segment-payers", "segment-drafted", {
    ...{ version: 1, definition: { id: "payers", name: "payers", owner: "testers", description: "", rule } },
  });
  bank.tell("segment-payers", "segment-published", { version: 1 });
  bank.launches(campaign("triggered"));
  bank.launches(campaign("wave", { start: { kind: "once", at: noon + 6 * hour } }));
  await bank.deliver();
  return bank;
}

const decided = async (bank: CampaignBank) =>
  (await bank.decisions()).map(
    ({ customerId: id, campaignId, outcome }) =>
      `${campaignId}: ${["ada", "bo"].find(name => customerId(name) === id)} ${outcome}`,
  );

/** Who counts, wherever anybody is counted. */
function countedIn(store: ReadModelStore) {
  const slot = store.tags.slots().slots.find(({ code }) => code === "payments")?.slot as number;
  const waves = store.campaigns.campaignRows("waveLog", { limit: 10 }).map(({ text }) => JSON.parse(text).size);
  return {
    covered: store.tags.spread(slot).reduce((sum, { customers }) => sum + customers, 0),
    segment: store.segments.standingOf("payers" as SegmentId)?.size,
    waves,
  };
}

async function expectCounted(bank: CampaignBank, expected: ReturnType<typeof countedIn>): Promise<void> {
  expect(countedIn(bank.store)).toEqual(expected);
  expect(countedIn(await expectRebuilt(bank))).toEqual(expected);
}

test.each([
  ["", false],
  [", nor after a restart in between", true],
])("what is told of a merged customer counts for its survivor and never for itself%s", async (_, restarts) => {
  const bank = await bankWithWave();
  bank.consents("ada");
  bank.fact("bo", "customer-registered", { attributes: {} });
  bank.fact("ada", "identity-merged", { customer: customerId("bo") });
  await bank.deliver();
  if (restarts) bank.restart();
  bank.pays("bo");
  await bank.deliver();
  await bank.wait(6 * hour);
  expect(await decided(bank)).toEqual(["triggered: ada send", "wave: ada send"]);
  await expectCounted(bank, { covered: 1, segment: 1, waves: [1] });
});

test("nor where its first fact and its merge came in one instant, after which it stood for nobody", async () => {
  const columns = createColumns();
  const bank = campaignBank({ columns });
  bank.consents("ada");
  bank.pays("bo");
  bank.fact("ada", "identity-merged", { customer: customerId("bo") });
  bank.pays("bo");
  bank.launches(campaign("triggered"));
  await bank.deliver();
  bank.pays("bo");
  await bank.deliver();
  expect(await decided(bank)).toEqual(["triggered: ada send"]);
  const live = [...Array(columns.rows()).keys()].filter(columns.isLive);
  expect(live.map(columns.idAt)).toEqual([customerId("ada")]);
});

test("a merge of somebody of whom nothing was known does nothing: whoever comes later stands for itself", async () => {
  const bank = await bankWithWave();
  bank.consents("ada");
  // The doors refuse it; should it stand in the log all the same, it is one more fact of the survivor's.
  bank.fact("ada", "identity-merged", { customer: customerId("bo") });
  await bank.deliver();
  bank.pays("bo");
  await bank.deliver();
  await bank.wait(6 * hour);
  expect(bank.store.merges()).toEqual([]);
  expect(await decided(bank)).toEqual(["triggered: bo skip", "wave: ada send", "wave: bo skip"]);
  await expectCounted(bank, { covered: 2, segment: 2, waves: [2] });
});
