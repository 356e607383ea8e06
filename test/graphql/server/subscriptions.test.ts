import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Client, createClient } from "graphql-ws";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { createPaper } from "./support/paper.ts";
import { startServer } from "./support/startServer.ts";

type Told = { readonly data?: { readonly lines: { readonly lines: string[]; readonly after: string } } };
const query = "subscription ($after: String) { lines(after: $after) { lines after } }";

function client(url: string, options: { readonly connectionParams?: Record<string, unknown> } = {}): Client {
  const made = createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...options,
  });
  onTestFinished(() => void made.dispose());
  return made;
}

/** What one subscriber was told, as it is told. */
function follow(by: Client, after: string | null = null, text = query) {
  const told: Told[] = [];
  const ended = { how: null as null | "complete" | "error", error: undefined as unknown };
  const stop = by.subscribe<Told["data"]>(
    { query: text, variables: { after } },
    {
      next: message => void told.push(message as Told),
      complete: () => {
        ended.how ??= "complete";
      },
      error: error => {
        ended.how = "error";
        ended.error = error;
      },
    },
  );
  return { told, ended, stop, lines: () => told.flatMap(({ data }) => data!.lines.lines) };
}

async function paperServer(limits: Record<string, number> = {}) {
  const paper = createPaper();
  return { paper, ...(await startServer({ schema: paper.schema, limits })) };
}

test("a subscriber is told what there is and what comes, in pages, and the feed's end", async () => {
  const { paper, url } = await paperServer();
  paper.write(...Array.from({ length: 25 }, (_, at) => `line ${at}`));
  const { told, ended, lines } = follow(client(url));
  await vi.waitUntil(() => told.length === 3);
  expect(told.map(({ data }) => data!.lines.after)).toEqual(["10", "20", "25"]);
  paper.write("one more");
  await vi.waitUntil(() => told.length === 4);
  expect(lines()).toEqual(paper.lines);
  paper.end();
  await vi.waitUntil(() => ended.how !== null);
  expect(ended.how).toBe("complete");
  expect(paper.watchers()).toBe(0);
});

test("whoever resumes after the last place it was told misses nothing and gets nothing twice", async () => {
  const { paper, url } = await paperServer();
  paper.write("a", "b");
  const first = follow(client(url));
  await vi.waitUntil(() => first.told.length === 1);
  first.stop();
  paper.write("c");
  const again = follow(client(url), first.told[0]!.data!.lines.after);
  await vi.waitUntil(() => again.told.length === 1);
  expect([...first.lines(), ...again.lines()]).toEqual(["a", "b", "c"]);
});

test("subscribers at one place share one execution, whatever place they began at", async () => {
  const { paper, url } = await paperServer();
  paper.write("a", "b", "c");
  const all = Array.from({ length: 30 }, (_, at) => follow(client(url), String(at % 3)));
  await vi.waitUntil(() => all.every(({ told }) => told.length === 1));
  const before = paper.reads();
  paper.write("d");
  await vi.waitUntil(() => all.every(({ told }) => told.length === 2));
  expect(paper.reads() - before).toBe(1);
  expect(all.map(({ lines }) => lines().join(""))).toEqual(all.map((_, at) => "abcd".slice(at % 3)));
  expect(paper.watchers()).toBe(1);
});

test("other operations over the same feed are told in their own words", async () => {
  const { paper, url } = await paperServer();
  const plain = follow(client(url));
  const upper = follow(
    client(url),
    null,
    "subscription ($after: String) { lines(after: $after) { lines(upper: true) after } }",
  );
  await vi.waitUntil(() => paper.watchers() === 2);
  paper.write("a");
  await vi.waitUntil(() => plain.told.length + upper.told.length === 2);
  expect([plain.lines(), upper.lines()]).toEqual([["a"], ["A"]]);
});

test.each([
  ["subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ["subscription {", "GRAPHQL_PARSE_FAILED"],
  ["{ head }", "BAD_REQUEST"],
  ["subscription { lines(pageSize: 90000) { after } }", "QUERY_TOO_COMPLEX"],
  ["subscription ($n: Int!) { lines(pageSize: $n) { after } }", "BAD_USER_INPUT"],
  ["subscription { broken { after } }", "INTERNAL"],
])("%s is refused with its code and without secrets", async (text, code) => {
  const { url } = await paperServer();
  const { ended } = follow(client(url), null, text);
  await vi.waitUntil(() => ended.how !== null);
  expect(ended.error).toMatchObject([{ extensions: { code } }]);
  expect(JSON.stringify(ended.error)).not.toContain("secret");
});

test("a feed that fails ends the subscription with an error, and others with the server go on", async () => {
  const { paper, url } = await paperServer();
  const { ended } = follow(client(url));
  await vi.waitUntil(() => paper.watchers() === 1);
  paper.fail(new Error("secret detail"));
  await vi.waitUntil(() => ended.how !== null);
  expect(ended.error).toMatchObject([{ extensions: { code: "INTERNAL" } }]);
  expect(paper.watchers()).toBe(0);
});

test("a socket carries so many subscriptions and no more", async () => {
  const { url } = await paperServer({ subscriptionsPerSocket: 2 });
  const one = client(url);
  const [, , third] = [follow(one), follow(one), follow(one)];
  await vi.waitUntil(() => third!.ended.how !== null);
  expect(third!.ended.error).toMatchObject([{ extensions: { code: "TOO_MANY_SUBSCRIPTIONS" } }]);
});

const opened = async (url: string, headers: Record<string, string> = {}, path = "/graphql") => {
  const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, "graphql-transport-ws", { headers });
  onTestFinished(() => socket.terminate());
  const [response] = await Promise.race([
    once(socket, "open").then(() => [null]),
    once(socket, "unexpected-response").then(([, answer]) => [answer.statusCode as number]),
  ]);
  return { socket, refusedWith: response };
};

test("a page from elsewhere, a wrong name of the server and another path are refused before the upgrade", async () => {
  const { url } = await paperServer();
  expect((await opened(url)).refusedWith).toBeNull();
  expect((await opened(url, { origin: url })).refusedWith).toBeNull();
  expect((await opened(url, { origin: "https://evil.example" })).refusedWith).toBe(403);
  expect((await opened(url, { host: "evil.example" })).refusedWith).toBe(421);
  expect((await opened(url, {}, "/facts")).refusedWith).toBe(404);
});

test("more sockets than allowed are told to come again", async () => {
  const { url } = await paperServer({ sockets: 1 });
  const { socket } = await opened(url);
  expect((await opened(url)).refusedWith).toBe(503);
  socket.close();
  await vi.waitUntil(async () => (await opened(url)).refusedWith === null);
});

test("a socket whose client says nothing is closed with the protocol's code", async () => {
  const { url } = await paperServer({ socketInitMs: 30 });
  const { socket } = await opened(url);
  expect((await once(socket, "close"))[0]).toBe(4408);
});

test("a client that does not answer pings is cut off", async () => {
  const { url } = await paperServer({ socketPingMs: 20 });
  const { socket } = await opened(url);
  const deaf = connect(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void deaf.destroy());
  deaf.write(
    `GET /graphql HTTP/1.1\r\nhost: ${new URL(url).host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n",
  );
  await once(deaf, "data");
  deaf.resume();
  await once(deaf, "close");
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test("a slow consumer is not buffered for: it is told where to resume, and others are not held up", async () => {
  const { paper, url } = await paperServer({ unreadBytes: 64 * 1024, stallMs: 200 });
  const { socket } = await opened(url);
  const frames: { readonly type: string; readonly payload: unknown }[] = [];
  socket.on("message", data => frames.push(JSON.parse(String(data))));
  socket.send('{"type":"connection_init"}');
  await vi.waitUntil(() => frames.length === 1);
  const raw = (socket as unknown as { _socket: Socket })._socket;
  raw.pause();
  socket.send(JSON.stringify({ type: "subscribe", id: "1", payload: { query } }));
  const quick = follow(client(url));
  await vi.waitUntil(() => paper.watchers() === 1);

  const line = "x".repeat(20_000);
  for (let at = 1; at <= 400; at += 1) {
    paper.write(`${at} ${line}`);
    if (at % 20 === 0) await vi.waitUntil(() => quick.lines().length === at);
  }
  const closed = once(socket, "close");
  await vi.waitUntil(() => paper.reads() >= 40);
  raw.resume();
  const [code, reason] = (await closed) as [number, Buffer];
  expect([code, String(reason)]).toEqual([4429, expect.stringContaining("SLOW_CONSUMER")]);
  const pages = frames.filter(({ type }) => type === "next") as unknown as { payload: Told }[];
  const last = pages.at(-1)!.payload.data!.lines.after;
  expect(Number(last)).toBeLessThan(400);
  expect(frames.at(-1)).toMatchObject({
    type: "error",
    payload: [{ extensions: { code: "SLOW_CONSUMER", after: last } }],
  });

  const resumed = follow(client(url), last);
  await vi.waitUntil(() => resumed.lines().length === 400 - Number(last));
  expect([...pages.flatMap(({ payload }) => payload.data!.lines.lines), ...resumed.lines()]).toEqual(paper.lines);
});

test("a client that hangs up leaves nothing behind", async () => {
  const { paper, url } = await paperServer();
  const one = client(url);
  follow(one);
  await vi.waitUntil(() => paper.watchers() === 1);
  one.terminate();
  await vi.waitUntil(() => paper.watchers() === 0);
});

test("closing tells every client to come again", async () => {
  const { url, close } = await paperServer();
  const { socket } = await opened(url);
  const closed = once(socket, "close");
  await close();
  expect((await closed)[0]).toBe(1001);
});

test("a request that offers HTTP/2 in passing is answered as if it had not", async () => {
  const { url } = await paperServer();
  const raw = connect(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void raw.destroy());
  raw.write(
    `GET /health HTTP/1.1\r\nhost: ${new URL(url).host}\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\n\r\n`,
  );
  expect(String((await once(raw, "data"))[0])).toMatch(/^HTTP\/1.1 200 /);
});
