import { createHash } from "node:crypto";
import { request } from "node:http";
import { expect, test } from "vitest";
import { startServer } from "./support/startServer.ts";

const book = { query: '{ book(id: "b1") { title } }' };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const errorsOf = ({ json }: { json: { errors?: { message: string; extensions: { code: string } }[] } }) =>
  json.errors?.map(({ extensions }) => extensions.code);

test("every answer that read something tells the position it reflects, in every lane", async () => {
  const { ask } = await startServer();
  for (let round = 0; round < 4; round += 1)
    expect((await ask(book)).json).toEqual({
      data: { book: { title: 'Book "1" – 书' } },
      extensions: { position: "42" },
    });
  expect((await ask({ query: "{ echo }" })).json).toEqual({ data: { echo: "[null,null]" } });
});

test("each execution has a context of its own, released exactly once", async () => {
  const { ask, scopes } = await startServer();
  for (let round = 0; round < 4; round += 1) await ask(book);
  await ask({ query: "{ nope }" });
  for (let round = 0; round < 4; round += 1) await ask({ query: '{ book(id: "b1") { broken } }' });
  expect(scopes.made.length).toBeGreaterThanOrEqual(9);
  expect(scopes.made.map(({ released }) => released)).toEqual(scopes.made.map(() => 1));
});

test("an answer that takes too long is an error with a code, and its context is released", async () => {
  const { ask, scopes } = await startServer({ limits: { requestMs: 50 } });
  for (let round = 0; round < 3; round += 1) {
    const answer = await ask({ query: "{ never }" });
    expect([answer.status, errorsOf(answer)]).toEqual([504, ["TIMEOUT"]]);
  }
  expect(scopes.made.map(({ released }) => released)).toEqual([1, 1, 1]);
});

test("an exception leaves without its message, in every lane", async () => {
  const { ask } = await startServer();
  for (let round = 0; round < 4; round += 1) {
    const { text, json } = await ask({ query: '{ book(id: "b1") { broken } }' });
    expect(text).not.toContain("secret");
    expect(errorsOf({ json })).toEqual(["INTERNAL"]);
  }
});

test("a persisted query is asked for by its hash once it was sent in full", async () => {
  const { ask } = await startServer();
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(book.query) } };
  expect(errorsOf(await ask({ extensions }))).toEqual(["PERSISTED_QUERY_NOT_FOUND"]);
  const { text } = await ask({ ...book, extensions });
  for (let round = 0; round < 4; round += 1) expect((await ask({ extensions })).text).toBe(text);
  const wrong = { persistedQuery: { version: 1, sha256Hash: sha256("other") } };
  expect((await ask({ ...book, extensions: wrong })).json.errors[0].message).toBe("provided sha does not match query");
});

test("a query may be sent by GET, with a header that a foreign page cannot send; a mutation may not", async () => {
  const { url } = await startServer();
  const get = (query: string, headers: Record<string, string>) =>
    fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers });
  const json = { "content-type": "application/json" };
  expect(await (await get(book.query, json)).json()).toMatchObject({
    data: { book: {} },
    extensions: { position: "42" },
  });
  expect((await get(book.query, {})).status).toBe(400);
  const mutation = await get("mutation { add(amount: 1) }", json);
  expect([mutation.status, mutation.headers.get("allow")]).toEqual([405, "POST"]);
});

test("a body that is not JSON, not labelled as JSON, or packed is refused with a clear message", async () => {
  const { ask } = await startServer();
  const cut = await ask('{"query": "{ echo }"');
  expect([cut.status, cut.json.errors[0].message]).toEqual([400, expect.stringContaining("not JSON")]);
  const text = await ask(book, { "content-type": "text/plain" });
  expect([text.status, errorsOf(text)]).toEqual([415, ["UNSUPPORTED_MEDIA_TYPE"]]);
  expect((await ask(book, { "content-encoding": "gzip" })).status).toBe(415);
  expect((await ask([book])).status).toBe(400);
});

test("a body beyond the limit is refused before it is read, also when its length is not told", async () => {
  const { url } = await startServer({ limits: { bodyBytes: 1000 } });
  const told = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "x".repeat(1001),
  });
  expect([told.status, ((await told.json()) as { errors: unknown[] }).errors]).toMatchObject([
    413,
    [{ extensions: { code: "BODY_TOO_LARGE" } }],
  ]);
  const untold = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: new Blob(["x".repeat(600), "x".repeat(600)]).stream(),
    duplex: "half",
  } as RequestInit);
  expect(untold.status).toBe(413);
});

test("a body that stops arriving is given up", async () => {
  const { url } = await startServer({ limits: { bodyMs: 50 } });
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" } });
    sent.on("response", response => {
      resolve(response.statusCode);
      sent.destroy();
    });
    sent.on("error", reject);
    sent.write('{"query":');
  });
  expect(status).toBe(408);
});

test.each([
  [
    "too many tokens",
    { tokens: 20 },
    "{ a: echo b: echo c: echo d: echo e: echo f: echo g: echo }",
    "GRAPHQL_PARSE_FAILED",
  ],
  ["too deep", { depth: 2 }, '{ book(id: "b1") { author { name } } }', "QUERY_TOO_COMPLEX"],
  [
    "too deep through fragments",
    { depth: 2 },
    '{ book(id: "b1") { ...A } } fragment A on Book { author { name } }',
    "QUERY_TOO_COMPLEX",
  ],
  ["too many aliases", { aliases: 1 }, "{ a: echo b: echo }", "QUERY_TOO_COMPLEX"],
  ["too many fields", { fields: 50 }, "{ books(first: 20) { id title pages } }", "QUERY_TOO_COMPLEX"],
])("an operation is refused that is %s", async (_name, limits, query, code) => {
  const { ask } = await startServer({ limits });
  for (let round = 0; round < 4; round += 1) expect(errorsOf(await ask({ query }))?.slice(0, 1)).toEqual([code]);
});

test("the size of an operation is looked at again when its variables change", async () => {
  const { ask } = await startServer({ limits: { fields: 50 } });
  const query = "query ($n: Int) { books(first: $n) { id title } }";
  for (let round = 0; round < 4; round += 1)
    expect((await ask({ query, variables: { n: 2 } })).json.data.books).toHaveLength(2);
  expect(errorsOf(await ask({ query, variables: { n: 25 } }))).toEqual(["QUERY_TOO_COMPLEX"]);
  expect((await ask({ query, variables: { n: 2 } })).json.data.books).toHaveLength(2);
});

test("in production the schema is not told, neither by introspection nor by suggestions", async () => {
  const { ask } = await startServer({ production: true });
  expect(errorsOf(await ask({ query: "{ __schema { queryType { name } } }" }))).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  expect((await ask({ query: "{ boks { id } }" })).text).not.toContain("books");
});

test("a request addressed to a foreign name is refused, because that name may point here", async () => {
  const { url } = await startServer({ allowedAuthorities: ["c360.bank.example"] });
  const statusFor = (host: string) =>
    new Promise((resolve, reject) => {
      request(`${url}/health`, { headers: { host } }, response => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
  const hosts = [
    "localhost:4000",
    "127.0.0.1",
    "[::1]:4000",
    "c360.bank.example",
    "evil.example",
    "127.0.0.1.evil.example",
  ];
  expect(await Promise.all(hosts.map(statusFor))).toEqual([200, 200, 200, 200, 421, 421]);
});

test("health tells that the process lives, readiness what is reflected and why not", async () => {
  let ready = true;
  const { url } = await startServer({
    readiness: async () => ({ ready, position: "40", head: "42", lag: 2, ...(ready ? {} : { reason: "rebuilding" }) }),
  });
  const ask = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return [response.status, await response.json()];
  };
  expect(await ask("/health")).toEqual([200, { status: "live" }]);
  expect(await ask("/ready")).toEqual([200, { ready: true, position: "40", head: "42", lag: 2 }]);
  ready = false;
  expect(await ask("/ready")).toMatchObject([503, { ready: false, reason: "rebuilding" }]);
});
