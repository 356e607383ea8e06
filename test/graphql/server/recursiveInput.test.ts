import { hash } from "node:crypto";
import { getOperationAST, parse } from "graphql";
import { expect, test } from "vitest";
import { buildGraphQLSchema } from "../../../src/graphql/schema.ts";
import { createCompiledOperations } from "../../../src/graphql/server/compiledOperations.ts";

const schema = buildGraphQLSchema();

/** What a second use of a query is executed with: compiled, or not. */
function compiledAtSecondUse(source: string): boolean {
  const document = parse(source);
  const operation = getOperationAST(document)!;
  const operations = createCompiledOperations(schema, 10);
  const used = { source, sha256: hash("sha256", source), document, operation };
  operations.use(used);
  return operations.use(used) !== null;
}

test("a query that takes a rule is left to graphql-js: compiling it would take seconds", () => {
  const source = "query ($rule: SegmentRuleInput!) { previewSegment(rule: $rule) { __typename } }";
  expect(compiledAtSecondUse(source)).toBe(false);
});

test.each([
  "query ($id: ID!) { segment(id: $id) { size } }",
  "query ($filter: SegmentFilter) { segments(filter: $filter) { nodes { segmentId } } }",
])("other queries with variables are compiled: %s", source => expect(compiledAtSecondUse(source)).toBe(true));
