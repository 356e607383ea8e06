import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createFrameCounter } from "./frameCounter.ts";

/*
 * Many subscribers in one process, each with a bare socket that only counts what it is sent. Told `{ url, subscribers }` it
 * connects them and reports when all follow; with `{ messages }` it reports each time all have been told `messages` more.
 */
export type LoadOrder =
  | { readonly url: string; readonly subscribers: number }
  | { readonly messages: number }
  /** Hangs up, all of them. */
  | { readonly leave: true };

const query = `subscription { segmentChanges(segmentId: "followed") { __typename
  ... on SegmentChanges { token sequence changes { sequence kind customerId cause at } } } }`;
/** The acknowledgement, and the token of now. */
const framesBeforehand = 2;
const atOnce = 200;

let received = 0;
let awaited = Number.POSITIVE_INFINITY;
const tellWhenAll = (): void => {
  if (received < awaited) return;
  awaited = Number.POSITIVE_INFINITY;
  process.send?.({ received });
};

const pong = Buffer.of(0x8a, 0x80, 0, 0, 0, 0);

const sockets = new Set<Socket>();

function subscribe(url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname);
    sockets.add(socket);
    let frames = 0;
    const count = createFrameCounter(
      () => {
        frames += 1;
        if (frames === 1) socket.write(masked(JSON.stringify({ id: "1", type: "subscribe", payload: { query } })));
        else if (frames === framesBeforehand) resolve();
        else {
          received += 1;
          tellWhenAll();
        }
      },
      () => socket.write(pong),
    );
    socket.once("error", reject);
    socket.once("data", (answer: Buffer) => {
      const end = answer.indexOf("\r\n\r\n");
      if (!answer.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101")) || end === -1)
        return reject(new Error(`no upgrade: ${answer}`));
      socket.on("data", count);
      socket.write(masked('{"type":"connection_init"}'));
    });
    socket.write(
      `GET /graphql HTTP/1.1\r\nhost: ${url.host}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n` +
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n",
    );
  });
}

/** One text frame with a mask of zeros. */
function masked(text: string): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.of(0x81, 0x80 | body.length)
      : Buffer.of(0x81, 0xfe, body.length >> 8, body.length & 0xff);
  return Buffer.concat([head, Buffer.alloc(4), body]);
}

process.on("disconnect", () => process.exit());
process.on("message", async (order: LoadOrder) => {
  if ("messages" in order) {
    awaited = received + order.messages;
    process.send?.("counting");
    return;
  }
  if ("leave" in order) {
    const gone = [...sockets].map(socket => once(socket.destroy(), "close"));
    sockets.clear();
    await Promise.all(gone);
    process.send?.("left");
    return;
  }
  const url = new URL(order.url);
  for (let made = 0; made < order.subscribers; made += atOnce)
    await Promise.all(Array.from({ length: Math.min(atOnce, order.subscribers - made) }, () => subscribe(url)));
  process.send?.("following");
});
