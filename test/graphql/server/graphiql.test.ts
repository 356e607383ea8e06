import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { startQueries } from "../../../src/graphiql/startQueries.ts";
import { startServer } from "./support/startServer.ts";

test("the queries that GraphiQL opens with fit the schema", () => {
  const schema = buildSchema(readFileSync("schema/schema.graphql", "utf8"));
  expect(startQueries.map(({ title, query }) => [title, validate(schema, parse(query))])).toEqual(
    startQueries.map(({ title }) => [title, []]),
  );
});

test("the page is served under a policy that lets nothing from outside in", async () => {
  const graphiqlDir = mkdtempSync(join(tmpdir(), "graphiql-"));
  writeFileSync(join(graphiqlDir, "index.html"), "<!doctype html><title>page</title>");
  writeFileSync(join(graphiqlDir, "page-digest.js"), "1");
  const { url, ask } = await startServer({ graphiqlDir });

  const page = await fetch(`${url}/`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<title>page</title>")]);
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'self'; script-src 'self';/);
  expect(page.headers.get("cache-control")).toBe("no-cache");
  expect((await fetch(`${url}/page-digest.js`)).headers.get("cache-control")).toContain("immutable");
  expect((await fetch(`${url}/../package.json`)).status).toBe(404);
  expect((await ask({ query: "{ echo }" })).status).toBe(200);
});

test("a page that was not built says how to build it", async () => {
  const { url } = await startServer({ graphiqlDir: mkdtempSync(join(tmpdir(), "graphiql-")) });
  const page = await fetch(`${url}/`);
  expect([page.status, await page.text()]).toEqual([404, expect.stringContaining("npm run build")]);
});
