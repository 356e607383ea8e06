import { describe, expect, test } from "vitest";
import type { OutsideSegmentRule } from "../../../src/domain/segment/outside.ts";
import * as facts from "../support/facts.ts";
import { bigSpender, spend30d } from "../tag/support/tagBank.ts";
import { segment, segmentBank } from "./support/segmentBank.ts";

const spenders: OutsideSegmentRule = { tag: { code: "big-spender", equals: true } };
const spent: OutsideSegmentRule = { did: { types: ["transaction-posted"], window: { rolling: "P30D" } } };

/** Of ada, bo, cy and di the first three may be written to or not, and the last two spent 200 and 300 in May. */
async function audienceBank() {
  const bank = segmentBank();
  await bank.define(spend30d, bigSpender);
  await bank.record(
    ...["ada", "bo", "cy", "di"].map(name => facts.registered(name, "2026-01-01")),
    facts.consented("ada", "2026-02-01"),
    facts.consented("cy", "2026-02-01"),
    facts.told("consent-withdrawn", facts.customer("cy"), "2026-03-01", { channel: "email", purpose: "marketing" }),
    facts.opened("cy", "c1", "2026-01-02"),
    facts.opened("di", "d1", "2026-01-02"),
    facts.moved("c1", "2026-05-20", "-200.00"),
    facts.moved("d1", "2026-05-20", "-300.00"),
  );
  return bank;
}

const names = (members: { nodes: { identities: { nodes: { id: string }[] } }[] }) =>
  members.nodes.map(({ identities }) => identities.nodes[0]?.id);

describe("a preview", () => {
  test.each([
    ["over tags that are kept", spenders],
    ["over facts that nothing is kept of", spent],
  ])("counts exactly and names the first, %s", async (_, rule) => {
    const bank = await audienceBank();
    const { preview } = await bank.ask(
      `query ($rule: SegmentRuleInput!) { preview: previewSegment(rule: $rule) { __typename ... on SegmentPreview {
        count customers position at sentence
        members(first: 1) { nodes { identities(first: 1) { nodes { id } } } pageInfo { hasNextPage endCursor } } } } }`,
      { rule },
    );
    expect(preview).toMatchObject({ __typename: "SegmentPreview", count: 2, customers: 4 });
    expect(preview.position).toBe(String(bank.engine.checkpoint()));
    expect(names(preview.members)).toEqual(["cy"]);
    const { next } = await bank.ask(
      `query ($rule: SegmentRuleInput!, $after: Cursor) { next: previewSegment(rule: $rule) { ... on SegmentPreview {
        members(after: $after) { nodes { identities(first: 1) { nodes { id } } } pageInfo { hasNextPage } } } } }`,
      { rule, after: preview.members.pageInfo.endCursor },
    );
    expect(names(next.members)).toEqual(["di"]);
    expect(next.members.pageInfo.hasNextPage).toBe(false);
  });

  test("tells reach, portrait, the best by a tag, and what it has in common with segments", async () => {
    const bank = await audienceBank();
    await bank.stand(segment("spenders", spenders));
    const { preview } = await bank.ask(
      `query ($rule: SegmentRuleInput!) { preview: previewSegment(rule: $rule) { ... on SegmentPreview {
        reach(purpose: "marketing", channels: ["email"]) { channel reachable withdrawn neverGranted count }
        portrait(tags: ["big-spender"]) { tag { code } inside insideMissing everyone
          buckets { value { display } inside everyone index others } }
        top(by: "spend-30d", first: 1) { customer { identities(first: 1) { nodes { id } } } value { display } }
        overlapWith(segments: ["spenders"]) { segment { segmentId } size both } } } }`,
      {
        rule: {
          all: [{ not: { attribute: { of: { registeredAt: true }, type: { date: { zone: "UTC" } }, missing: true } } }],
        },
      },
    );
    expect(preview.reach).toEqual([{ channel: "email", reachable: 1, withdrawn: 1, neverGranted: 2, count: 4 }]);
    expect(preview.portrait).toMatchObject([{ tag: { code: "big-spender" }, inside: 4, everyone: 4 }]);
    expect(preview.portrait[0].buckets).toContainEqual({
      ...{ value: { display: "true" }, inside: 2, everyone: 2, index: 1, others: false },
    });
    expect(preview.top).toEqual([
      { customer: { identities: { nodes: [{ id: "di" }] } }, value: { display: "300.00 CZK" } },
    ]);
    expect(preview.overlapWith).toEqual([{ segment: { segmentId: "spenders" }, size: 2, both: 2 }]);
  });

  test.each<[string, object, string]>([
    ["an unknown tag", { all: [{ tag: { code: "big-spendr", equals: true } }] }, "rule.all[0].tag.code"],
    ["a test that does not fit", { tag: { code: "spend-30d", contains: "x" } }, "rule.tag.contains"],
    ["a segment that is not there", { not: { segment: "nobody" } }, "rule.not.segment"],
    ["too long a list", { tag: { code: "spend-30d", in: Array(10_000).fill("1") } }, "rule.tag.in"],
    ["too deep a rule", nested(200), `rule${".not".repeat(32)}`],
  ])("refuses %s with its path, and never says 0", async (_, rule, path) => {
    const bank = await audienceBank();
    const { preview } = await bank.ask(
      `query ($rule: SegmentRuleInput!) { preview: previewSegment(rule: $rule) { __typename
        ... on SegmentRefused { reason faults { field message } } } }`,
      { rule },
    );
    expect(preview).toMatchObject({ __typename: "SegmentRefused", reason: "INVALID" });
    expect(preview.faults.map(({ field }: { field: string }) => field)).toContain(path);
  });

  test("of segments two by two, and why there is none of one that does not stand", async () => {
    const bank = await audienceBank();
    await bank.stand(
      segment("spenders", spenders),
      segment("everybody", { not: { sample: { salt: "x", buckets: { from: 0, to: 1 } } } }),
    );
    await bank.draftSegment(segment("draft", spenders));
    const text = `query ($ids: [ID!]!) { overlap: segmentOverlap(ids: $ids) { __typename
      ... on SegmentOverlap { segments { segmentId } both } ... on SegmentUnanswered { message } } }`;
    const { overlap } = await bank.ask(text, { ids: ["everybody", "spenders"] });
    expect(overlap.both[1]).toEqual([2, 2]);
    expect((await bank.ask(text, { ids: ["draft"] })).overlap).toMatchObject({ __typename: "SegmentUnknown" });
  });
});

describe("a rehearsal", () => {
  test("tells who would enter and leave, and sizes over time, and changes nothing", async () => {
    const bank = await audienceBank();
    await bank.stand(segment("spenders", spenders));
    await bank.draftSegment(segment("spenders", { tag: { code: "spend-30d", lessThan: "250" } }));
    const { rehearsal, segment: after } = await bank.ask(`{
      rehearsal: rehearseSegment(id: "spenders", version: 2) { __typename ... on SegmentRehearsal {
        sentence stay entrants { count first { identities(first: 1) { nodes { id } } } }
        leavers { count first { identities(first: 1) { nodes { id } } } }
        sizes(at: ["2026-05-25T00:00:00Z", "2026-05-01T00:00:00Z"]) { at live draft } } }
      segment(id: "spenders") { size current { version } }
    }`);
    const first = (...ids: string[]) => ids.map(id => ({ identities: { nodes: [{ id }] } }));
    expect(rehearsal).toMatchObject({
      ...{ stay: 1, entrants: { count: 2, first: first("ada", "bo") }, leavers: { count: 1, first: first("di") } },
      sizes: [
        { at: "2026-05-25T00:00:00.000Z", live: 2, draft: 3 },
        { at: "2026-05-01T00:00:00.000Z", live: 0, draft: 4 },
      ],
    });
    expect(after).toEqual({ size: 2, current: { version: 1 } });
  });

  test("has nothing to compare with before there is a version in force", async () => {
    const bank = await audienceBank();
    await bank.draftSegment(segment("spenders", spenders));
    const { rehearsal } = await bank.ask(
      '{ rehearsal: rehearseSegment(id: "spenders", version: 1) { ... on SegmentRefused { reason segmentId } } }',
    );
    expect(rehearsal).toEqual({ reason: "WRONG_STATUS", segmentId: "spenders" });
  });
});

function nested(depth: number): object {
  let rule: object = spenders;
  for (let level = 0; level < depth; level += 1) rule = { not: rule };
  return rule;
}
