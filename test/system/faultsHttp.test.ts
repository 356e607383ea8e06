import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { behaviourLine } from "./crashSupport/behaviour.ts";
import { type RunningServer, startServer } from "./crashSupport/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "c360-http-"));
let server: RunningServer;
beforeAll(async () => {
  // With little room the collector cannot put its work off: what was held would be an end for want of memory, not a rise.
  server = await startServer(folder, { env: { NODE_OPTIONS: "--max-old-space-size=96" } });
});
afterAll(async () => {
  server.signal("SIGTERM");
  expect(await server.ended).toMatchObject({ status: 0, stderr: "" });
  rmSync(folder, { recursive: true });
});

const mebibyte = 2 ** 20;
const one = "application/cloudevents+json";

async function bodyOf(response: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const part of response) text += part;
  return JSON.parse(text.trim().split("\n").at(-1) as string) as Record<string, unknown>;
}

const onLinux = process.platform === "linux";

/** What the server holds in memory, in bytes. */
const residentBytes = (): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) * 1024;

describe("a body larger than anybody should send", () => {
  test.each([
    ["/facts", one],
    ["/facts", "application/cloudevents-batch+json"],
    ["/graphql", "application/json"],
  ])("announced as 2 GB to %s as %s it is refused with 413 before a byte of it is sent", async (path, type) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: ${type}\r\ncontent-length: ${2 ** 31}\r\n\r\n`,
    );
    const answer = await new Promise<string>(resolve => socket.once("data", part => resolve(part.toString())));
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"BODY_TOO_LARGE"');
    expect(answer).toContain("The ");
    expect(answer).toMatch(/larger than \d+ bytes/);
  });

  test.each([
    ["/facts", one],
    ["/graphql", "application/json"],
  ])("sent without a length to %s as %s it is cut off with 413 once it is too large", async (path, type) => {
    const upload = request(`${server.url}${path}`, { method: "POST", headers: { "content-type": type } });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      upload.once("response", resolve);
      upload.once("error", reject);
    });
    let response: IncomingMessage | null = null;
    answered.then(
      found => (response = found),
      () => undefined,
    );
    upload.write('{"data":"');
    let sent = 0;
    const part = Buffer.alloc(mebibyte, "x");
    while (response === null && sent < 64 * mebibyte) {
      sent += part.length;
      if (!upload.write(part))
        await Promise.race([answered, new Promise<void>(resolve => upload.once("drain", () => resolve()))]);
      await setImmediate();
    }
    const cut = await answered;
    upload.on("error", () => undefined).destroy();
    expect(cut.statusCode).toBe(413);
    expect(JSON.stringify(await bodyOf(cut))).toContain("BODY_TOO_LARGE");
    expect(sent).toBeLessThan(64 * mebibyte);
  });
});

/** Streams one text over and over as NDJSON. @returns the tally and how far the server's memory rose meanwhile. */
async function stream(text: Buffer, times: number) {
  const before = residentBytes();
  let highest = before;
  const upload = request(`${server.url}/facts?summary=true`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    upload.once("response", resolve);
    upload.once("error", reject);
  });
  for (let time = 0; time < times; time += 1) {
    if (!upload.write(text)) await new Promise<void>(resolve => upload.once("drain", () => resolve()));
    highest = Math.max(highest, residentBytes());
  }
  upload.end();
  return { tally: await bodyOf(await answered), rise: highest - before };
}

test.runIf(onLinux)("a stream of facts far larger than any limit goes through in bounded memory", async () => {
  const lines = Array.from({ length: 500 }, (_, n) => `${behaviourLine(`s-${n}`, String(n % 20))}\n`).join("");
  const padded = Buffer.from(lines.replaceAll("\n", `${" ".repeat(2000)}\n`));
  await stream(padded, 4);
  const times = Math.ceil((400 * mebibyte) / padded.length);
  const { tally, rise } = await stream(padded, times);
  expect(tally).toMatchObject({ accepted: 0, duplicate: times * 500, quarantined: 0, complete: true });
  expect(rise).toBeLessThan(250 * mebibyte);
});

test.runIf(onLinux)("a line without an end is skipped in bounded memory, and told", async () => {
  const { tally, rise } = await stream(Buffer.alloc(mebibyte, "x"), 100);
  expect(tally).toMatchObject({ accepted: 0, duplicate: 0, quarantined: 0, tooLong: 1, complete: true });
  expect(rise).toBeLessThan(95 * mebibyte);
});

describe("what is wrong with a request is told by a code", () => {
  const post = async (path: string, contentType: string, body: string) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: "POST",
      headers: { "content-type": contentType, accept: "application/graphql-response+json, application/json" },
      body,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const graphql = (query: string, variables = {}) =>
    post("/graphql", "application/json", JSON.stringify({ query, variables }));

  test("a query that does not parse names the place", async () => {
    expect(await graphql("{ customer(")).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            message: expect.stringContaining("Syntax Error"),
            locations: [{ line: 1, column: 12 }],
            extensions: { code: "GRAPHQL_PARSE_FAILED" },
          },
        ],
      },
    });
  });

  test("a field that does not exist is named", async () => {
    expect(await graphql("{ log { tail } }")).toMatchObject({
      status: 400,
      body: {
        errors: [
          { message: 'Cannot query field "tail" on type "Log".', extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
        ],
      },
    });
  });

  test("a wrong variable is named", async () => {
    expect(
      await graphql("query ($first: Int) { events(first: $first) { nodes { type } } }", { first: "ten" }),
    ).toMatchObject({
      body: { errors: [{ message: expect.stringContaining("$first"), extensions: { code: "BAD_USER_INPUT" } }] },
    });
  });

  test("a body that is not JSON is refused with 400, on every way in", async () => {
    expect(await post("/graphql", "application/json", '{"query":')).toMatchObject({
      status: 400,
      body: { errors: [{ message: expect.stringContaining("not JSON"), extensions: { code: "BAD_REQUEST" } }] },
    });
    expect(await post("/facts", one, '{"id":')).toMatchObject({
      status: 400,
      body: { code: "BAD_REQUEST", message: expect.stringContaining("not JSON"), kept: { kind: "quarantined" } },
    });
  });

  test("a fact that its schema refuses comes back with every field at fault", async () => {
    const fact = { ...JSON.parse(behaviourLine("bad")), data: { properties: 5, pages: 1 } };
    const { status, body } = await post("/facts", one, JSON.stringify(fact));
    expect(status).toBe(422);
    expect((body.faults as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      "data.name",
      "data.pages",
      "data.properties",
    ]);
  });
});
