import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pino from "pino";
import WebSocket from "ws";
import type { Product } from "../../src/compose.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { serve } from "../../src/serve.ts";
import { benchConfig } from "../importBank.ts";
import { paymentsOf, warmUp } from "../payments.ts";
import { publishTags } from "../tags/publishTags.ts";

export type HeardFigure = {
  readonly factsPerSecond: number;
  readonly changes: number;
  /** From handing a fact to the door until a subscriber over WebSocket has the change that it brought about; milliseconds. */
  readonly p50: number;
  readonly p99: number;
};

const actor = { kind: "service", id: "bench" } as const;
/** Whoever paid within the last tenth of a second: each payment lets its customer in, and the clock out again. */
const segment = {
  ...{ id: "paid-just-now", name: "Paid just now", owner: "bench", description: "For the bench." },
  rule: { did: { types: ["transaction-posted"], window: { rolling: "PT0.1S" } } },
};

/** The product as it is served, with 200 tags, at a steady rate of payments that each move a segment. */
export async function benchHeardChanges(
  folder: string,
  customers: number,
  rate: number,
  seconds: number,
): Promise<HeardFigure> {
  const home = mkdtempSync(join(folder, "heard-"));
  const { product, url, close } = await serve(benchConfig(home), pino({ level: "silent" }));
  const { intake } = product.backend;
  try {
    for (const facts of generateBank({ customers, seed: 9 }))
      await intake.submit({ format: "facts", facts }, { source: "bench" });
    await publishTags(product);
    await stand(product);
    const sentAt = new Map<number, number>();
    let times: number[] = [];
    const socket = await follow(url, (position, cause) => {
      const sent = sentAt.get(position);
      if (cause !== "FACT" || sent === undefined) return;
      times.push(performance.now() - sent);
      sentAt.delete(position);
    });
    const bank = paymentsOf(customers);
    const batch = Math.max(1, Math.round(rate / 100));
    const submitted = async (facts: readonly Fact[]): Promise<void> => {
      const begun = performance.now();
      for (const outcome of await intake.submit({ format: "facts", facts }, { source: "bench" })) {
        if (outcome.kind !== "accepted") throw new Error(`a payment was not accepted: ${JSON.stringify(outcome)}`);
        sentAt.set(outcome.position, begun);
      }
    };
    const waiting: Promise<void>[] = [];
    const started = performance.now();
    let from = started;
    for (let sent = 0, counted = false; sent < rate * (warmUp + seconds); sent += batch) {
      if (!counted && sent >= rate * warmUp) {
        counted = true;
        times = [];
        from = performance.now();
      }
      const due = started + (sent * 1000) / rate;
      if (due > performance.now()) await wait(due - performance.now());
      waiting.push(submitted(bank.next(batch)));
    }
    await Promise.all(waiting);
    const counted = performance.now() - from;
    await wait(500);
    socket.close();
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
    return {
      factsPerSecond: Math.round((rate * seconds * 1000) / counted),
      changes: times.length,
      p50: at(0.5),
      p99: at(0.99),
    };
  } finally {
    await close();
    rmSync(home, { recursive: true });
  }
}

async function stand({ backend: { segmentDefinitions, readModels } }: Product): Promise<void> {
  const drafted = await segmentDefinitions.draft(segment, actor);
  const done = drafted.ok ? await segmentDefinitions.publish(segment.id, drafted.value.version, actor) : drafted;
  if (!done.ok) throw new Error(JSON.stringify(done.refusal));
  for (;;) {
    const session = readModels.open();
    const standing = session.standingSegment(done.value.segment.id);
    session.release();
    if (standing !== null) return;
    await wait(50);
  }
}

const query = `subscription { segmentChanges(segmentId: "${segment.id}") {
  ... on SegmentChanges { changes { position cause } } } }`;

/** Resolves once the subscription is told where it begins. */
function follow(url: string, hear: (position: number, cause: string) => void): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    socket.on("error", reject);
    socket.on("open", () => socket.send('{"type":"connection_init"}'));
    socket.on("message", (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: unknown };
      if (type === "connection_ack")
        return socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
      if (type === "ping") return socket.send('{"type":"pong"}');
      if (type !== "next") return reject(new Error(data.toString()));
      resolve(socket);
      const { changes } = (payload as { data: { segmentChanges: { changes: { position: string; cause: string }[] } } })
        .data.segmentChanges;
      for (const { position, cause } of changes) hear(Number(position), cause);
    });
  });
}
