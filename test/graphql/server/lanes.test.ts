import { execute, getOperationAST, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { createCompiledOperations } from "../../../src/graphql/server/compiledOperations.ts";
import { createFastLane } from "../../../src/graphql/server/fastLane.ts";
import { buildLibrarySchema, createScopes, tunedLibrarySchema } from "./support/library.ts";
import { type Operation, operations } from "./support/operations.ts";
import { startServer } from "./support/startServer.ts";

/** What the untouched schema says under graphql-js, or null where no execution happens. */
async function interpreted({ query, variables, operationName }: Operation) {
  const schema = buildLibrarySchema();
  let document: ReturnType<typeof parse>;
  try {
    document = parse(query);
  } catch {
    return null;
  }
  if (validate(schema, document).length > 0) return null;
  const result = await execute({
    schema,
    document,
    contextValue: createScopes().create(),
    variableValues: variables,
    operationName,
  });
  return JSON.parse(JSON.stringify(result));
}

const bodyOf = ({ query, variables, operationName }: Operation) => ({ query, variables, operationName });

test.each(operations)("the same answer in every lane, for $name", async operation => {
  const expected = await interpreted(operation);
  const plain = await startServer({ fastLane: false });
  const first = await plain.ask(bodyOf(operation)); // graphql-js: not compiled yet
  const compiled = [await plain.ask(bodyOf(operation)), await plain.ask(bodyOf(operation))];
  const fast = await startServer();
  const rounds = [];
  for (let round = 0; round < 4; round += 1) rounds.push(await fast.ask(bodyOf(operation)));

  for (const answer of [...compiled, ...rounds]) expect(answer).toEqual(first);
  for (const { text } of [...compiled, ...rounds]) expect(text).toBe(first.text);
  if (expected !== null) {
    expect(first.json.data).toEqual(expected.data);
    expect(
      first.json.errors?.map(({ path, locations }: { path: unknown; locations: unknown }) => ({ path, locations })),
    ).toEqual(
      expected.errors?.map(({ path, locations }: { path: unknown; locations: unknown }) => ({ path, locations })),
    );
  }
});

test("an ordinary operation enters the fast lane at its third use, anything unusual does not", () => {
  const schema = tunedLibrarySchema();
  const operations = createCompiledOperations(schema, 10);
  const lane = createFastLane(operations, () => null);
  const use = (source: string) => {
    const document = parse(source);
    return operations.use({
      source,
      sha256: `hash of ${source}`,
      document,
      operation: getOperationAST(document, "A")!,
    });
  };
  const query = "query A { echo }";
  expect([use(query), lane({}, { query })]).toEqual([null, null]);
  expect(use(query)).not.toBeNull();
  const persistedQuery = { version: 1, sha256Hash: `hash of ${query}` };
  const enters = (headers: Record<string, string>, body: unknown) => lane(headers, body) !== null;

  expect(enters({}, { query })).toBe(true);
  expect(enters({ accept: "application/json" }, { query, operationName: "A", variables: {} })).toBe(true);
  expect(enters({}, { query, operationName: null, variables: null })).toBe(true);
  expect(enters({}, { extensions: { persistedQuery } })).toBe(true);
  expect(enters({}, { query, extensions: { persistedQuery } })).toBe(true);

  expect(enters({ accept: "text/html" }, { query })).toBe(false);
  expect(enters({}, { query, operationName: "B" })).toBe(false);
  expect(enters({}, { query, variables: [] })).toBe(false);
  expect(enters({}, { query, extensions: { persistedQuery: { ...persistedQuery, sha256Hash: "x" } } })).toBe(false);
  expect(enters({}, { query, extensions: { persistedQuery, tracing: true } })).toBe(false);
  expect(enters({}, { query, other: 1 })).toBe(false);
  expect(enters({}, [{ query }])).toBe(false);
  for (const unsafe of [
    "mutation A { add(amount: 1) }",
    "query A($n: Int!) { filtered(filter: { least: $n }) { id } }",
  ]) {
    expect([use(unsafe), use(unsafe), use(unsafe)]).toEqual([null, null, null]);
    expect(enters({}, { query: unsafe })).toBe(false);
  }
});

test("compiled operations are forgotten, the least recently used first", () => {
  const operations = createCompiledOperations(tunedLibrarySchema(), 2);
  const use = (source: string) => {
    const document = parse(source);
    operations.use({ source, sha256: source, document, operation: getOperationAST(document)! });
  };
  for (const source of ["{ a: echo }", "{ a: echo }", "{ b: echo }", "{ b: echo }", "{ c: echo }", "{ c: echo }"])
    use(source);
  expect(["{ a: echo }", "{ b: echo }", "{ c: echo }"].map(source => operations.bySha256(source) !== null)).toEqual([
    false,
    true,
    true,
  ]);
});
