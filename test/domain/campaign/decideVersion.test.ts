import { expect, test } from "vitest";
import {
  draftOffer,
  draftPolicy,
  publishOffer,
  publishPolicy,
  retireOffer,
  retirePolicy,
} from "../../../src/domain/campaign/decideVersion.ts";
import { rulesOfCampaigns } from "../../../src/domain/campaign/rulesOfCampaigns.ts";
import { segmentUsesByCampaigns } from "../../../src/domain/campaign/usesByCampaigns.ts";
import type { SegmentId } from "../../../src/domain/segment/segment.ts";
import { surroundings } from "../segment/support/knownTags.ts";
import {
  approved,
  drafted,
  finished,
  given,
  offerPublished,
  offerRetired,
  others,
  policyPublished,
  readOffer,
  readPolicy,
} from "./support/given.ts";
import { campaign, offer, policy } from "./support/written.ts";

const retail = policy({ id: "retail" });
const gold = offer({ id: "gold", tier: "tier" });
const loan = offer({ id: "loan" });
const spring = campaign({ id: "spring", policy: "retail", offers: ["gold", "loan"] });
const publish = (id: string, version: number) => publishPolicy(id, version, surroundings, others);
const underWay = [policyPublished(retail), offerPublished(gold), offerPublished(loan), drafted(spring)];

test("a policy is drafted, published, drafted anew; the same again changes nothing", () => {
  const definition = readPolicy(retail);
  const before = given(policyPublished(retail));
  given()
    .when(draftPolicy(definition, others))
    .thenRecords({ type: "policy-drafted", data: { version: 1, definition } });
  before.when(draftPolicy(definition, others)).thenChangesNothing();
  before.when(publish("retail", 1)).thenChangesNothing();
  before
    .when(publish("retail", 2))
    .thenRefuses({ kind: "unknownVersion", subject: "policy", id: "retail", version: 2 });
  before.when(publish("retial", 1)).thenRefuses({ kind: "unknown", subject: "policy", id: "retial" });
  const [drafted2] = policyPublished({ ...retail, name: "Retail" }, 2);
  given(policyPublished(retail), drafted2!)
    .when(publish("retail", 2))
    .thenRecords({ type: "policy-published", data: { version: 2 } });
  given(policyPublished(retail), policyPublished({ ...retail, name: "Retail" }, 2))
    .when(publish("retail", 1))
    .thenRefuses("wrongStatus");
});

test("policies and offers stay while a campaign that is not finished names them", () => {
  const named = given(...underWay, approved("spring"));
  const message = named.when(retirePolicy("retail", "old")).thenRefuses({
    ...{ kind: "dependents", subject: "policy", id: "retail" },
    dependents: [{ id: "spring", version: 1, reason: "is under policy retail" }],
  });
  expect(message).toBe("campaign spring names policy retail: finish or change it first");
  named.when(retireOffer("gold", "old")).thenRefuses({
    ...{ kind: "dependents", subject: "offer", id: "gold" },
    dependents: [{ id: "spring", version: 1, reason: "chooses from offer gold" }],
  });
  const over = given(...underWay, approved("spring"), finished("spring"));
  over.when(retirePolicy("retail", "old")).thenRecords({ type: "policy-retired", data: { version: 1, reason: "old" } });
  over.when(retireOffer("gold", " ")).thenFaults("reason empty");
  over.when(retireOffer("gold", "old")).thenRecords({ type: "offer-retired", data: { version: 1, reason: "old" } });
});

test("what is retired is so for good", () => {
  const retired = given(offerPublished(gold), offerRetired("gold"));
  retired.when(retireOffer("gold", "old")).thenChangesNothing();
  retired.when(draftOffer(readOffer(gold), others)).thenRefuses("wrongStatus");
  retired.when(publishOffer("gold", 1, surroundings, others)).thenRefuses("wrongStatus");
});

test("a new version cannot share its holdout's salt with a campaign's arms, or be valued in another currency than its rivals", () => {
  const before = given(...underWay, approved("spring"));
  before
    .when(draftPolicy(readPolicy({ ...retail, holdout: { salt: "spring", percent: 5 } }), others))
    .thenFaults("holdout.salt same-salt");
  before
    .when(draftOffer(readOffer({ ...gold, value: { amount: 1, currency: "EUR" } }), others))
    .thenFaults("value.currency currency-mismatch");
});

test("what decisions ask for is named once: audiences, and of policies and offers what stands", () => {
  const rich = { ...retail, suppression: { segment: "rich" } };
  const other = campaign({ id: "other", policy: "retail", offers: ["gold"] });
  const outside = campaign({ id: "gate", start: { outside: true } });
  const { catalogue } = given(
    ...[policyPublished(retail), policyPublished(rich, 2), offerPublished(gold), offerPublished(loan)],
    ...[drafted(spring), approved("spring"), drafted(other), approved("other"), drafted(outside), approved("gate")],
    drafted(campaign({ id: "only-a-draft" })),
  );
  const { rules, tags } = rulesOfCampaigns(catalogue);
  expect(rules.map(({ of, id, version }) => `${of} ${id} ${version}`)).toEqual([
    ...["audience other 1", "suppression retail 2", "eligible gold 1", "audience spring 1", "eligible loan 1"],
  ]);
  expect(rules[1]?.rule).toEqual({ kind: "segment", id: "rich" });
  expect(tags).toEqual(["tier"]);
  expect(segmentUsesByCampaigns(catalogue)("rich" as SegmentId)).toEqual([
    { name: "policy retail", version: 2, reason: "asks for members of rich at suppression.segment" },
  ]);
});
