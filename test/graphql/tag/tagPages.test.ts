import { describe, expect, test } from "vitest";
import * as facts from "../support/facts.ts";
import { bigSpender, definition, spend30d, tagBank } from "./support/tagBank.ts";

const inGroups = definition({
  code: "payments",
  category: "behaviour/payments/counts",
  description: "How many movements there were.",
});

/** Three customers with 2, 1 and 0 payments; today is 1 June 2026. */
async function bankOfThree() {
  const bank = tagBank();
  await bank.define(spend30d, bigSpender, inGroups);
  await bank.record(
    ...["ada", "bo", "cy"].map(name => facts.registered(name, "2026-01-01")),
    facts.opened("ada", "a1", "2026-01-02"),
    facts.opened("bo", "b1", "2026-01-02"),
    facts.moved("a1", "2026-05-04", "-150.00"),
    facts.moved("a1", "2026-05-20", "-50.00"),
    facts.moved("b1", "2026-05-20", "-50.00"),
  );
  return bank;
}

describe("defining a tag", () => {
  test("drafts, publishes and retires it, by whom and when on record", async () => {
    const bank = tagBank();
    expect(await bank.draftTag(spend30d)).toMatchObject({ outcome: "DRAFTED", version: 1, tag: { status: "DRAFT" } });
    expect(await bank.draftTag(spend30d)).toMatchObject({ outcome: "UNCHANGED", version: 1 });
    expect(await bank.publishTag("spend-30d", 1)).toMatchObject({ outcome: "PUBLISHED", tag: { status: "PUBLISHED" } });
    const retired =
      await bank.query(`mutation { retireTag(code: "spend-30d", reason: "unused", actor: { kind: PERSON, id: "bo" }) {
      ... on TagChanged { outcome position tag { code status } } } }`);
    await bank.engine.drain();
    expect(retired.data.retireTag).toMatchObject({ outcome: "RETIRED", tag: { status: "RETIRED" } });
    const { data } = await bank.query(`{ tag(code: "spend-30d", minPosition: "${retired.data.retireTag.position}") {
      status current { version } draft { version }
      versions { version status drafted { actor { id } } published { at actor { id } event { type } } ended { actor { id } } }
      changes { nodes { type actor { id } data } } } }`);
    expect(data.tag).toMatchObject({
      status: "RETIRED",
      current: null,
      draft: null,
      versions: [
        {
          version: 1,
          status: "ENDED",
          drafted: { actor: { id: "ada" } },
          published: { at: "2026-06-01T00:00:00.000Z", actor: { id: "ada" }, event: { type: "tag-published" } },
          ended: { actor: { id: "bo" } },
        },
      ],
      changes: {
        nodes: [
          { type: "tag-drafted", actor: { id: "ada" } },
          { type: "tag-published", actor: { id: "ada" } },
          { type: "tag-retired", actor: { id: "bo" }, data: { version: 1, reason: "unused" } },
        ],
      },
    });
  });

  test("is refused with every fault and its path", async () => {
    const bank = tagBank();
    const wrong = {
      ...spend30d,
      category: "",
      rule: {
        statistic: {
          measure: { sum: { field: "amuont" } },
          facts: { types: ["transaction-posted"], window: { rolling: "-P1D" } },
        },
      },
    };
    const refused = await bank.draftTag(wrong);
    expect(refused).toMatchObject({ __typename: "TagRefused", reason: "INVALID", code: "spend-30d" });
    expect(refused.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
      "category",
      "rule.statistic.facts.window.rolling",
      "rule.statistic.measure.sum.field",
    ]);
    expect(await bank.publishTag("nothing", 1)).toMatchObject({ reason: "UNKNOWN_TAG" });
    expect((await bank.query("{ tags { totalCount } }")).data.tags.totalCount).toBe(0);
  });

  test("does not end a tag in use: the ones that depend on it are named", async () => {
    const bank = await bankOfThree();
    const { data } =
      await bank.query(`mutation { retireTag(code: "spend-30d", reason: "x", actor: { kind: PERSON, id: "ada" }) {
      ... on TagInUse { code dependents { code version tag { name } } } } }`);
    expect(data.retireTag).toEqual({
      code: "spend-30d",
      dependents: [{ code: "big-spender", version: 1, tag: { name: "big-spender" } }],
    });
  });
});

describe("tag pages", () => {
  test("show the definition as it can be sent back, and as a sentence", async () => {
    const bank = await bankOfThree();
    const { data } = await bank.query(
      `{ tag(code: "spend-30d") { current { definition sentence valueType { kind currency } } } }`,
    );
    const { definition, sentence } = data.tag.current;
    expect(sentence).toMatch(/^Sum of amount .*\.$/i);
    expect(await bank.draftTag(definition)).toMatchObject({ outcome: "UNCHANGED", version: 1 });
  });

  test("are found by words, category, status and kind; categories are counted", async () => {
    const bank = await bankOfThree();
    await bank.draftTag(definition({ code: "idea", category: "ideas" }));
    const { data } = await bank.query(`{
      words: tags(filter: { search: "SPEND 30" }) { totalCount nodes { code } }
      below: tags(filter: { category: "behaviour/payments" }) { nodes { code } }
      drafts: tags(filter: { status: [DRAFT] }) { nodes { code draft { version } } }
      formulas: tags(filter: { kinds: [FORMULA] }) { nodes { code kind } }
      page: tags(first: 1) { totalCount nodes { code } pageInfo { hasNextPage } }
      tagCategories { path name parent own total }
    }`);
    expect(data).toEqual({
      words: { totalCount: 1, nodes: [{ code: "spend-30d" }] },
      below: { nodes: [{ code: "payments" }, { code: "spend-30d" }] },
      drafts: { nodes: [{ code: "idea", draft: { version: 1 } }] },
      formulas: { nodes: [{ code: "big-spender", kind: "FORMULA" }] },
      page: { totalCount: 4, nodes: [{ code: "big-spender" }], pageInfo: { hasNextPage: true } },
      tagCategories: [
        { path: "behaviour", name: "behaviour", parent: null, own: 1, total: 3 },
        { path: "behaviour/payments", name: "payments", parent: "behaviour", own: 1, total: 2 },
        { path: "behaviour/payments/counts", name: "counts", parent: "behaviour/payments", own: 1, total: 1 },
        { path: "ideas", name: "ideas", parent: null, own: 1, total: 1 },
      ],
    });
  });

  test("count coverage and distribution exactly, and say how fresh they are", async () => {
    const bank = await bankOfThree();
    const { data, errors } = await bank.query(`{
      big: tag(code: "big-spender") { spread { covered customers coverage values { value { boolean } customers } stretches { customers } } }
      payments: tag(code: "payments") { fill { version filled done total } freshness { logTime refreshedAsOf }
        spread { covered stretches { from { number } to { number } customers } } }
    }`);
    expect(errors).toBeUndefined();
    expect(data.big.spread).toEqual({
      covered: 3,
      customers: 3,
      coverage: 1,
      values: [
        { value: { boolean: false }, customers: 2 },
        { value: { boolean: true }, customers: 1 },
      ],
      stretches: [],
    });
    expect(data.payments).toMatchObject({
      fill: { version: 1, filled: true, done: 3, total: 3 },
      freshness: { logTime: "2026-06-01T00:00:00.000Z", refreshedAsOf: null },
      spread: { covered: 3 },
    });
    const counted = data.payments.spread.stretches as {
      from: { number: string };
      to: { number: string };
      customers: number;
    }[];
    for (const value of [0, 1, 2])
      expect(counted.find(({ from, to }) => +from.number <= value && value < +to.number)?.customers).toBeGreaterThan(0);
    expect(counted.reduce((sum, { customers }) => sum + customers, 0)).toBe(3);
  });

  test("show lineage as a graph, up to the sources and down to what depends on the tag", async () => {
    const bank = await bankOfThree();
    const { data } = await bank.query(`{ tag(code: "spend-30d") { lineage {
      nodes { id kind label tag { code } factType { type } } edges { from to } } } }`);
    expect(data.tag.lineage).toEqual({
      nodes: [
        { id: "tag:spend-30d", kind: "TAG", label: "Spend, 30 days", tag: { code: "spend-30d" }, factType: null },
        {
          id: "factType:transaction-posted",
          kind: "FACT_TYPE",
          label: "transaction-posted",
          tag: null,
          factType: { type: "transaction-posted" },
        },
        { id: "tag:big-spender", kind: "TAG", label: "big-spender", tag: { code: "big-spender" }, factType: null },
        { id: "source:core", kind: "SOURCE", label: "core", tag: null, factType: null },
      ],
      edges: [
        { from: "factType:transaction-posted", to: "tag:spend-30d" },
        { from: "tag:spend-30d", to: "tag:big-spender" },
        { from: "source:core", to: "factType:transaction-posted" },
      ],
    });
  });

  test("are nodes", async () => {
    const bank = await bankOfThree();
    const { data } = await bank.query(`{ tag(code: "payments") { id } }`);
    const again = await bank.query(
      `{ node(id: "${data.tag.id}") { __typename id ... on Tag { code } } tag(code: "${data.tag.id}") { code } nobody: tag(code: "nobody") { code } }`,
    );
    expect(again.data).toEqual({
      node: { __typename: "Tag", id: data.tag.id, code: "payments" },
      tag: { code: "payments" },
      nobody: null,
    });
  });
});

describe("values set by hand", () => {
  const list = (query: string) => `mutation { ${query} }`;
  test("are assigned at once, or proposed as a list that a second person approves", async () => {
    const bank = await bankOfThree();
    await bank.define(
      definition({ code: "vip", type: { boolean: true }, rule: { manual: true } }),
      definition({ code: "watched", type: { boolean: true }, sensitivity: "restricted", rule: { manual: true } }),
    );
    const assign = (code: string) =>
      bank.query(
        list(`assignTag(input: { code: "${code}", customer: { identity: { system: "core", id: "ada" } }, value: true, actor: { kind: PERSON, id: "ada" } }) {
          __typename ... on TagRefused { reason } }`),
      );
    expect((await assign("vip")).data.assignTag).toEqual({ __typename: "TagAssigned" });
    expect((await assign("watched")).data.assignTag).toEqual({
      __typename: "TagRefused",
      reason: "SECOND_PERSON_NEEDED",
    });
    const proposed = await bank.query(
      list(`proposeTagList(input: { code: "watched", format: CSV, content: "system,id,value\\ncore,bo,true\\ncore,zed,true\\n", note: "audit", actor: { kind: PERSON, id: "ada" } }) {
        ... on TagListProposed { proposalId total report { assigned unmatched { line system id } faults { line } } } }`),
    );
    await bank.engine.drain();
    const { proposalId, ...said } = proposed.data.proposeTagList;
    expect(said).toEqual({
      total: 1,
      report: { assigned: 1, unmatched: [{ line: 3, system: "core", id: "zed" }], faults: [] },
    });
    const shown = await bank.query(`{ tag(code: "watched") { proposals(status: OPEN) { nodes {
      status total note proposer { id } items { nodes { value customer { identities { nodes { id } } } } } } } } }`);
    expect(shown.data.tag.proposals.nodes).toEqual([
      {
        status: "OPEN",
        total: 1,
        note: "audit",
        proposer: { id: "ada" },
        items: { nodes: [{ value: true, customer: { identities: { nodes: [{ id: "bo" }] } } }] },
      },
    ]);
    const approve = (id: string) =>
      bank.query(
        list(`approveTagList(input: { code: "watched", proposalId: "${proposalId}", assignments: 1, note: "ok", actor: { kind: PERSON, id: "${id}" } }) {
          __typename ... on TagListApproved { assigned } }`),
      );
    expect((await approve("ada")).data.approveTagList).toEqual({ __typename: "TagRefused" });
    expect((await approve("bo")).data.approveTagList).toEqual({ __typename: "TagListApproved", assigned: 1 });
    await bank.engine.drain();
    const { data } = await bank.query(`{
      ada: customer(identity: { system: "core", id: "ada" }) { tags(filter: { kinds: [MANUAL] }) { nodes { code value { boolean } } } }
      bo: customer(identity: { system: "core", id: "bo" }) { tag(code: "watched") { value { boolean } } }
    }`);
    expect(data).toEqual({
      ada: {
        tags: {
          nodes: [
            { code: "vip", value: { boolean: true } },
            { code: "watched", value: null },
          ],
        },
      },
      bo: { tag: { value: { boolean: true } } },
    });
  });

  test("and refreshes are refused for tags of other kinds", async () => {
    const bank = await bankOfThree();
    const { data } = await bank.query(
      list(`refreshTag(code: "payments", actor: { kind: PERSON, id: "ada" }) { ... on TagRefused { reason code } }`),
    );
    expect(data.refreshTag).toEqual({ reason: "WRONG_KIND", code: "payments" });
  });
});
