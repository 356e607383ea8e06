import { type ExecutionResult, execute, parse, validate } from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { beforeAll, expect, test } from "vitest";
import { createRequestContext } from "../../src/graphql/context.ts";
import { segment, segmentBank } from "./segment/support/segmentBank.ts";
import * as facts from "./support/facts.ts";
import { schema } from "./support/testBank.ts";
import { bigSpender, spend30d } from "./tag/support/tagBank.ts";

let bank: ReturnType<typeof segmentBank>;
beforeAll(async () => {
  bank = segmentBank();
  await bank.define(spend30d, bigSpender);
  const coffee = facts.moved("a1", "2024-02-02", "-12.30");
  await bank.record(
    ...["ada", "bo"].map(name => facts.registered(name, "2024-01-01", { firstName: name })),
    facts.opened("ada", "a1", "2024-01-02"),
    facts.moved("a1", "2024-02-01", "100.00"),
    coffee,
    facts.reversed(coffee, "a1", "2024-02-03"),
    facts.related("ada", "spouse", { customer: { system: "core", id: "bo" } }, "2024-01-03"),
    facts.related("bo", "disponent", { account: { system: "core", id: "a1" } }, "2024-01-03"),
    facts.consented("ada", "2024-01-04"),
    { ...facts.registered("cy", "2024-01-01"), occurredAt: "yesterday" },
  );
  const spent = { did: { types: ["transaction-posted"] } };
  await bank.stand(segment("movers", spent), segment("others", { not: { segment: "movers" } }));
  await bank.draftSegment(segment("movers", { not: spent }));
});

const account = "QWNjb3VudDpjb3JlL2Ex";
const queries = [
  `{ customer(identity: { system: "core", id: "ada" }) {
    id customerId registeredAt degraded degradation { error }
    attributes { totalCount nodes { name value provenance { source event { hash } } } }
    accounts { edges { cursor node { ref status balance { money { amount currency } asOf }
      transactions(order: NEWEST_FIRST) { nodes { amount { amount } reversed details { direction } } }
      balanceHistory(last: 2) { edges { cursor node { kind balance { money { amount } } } } pageInfo { startCursor } }
      parties { nodes { kind customer { customerId } } } } } }
    relationships { nodes { direction kind customer { id relationships { nodes { account { ref } } } } } }
    consents { nodes { channel status } }
    timeline(first: 3) { nodes { type event { data } } pageInfo { hasNextPage endCursor } }
  } }`,
  `{ node(id: "${account}") { __typename id ... on Account { ref } ... on Customer { customerId } } }`,
  `{ customers(first: 2) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage } } log { head position } }`,
  `{ events(filter: { types: ["transaction-reversed"] }) { nodes { corrects { type } actor { kind } } } }`,
  `{ quarantine { nodes { __typename status form raw faults { field } } } factTypes(first: 1) { nodes { type } } }`,
  `{ customers { nodes { tags { totalCount nodes { code state version validUntil value { kind display money { amount } boolean } tag { name status } } } } } }`,
  `{ customer(identity: { system: "core", id: "ada" }) { tag(code: "big-spender", at: "2024-02-20T00:00:00Z") {
    state value { display } definition { sentence definition status } explain { arithmetic details nextChange related { value { display } }
      inputs { code explain { evidence { totalCount edges { cursor node { type } } } } } }
    history(from: "2024-01-01T00:00:00Z") { continuesAt steps { from until value { boolean } } } } } }`,
  `{ customer(identity: { system: "core", id: "ada" }, asOf: "2024-02-01T13:00:00Z", knownPosition: "9") {
    customerId accounts { nodes { ref balance { money { amount } } holder { customerId } parties { nodes { kind } }
      transactions { nodes { amount { amount } reversed } } balanceHistory { nodes { balance { money { amount } } } } } }
    relationships { nodes { direction kind customer { customerId } account { ref } } } timeline { nodes { type } } } }`,
  `{ tags(filter: { search: "spend" }) { totalCount nodes { id code kind status valueType { kind currency } fill { done } spread { covered values { customers } }
    freshness { logTime } lineage { nodes { id kind tag { code } factType { type } } edges { from to } } changes { nodes { type } } } }
    tagCategories { path total } events { nodes { type restatement { stretches { code } } } } }`,
  `{ segments(filter: { status: [PUBLISHED] }) { totalCount nodes { id segmentId size standing { sequence } rule sentence draft { status }
    members { edges { cursor node { customerId } } pageInfo { hasNextPage } } lineage { nodes { id kind segment { name } } edges { from to } }
    sizes(at: ["2024-02-01T13:00:00Z"]) { size } definitionEvents { nodes { type } }
    preview { __typename ... on SegmentPreview { count portrait(tags: ["big-spender"]) { buckets { value { display } inside } } } } } } }`,
  `{ customer(identity: { system: "core", id: "ada" }) { segments { nodes { segmentId state since } } segmentChanges { nodes { kind } }
    segment(id: "others") { state explain { truth nextChange nodes { path truth inputs { code } evidence { totalCount } } } } } }`,
  `{ overlap: segmentOverlap(ids: ["movers", "others"]) { __typename ... on SegmentOverlap { both } ... on SegmentUnanswered { message } }
    rehearsal: rehearseSegment(id: "movers", version: 2) { ... on SegmentRehearsal { stay leavers { count first { customerId } } } } }`,
  `{ customers(first: 101) { nodes { id } } }`,
  `{ customer(id: "rubbish") { id } log { head } }`,
];

test.each(queries)("compiled and interpreted, the answer is the same: %s", async source => {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const compiled = compileQuery(schema, document);
  if (!isCompiledQuery(compiled)) throw new Error("does not compile");
  const answer = async (run: (context: object) => ExecutionResult | Promise<ExecutionResult>) => {
    const context = createRequestContext(bank.backend);
    const result = JSON.parse(JSON.stringify(await run(context)));
    context.release();
    return result;
  };
  const byCompiled = await answer(context => compiled.query({}, context, {}) as Promise<ExecutionResult>);
  expect(byCompiled).toEqual(
    await answer(contextValue => execute({ schema, document, contextValue }) as ExecutionResult),
  );
});
