import { expect, test } from "vitest";
import type { OfferState, PolicyState } from "../../../src/domain/campaign/campaignCatalogue.ts";
import type { OfferId } from "../../../src/domain/campaign/offer.ts";
import type { PolicyId } from "../../../src/domain/campaign/policy.ts";
import { conditionsOf } from "../../../src/domain/segment/conditions.ts";
import type { Rule } from "../../../src/domain/segment/rule.ts";
import type { SegmentId } from "../../../src/domain/segment/segment.ts";
import type { TagCode } from "../../../src/domain/tag/definition.ts";
import { type Kept, preparing } from "../../../src/projections/campaigns/campaignReadiness.ts";
import { campaign, offer, policy } from "./stage/support/campaignBank.ts";

const said = { position: 1, at: 1, actor: { kind: "person", id: "ada" } } as const;
const standing = <Definition extends { readonly id: unknown }>(definition: Definition) => ({
  ...{ id: definition.id, status: "published", revision: 1 },
  versions: [{ version: 1, definition, drafted: said, published: said, ended: null }],
});
const called: Rule = {
  kind: "did",
  facts: { types: ["call-recorded"], where: null, window: { kind: "lifetime" } },
  times: 1,
} as unknown as Rule;
const [condition] = conditionsOf(called).map(({ code }) => code);
const members: Rule = { kind: "segment", id: "callers" as SegmentId, at: null } as unknown as Rule;

const definition = campaign("spring", {
  audience: { kind: "all", of: [called, members] },
  policy: "calm" as PolicyId,
  offers: ["card" as OfferId],
});
const kept: Kept = {
  fills: [
    { code: condition as TagCode, version: 1, filled: true, done: 9, total: 9 },
    { code: "tier" as TagCode, version: 1, filled: true, done: 9, total: 9 },
  ],
  stands: () => true,
  policy: standing(policy("calm")) as unknown as PolicyState,
  offers: [standing(offer("card", { tier: "tier" as TagCode })) as unknown as OfferState],
};

test("nothing is waited for once all that the rules look at is in force", () => {
  expect(preparing(definition, kept)).toBeNull();
});

test("a campaign that is run outside waits for nothing", () => {
  const outside = { ...definition, start: { kind: "outside" } as const };
  expect(preparing(outside, { ...kept, fills: [], stands: () => false })).toBeNull();
});

test("each thing missing is named, and what is being worked out is counted", () => {
  const half = { code: condition as TagCode, version: 1, filled: false, done: 4, total: 9 };
  expect(preparing(definition, { ...kept, fills: [half], stands: () => false })).toEqual({
    waitsFor: ["a condition of the audience", "the members of segment callers", "the values of tag tier"],
    ...{ done: 4, total: 9 },
  });
  expect(preparing(definition, { ...kept, policy: null })).toMatchObject({ waitsFor: ["policy calm"] });
});
