import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { ChannelMessage } from "../../../src/campaigns/channel.ts";
import { retryAfterMs, webhookChannel } from "../../../src/campaigns/channels/webhookChannel.ts";
import { createCourier } from "../../../src/campaigns/createCourier.ts";
import { eventId } from "../../projections/support/facts.ts";
import { decision } from "../support/decisions.ts";
import { settled } from "../support/manualTimers.ts";
import { sendingBank } from "../support/sendingBank.ts";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const status =
  (code: number, headers: Record<string, string> = {}, body = ""): Answer =>
  response =>
    response.writeHead(code, headers).end(body);

/** A receiver on a port of its own that answers as it is told, then with 200. */
async function receiver(...answers: readonly Answer[]) {
  const script = [...answers];
  const requests: { readonly headers: IncomingMessage["headers"]; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    requests.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
    (script.shift() ?? status(200))(response, request);
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, requests };
}

const now = Date.parse("2024-05-01T08:00:00Z");
const message = { decisionId: eventId("d"), content: { subject: "Frühling" } } as unknown as ChannelMessage;
const channelTo = (url: string, secret: string | null = null) =>
  webhookChannel("email", { url, secret, now: () => now });
const patience = (): AbortSignal => new AbortController().signal;
/** Waits for the outside world, turn by turn. */
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await settled();
}

test("posts the message, signed over time and body, under the decision's id", async () => {
  const { url, requests } = await receiver();
  expect(await channelTo(url, "s3cret").deliver(message, patience())).toEqual({ kind: "accepted" });
  const [{ headers, body }] = requests as [(typeof requests)[number]];
  const digest = createHmac("sha256", "s3cret").update(`1714550400.${body}`).digest("hex");
  expect([JSON.parse(body), headers["content-type"], headers["idempotency-key"], headers["c360-signature"]]).toEqual([
    ...[message, "application/json", eventId("d"), `t=1714550400,v1=${digest}`],
  ]);
  await channelTo(url).deliver(message, patience());
  expect(requests[1]?.headers["c360-signature"]).toBeUndefined();
});

test.each([
  [status(204), { kind: "accepted" }],
  [status(400, {}, "no such template"), { kind: "rejected", reason: "400 Bad Request: no such template" }],
  [status(410), { kind: "rejected", reason: "410 Gone" }],
])("an answer that will not change is taken for what it is", async (answer, expected) => {
  const { url } = await receiver(answer);
  expect(await channelTo(url).deliver(message, patience())).toEqual(expected);
});

test.each([
  [status(500, {}, "oops"), { name: "Error", message: "500 Internal Server Error: oops" }],
  [status(301, { location: "http://127.0.0.1:1/" }), { name: "Error", message: "301 Moved Permanently" }],
  [status(408), { name: "Error" }],
  [status(429), { name: "Error" }],
  [status(429, { "retry-after": "7" }), { name: "TryLater", afterMs: 7_000 }],
  [status(503, { "retry-after": "Wed, 01 May 2024 08:02:00 GMT" }), { name: "TryLater", afterMs: 120_000 }],
  [((_, request) => request.socket.destroy()) as Answer, { name: "TypeError" }],
])("an answer that may change is asked for again", async (answer, expected) => {
  const { url } = await receiver(answer);
  await expect(channelTo(url).deliver(message, patience())).rejects.toMatchObject(expected);
});

test("Retry-After is seconds or a date, and nothing else", () => {
  expect(
    ["0", " 12 ", "Wed, 01 May 2024 07:00:00 GMT", "-1", "1.5", "soon", null].map(text => retryAfterMs(text, now)),
  ).toEqual([0, 12_000, 0, null, null, null, null]);
});

test("a receiver that hangs, before or within its answer, is let go of when the signal says so", async () => {
  const { url, requests } = await receiver(
    () => {},
    response => response.writeHead(200).write("so"),
  );
  for (const asked of [1, 2]) {
    const cut = new AbortController();
    const delivery = channelTo(url).deliver(message, cut.signal);
    await until(() => requests.length === asked);
    cut.abort(new Error("too late"));
    await expect(delivery).rejects.toThrow("too late");
  }
});

test("of a body without end only the beginning is read", async () => {
  let closed = false;
  const { url } = await receiver((response, request) => {
    request.socket.on("close", () => {
      closed = true;
    });
    response.writeHead(400);
    const pour = (): void => {
      while (response.write("x".repeat(65_536)));
    };
    response.on("drain", pour);
    pour();
  });
  const delivery = await channelTo(url).deliver(message, patience());
  expect(delivery).toEqual({ kind: "rejected", reason: `400 Bad Request: ${"x".repeat(283)}` });
  await until(() => closed);
});

test("a send that a receiver fails, puts off and then takes is one message, reported once", async () => {
  const { url, requests } = await receiver(status(500), status(429, { "retry-after": "60" }), status(200));
  const bank = sendingBank();
  const courier = createCourier(bank.parts({ email: channelTo(url) }));
  await bank.decide(decision("ada"));
  await bank.goOn(courier);
  const counts = () => courier.counts().channels.email;
  await until(() => counts()?.failedAttempts === 1);
  await bank.clock.advance(500);
  await until(() => counts()?.failedAttempts === 2);
  await bank.clock.advance(59_999);
  expect(requests.length).toBe(2);
  await bank.clock.advance(1);
  await until(() => counts()?.accepted === 1);
  await bank.goOn(courier);
  expect(new Set(requests.map(({ headers }) => headers["idempotency-key"]))).toEqual(
    new Set([eventId("decision ada")]),
  );
  expect((await bank.events("delivery-reported")).map(({ data }) => data.status)).toEqual(["sent"]);
  expect(bank.rows("outbox")).toEqual([]);
});
