import { describe, expect, test } from "vitest";
import * as facts from "../support/facts.ts";
import { bigSpender, spend30d } from "../tag/support/tagBank.ts";
import { segment, segmentBank } from "./support/segmentBank.ts";

const customer = (name: string) => `customer(identity: { system: "core", id: "${name}" })`;
const spenders = segment("spenders", { tag: { code: "big-spender", equals: true } });
const quiet = segment("quiet", { not: { did: { types: ["transaction-posted"], window: { rolling: "P30D" } } } });

/** Today is 1 June 2026: ada spent 200 in May (150 of it leaves the window on 3 June), bo nothing, cy a little. */
async function spendingBank() {
  const bank = segmentBank();
  await bank.define(spend30d, bigSpender);
  await bank.record(
    ...["ada", "bo", "cy"].map(name => facts.registered(name, "2026-01-01")),
    facts.opened("ada", "a1", "2026-01-02"),
    facts.opened("cy", "c1", "2026-01-02"),
    facts.moved("a1", "2026-05-04", "-150.00"),
    facts.moved("a1", "2026-05-20", "-50.00"),
    facts.moved("c1", "2026-05-20", "-10.00"),
  );
  return bank;
}

const idsOf = (connection: { nodes: { identities: { nodes: { id: string }[] } }[] }) =>
  connection.nodes.map(({ identities }) => identities.nodes[0]?.id);
const ids = "nodes { identities(first: 1) { nodes { id } } }";

describe("a segment", () => {
  test("is drafted, published and stands with its members; the same draft again changes nothing", async () => {
    const bank = await spendingBank();
    expect(await bank.draftSegment(spenders)).toMatchObject({
      __typename: "SegmentChanged",
      outcome: "DRAFTED",
      version: 1,
      segment: { segmentId: "spenders", status: "DRAFT" },
    });
    expect(await bank.draftSegment(spenders)).toMatchObject({ outcome: "UNCHANGED", version: 1 });
    const { segment: drafted } = await bank.ask(
      '{ segment(id: "spenders") { status size standing { size } current { version } draft { version status } members { pageInfo { hasNextPage } } } }',
    );
    expect(drafted).toEqual({
      ...{ status: "DRAFT", size: null, standing: null, current: null, members: null },
      draft: { version: 1, status: "DRAFT" },
    });
    expect(await bank.publishSegment("spenders", 1)).toMatchObject({ outcome: "PUBLISHED", version: 1 });
    const { segment: standing } = await bank.ask(`{ segment(id: "spenders") {
      status size sentence rule undetermined { message } standing { version size sequence position }
      current { version status sentence definition published { actor { id } event { type } } }
      members { ${ids} pageInfo { hasNextPage } } } }`);
    expect(standing).toMatchObject({
      ...{ status: "PUBLISHED", size: 1, sentence: "big-spender is true.", rule: spenders.rule, undetermined: null },
      standing: { version: 1, size: 1, sequence: 0, position: String(bank.engine.checkpoint()) },
      current: {
        ...{ version: 1, status: "IN_FORCE", definition: spenders },
        published: { actor: { id: "ada" }, event: { type: "segment-published" } },
      },
    });
    expect(idsOf(standing.members)).toEqual(["ada"]);
  });

  test("is found by words and status, by its global id, and as a node", async () => {
    const bank = await spendingBank();
    await bank.stand(spenders);
    await bank.draftSegment(quiet);
    const { all, drafts, words } = await bank.ask(`{
      all: segments { totalCount nodes { id segmentId } }
      drafts: segments(filter: { status: [DRAFT] }) { nodes { segmentId } }
      words: segments(filter: { search: "THE spend" }) { nodes { segmentId } }
    }`);
    expect(all.nodes.map((node: { segmentId: string }) => node.segmentId)).toEqual(["quiet", "spenders"]);
    expect([drafts.nodes, words.nodes]).toEqual([[{ segmentId: "quiet" }], [{ segmentId: "spenders" }]]);
    const { node, segment } = await bank.ask(
      "query ($id: ID!) { node(id: $id) { __typename id } segment(id: $id) { segmentId } }",
      { id: all.nodes[1].id },
    );
    expect([node, segment]).toEqual([{ __typename: "Segment", id: all.nodes[1].id }, { segmentId: "spenders" }]);
  });

  test("is not archived while another is made of it, and no longer stands once it is", async () => {
    const bank = await spendingBank();
    await bank.stand(spenders, segment("others", { not: { segment: "spenders" } }));
    expect(await bank.archiveSegment("spenders", "unused")).toMatchObject({
      __typename: "SegmentInUse",
      segmentId: "spenders",
      dependents: [{ segmentId: "others", version: 1, segment: { name: "The others" } }],
    });
    expect(await bank.archiveSegment("others", "unused")).toMatchObject({ outcome: "ARCHIVED" });
    expect(await bank.archiveSegment("spenders", "unused")).toMatchObject({ outcome: "ARCHIVED" });
    const { segment: archived } = await bank.ask(
      '{ segment(id: "spenders") { status size versions { version status } members { pageInfo { hasNextPage } } } }',
    );
    expect(archived).toEqual({
      ...{ status: "ARCHIVED", size: null, members: null },
      versions: [{ version: 1, status: "ENDED" }],
    });
  });

  test("tells what it is worked out from, and tags tell which segments ask for them", async () => {
    const bank = await spendingBank();
    await bank.stand(spenders, segment("others", { not: { segment: "spenders" } }));
    const { segment: asked, tag } = await bank.ask(`{
      segment(id: "spenders") { lineage { nodes { id kind } edges { from to } } }
      tag(code: "big-spender") { segments { segmentId } }
    }`);
    expect(asked.lineage.edges).toEqual([
      { from: "factType:transaction-posted", to: "tag:spend-30d" },
      { from: "tag:spend-30d", to: "tag:big-spender" },
      { from: "tag:big-spender", to: "segment:spenders" },
      { from: "segment:spenders", to: "segment:others" },
    ]);
    expect(asked.lineage.nodes.map(({ id }: { id: string }) => id).sort()).toEqual([
      "factType:transaction-posted",
      "segment:others",
      "segment:spenders",
      "tag:big-spender",
      "tag:spend-30d",
    ]);
    expect(tag.segments).toEqual([{ segmentId: "spenders" }]);
  });

  test("has members and sizes at any past instant, and as they were known", async () => {
    const bank = await spendingBank();
    await bank.stand(quiet);
    const known = bank.engine.checkpoint();
    await bank.record(facts.moved("c1", "2026-04-10", "-1.00"));
    const { segment: asked } = await bank.ask(
      `query ($known: Position!) { segment(id: "quiet") {
        then: members(asOf: "2026-04-30T00:00:00Z") { ${ids} }
        knownThen: members(asOf: "2026-04-30T00:00:00Z", knownPosition: $known) { ${ids} }
        now: members { ${ids} }
        sizes(at: ["2026-05-05T00:00:00Z", "2026-04-30T00:00:00Z"]) { at size }
      } }`,
      { known: String(known) },
    );
    expect(idsOf(asked.then)).toEqual(["ada", "bo"]);
    expect(idsOf(asked.knownThen)).toEqual(["ada", "bo", "cy"]);
    expect(idsOf(asked.now)).toEqual(["bo"]);
    expect(asked.sizes).toEqual([
      { at: "2026-05-05T00:00:00.000Z", size: 1 },
      { at: "2026-04-30T00:00:00.000Z", size: 2 },
    ]);
  });

  test("of which no version was in force has no members then, which is an error and not an empty list", async () => {
    const bank = await spendingBank();
    await bank.draftSegment(spenders);
    const { data, errors } = await bank.query(
      '{ segment(id: "spenders") { members(asOf: "2026-05-01T00:00:00Z") { pageInfo { hasNextPage } } } }',
    );
    expect(data.segment.members).toBeNull();
    expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", extensions: { argument: "asOf" } }]);
  });

  test("tells size, entries and exits day by day, quiet days too", async () => {
    let now = Date.UTC(2026, 4, 30, 10);
    const bank = segmentBank({}, undefined, () => now);
    await bank.define(spend30d, bigSpender);
    await bank.record(facts.registered("ada", "2026-01-01"), facts.opened("ada", "a1", "2026-01-02"));
    await bank.stand(spenders);
    now = Date.UTC(2026, 4, 31, 10);
    await bank.record(facts.moved("a1", "2026-05-31", "-200.00"));
    now = Date.UTC(2026, 5, 2, 10);
    await bank.record(facts.registered("bo", "2026-05-31"));
    const { segment: asked } = await bank.ask(
      '{ segment(id: "spenders") { days(from: "2026-05-01") { day entered exited size } } }',
    );
    expect(asked.days).toEqual([
      { day: "2026-05-30", entered: 0, exited: 0, size: 0 },
      { day: "2026-05-31", entered: 1, exited: 0, size: 1 },
      { day: "2026-06-01", entered: 0, exited: 0, size: 1 },
      { day: "2026-06-02", entered: 0, exited: 0, size: 1 },
    ]);
  });
});

describe("a customer's segments", () => {
  test("are those it belongs to, since when, and how it came and went", async () => {
    const bank = await spendingBank();
    await bank.stand(spenders, quiet);
    const spent = facts.moved("c1", "2026-05-29", "-500.00");
    await bank.record(spent);
    await bank.record(facts.reversed(spent, "c1", "2026-05-30"));
    await bank.record(facts.moved("c1", "2026-05-31", "-600.00"));
    const { cy, ada } = await bank.ask(`{
      cy: ${customer("cy")} {
        segments { totalCount nodes { segmentId state member since version } }
        segment(id: "quiet") { state member since }
        segmentChanges(first: 2) { nodes { segmentId kind cause sequence corrected } pageInfo { hasNextPage endCursor } }
      }
      ada: ${customer("ada")} { segment(id: "spenders") { state since } }
    }`);
    expect(cy.segments).toMatchObject({
      totalCount: 1,
      nodes: [{ segmentId: "spenders", state: "MEMBER", member: true, since: "2026-06-01T00:00:00.000Z", version: 1 }],
    });
    expect(cy.segment).toEqual({ state: "NOT_MEMBER", member: false, since: null });
    expect(cy.segmentChanges.nodes).toEqual([
      { segmentId: "spenders", kind: "ENTERED", cause: "FACT", sequence: 3, corrected: false },
      { segmentId: "spenders", kind: "EXITED", cause: "FACT", sequence: 2, corrected: true },
    ]);
    const { more } = await bank.ask(
      `query ($after: Cursor) { more: ${customer("cy")} { segmentChanges(after: $after, segment: "spenders") { nodes { sequence } } } }`,
      { after: null },
    );
    expect(more.segmentChanges.nodes).toEqual([{ sequence: 3 }, { sequence: 2 }, { sequence: 1 }]);
    // With whom the segment began.
    expect(ada.segment).toEqual({ state: "MEMBER", since: null });
  });

  test("are explained down to the facts, of members and others, with the next change", async () => {
    const bank = await spendingBank();
    await bank.stand(
      segment("both", {
        all: [spenders.rule, { did: { types: ["transaction-posted"], times: 2, window: { rolling: "P30D" } } }],
      }),
    );
    const explain = `state explain { truth nextChange nodes { index parent depth path kind sentence truth nextChange problem
      inputs { code value { boolean } } evidence { totalCount nodes { type } } } }`;
    const { ada, bo } = await bank.ask(`{
      ada: ${customer("ada")} { segment(id: "both") { ${explain} } }
      bo: ${customer("bo")} { segment(id: "both") { ${explain} } }
    }`);
    expect(ada.segment.state).toBe("MEMBER");
    expect(ada.segment.explain).toMatchObject({
      truth: true,
      nextChange: "2026-06-03T12:00:00.000Z",
      nodes: [
        { index: 0, parent: null, depth: 0, path: "rule", kind: "all", truth: true, evidence: { totalCount: 0 } },
        {
          ...{ index: 1, parent: 0, depth: 1, path: "rule.all[0]", kind: "value", sentence: "big-spender is true" },
          ...{
            truth: true,
            inputs: [{ code: "spend-30d" }, { code: "big-spender", value: { boolean: true } }],
            problem: null,
          },
        },
        { index: 2, parent: 0, depth: 1, path: "rule.all[1]", kind: "did", truth: true, evidence: { totalCount: 2 } },
      ],
    });
    expect(bo.segment).toMatchObject({
      state: "NOT_MEMBER",
      explain: { truth: false, nextChange: null, nodes: [{ truth: false }, { truth: false }, { truth: false }] },
    });
  });

  test("of another instant, and by a draft, are worked out from the facts", async () => {
    const bank = await spendingBank();
    await bank.stand(spenders, quiet);
    await bank.draftSegment({ ...spenders, rule: { not: spenders.rule } });
    const { past, draft, then } = await bank.ask(`{
      past: ${customer("ada")} { segments(at: "2026-05-03T00:00:00Z") { nodes { segmentId } } }
      draft: ${customer("ada")} { segment(id: "spenders", version: 2) { state version definition { status } } }
      then: customer(identity: { system: "core", id: "ada" }, asOf: "2026-06-03T12:00:00Z") { segments { totalCount } }
    }`);
    expect(past.segments.nodes).toEqual([{ segmentId: "quiet" }]);
    expect(draft.segment).toEqual({ state: "NOT_MEMBER", version: 2, definition: { status: "DRAFT" } });
    expect(then.segments.totalCount).toBe(0);
  });

  test("say so where nothing is in force, and that there is no such segment", async () => {
    const bank = await spendingBank();
    await bank.draftSegment(spenders);
    const { data } = await bank.query(
      `{ ${customer("ada")} { segment(id: "spenders") { state member explain { truth } } } }`,
    );
    expect(data.customer.segment).toEqual({ state: "NOT_IN_FORCE", member: null, explain: null });
    const { errors } = await bank.query(`{ ${customer("ada")} { segment(id: "spender") { state } } }`);
    expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", extensions: { argument: "id" } }]);
  });
});
