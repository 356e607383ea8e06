import { expect, test } from "vitest";
import type { CampaignId } from "../../../src/domain/campaign/campaign.ts";
import {
  kpisOf,
  shownCampaignVersion,
  standingCampaignVersionAt,
  standingVersionAt,
} from "../../../src/domain/campaign/campaignGraph.ts";
import {
  emptyCampaignCatalogue,
  foldCampaignEvent,
  foldCampaignEvents,
} from "../../../src/domain/campaign/foldCampaignEvent.ts";
import type { PolicyId } from "../../../src/domain/campaign/policy.ts";
import {
  approved,
  drafted,
  eventsOf,
  finished,
  kpiAdded,
  offerPublished,
  offerRetired,
  paused,
  policyPublished,
  readKpi,
  resumed,
  started,
} from "./support/given.ts";
import { campaign, offer, policy } from "./support/written.ts";

const spring = campaign({ id: "spring" });
const revenue = readKpi("revenue");
const events = eventsOf(
  ...[drafted(spring), approved("spring"), started("spring"), paused("spring")],
  ...[drafted({ ...spring, name: "Again" }, 2), approved("spring", 2), resumed("spring"), kpiAdded("spring", revenue)],
  ...[drafted({ ...spring, name: "Never" }, 3), finished("spring")],
  ...[policyPublished(policy({ id: "retail" })), policyPublished(policy({ id: "retail", name: "Retail" }), 2)],
  ...[offerPublished(offer({ id: "gold" })), offerRetired("gold")],
);
const catalogue = foldCampaignEvents(emptyCampaignCatalogue, events);
const state = catalogue.campaigns.get("spring" as CampaignId)!;

test("a campaign is told with its whole past", () => {
  const by = (id: string, position: number) => ({ position, at: position * 10, actor: { kind: "person", id } });
  expect(state).toMatchObject({
    ...{ id: "spring", status: "finished", revision: 9, started: by("ada", 3), finished: by("ada", 10) },
    addedKpis: [revenue],
    course: [
      { ...by("ada", 3), what: "started", reason: "" },
      { ...by("ada", 4), what: "paused", reason: "wait" },
      { ...by("ada", 7), what: "resumed", reason: "" },
      { ...by("ada", 10), what: "finished", reason: "over" },
    ],
  });
  expect(state.versions.map(one => [one.version, one.approved?.position, one.ended?.position])).toEqual([
    ...[[1, 2, 6] as const, [2, 6, 10] as const, [3, undefined, 10] as const],
  ]);
  expect([1, 2, 5, 6, 9, 10].map(at => standingCampaignVersionAt(state, at)?.version)).toEqual([
    ...[undefined, 1, 1, 2, 2, undefined],
  ]);
  expect(shownCampaignVersion(state)?.version).toBe(2);
  expect(kpisOf(state).map(({ code }) => code)).toEqual(["bought", "revenue"]);
});

test("a campaign stays paused, or a draft of it approved, while a next version is drafted", () => {
  const statusAfter = (count: number) =>
    foldCampaignEvents(emptyCampaignCatalogue, events.slice(0, count)).campaigns.get("spring" as CampaignId)?.status;
  expect([1, 2, 3, 4, 5, 6, 7, 10].map(statusAfter)).toEqual([
    ...["draft", "approved", "running", "paused", "paused", "paused", "running", "finished"],
  ]);
});

test("policies and offers are told with theirs", () => {
  const retail = catalogue.policies.get("retail" as PolicyId)!;
  expect(retail).toMatchObject({ status: "published", revision: 3 });
  expect([11, 12, 13, 14].map(position => standingVersionAt(retail, position)?.version)).toEqual([undefined, 1, 1, 2]);
  expect([...catalogue.offers.values()]).toMatchObject([{ id: "gold", status: "retired", revision: 2 }]);
});

test("one by one comes to the same, twice to nothing, and what does not change stays the same map", () => {
  expect(events.reduce(foldCampaignEvent, emptyCampaignCatalogue)).toEqual(catalogue);
  expect(foldCampaignEvents(catalogue, events)).toBe(catalogue);
  const next = { ...events[0]!, position: catalogue.position + 1 };
  const elsewhere = { ...next, stream: "customer-x" };
  expect(foldCampaignEvent(catalogue, elsewhere)).toEqual({ ...catalogue, position: next.position });
  expect(foldCampaignEvent(catalogue, elsewhere).campaigns).toBe(catalogue.campaigns);
  expect(foldCampaignEvent(catalogue, { ...next, stream: "policy-retail" }).policies).toBe(catalogue.policies);
});
