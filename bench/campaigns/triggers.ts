import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openProduct, type Product } from "../../src/compose.ts";
import type { Decision } from "../../src/domain/decision/decision.ts";
import type { Position } from "../../src/domain/event.ts";
import { formatInstant } from "../../src/domain/instant.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { benchConfig } from "../importBank.ts";
import { registerContactable, subjectOf } from "./contactable.ts";
import { benchCampaign, launch } from "./launch.ts";

export type TriggerFigure = {
  readonly triggersPerSecond: number;
  /** From the fact's acknowledgement until its decision is committed with the pass, in milliseconds. */
  readonly decided: { readonly p50: number; readonly p99: number };
  /** Until the decision is an event of the log and its send lies in the outbox. */
  readonly inOutbox: { readonly p50: number; readonly p99: number };
};

const warmUp = 4;

/** The product as it is served: each fact triggers one of the running campaigns. */
export async function benchTriggers(
  folder: string,
  { customers, campaigns, rate, seconds }: Readonly<Record<"customers" | "campaigns" | "rate" | "seconds", number>>,
): Promise<TriggerFigure> {
  const home = mkdtempSync(join(folder, "triggers-"));
  const product = await openProduct(benchConfig(home), "c360 bench");
  try {
    await registerContactable(product, customers);
    await launch(
      product,
      Array.from({ length: campaigns }, (_, number) =>
        benchCampaign(`trigger-${number}`, {
          trigger: { types: ["behaviour-observed"], where: { field: "name", equals: `seen.${number}` } },
        }),
      ),
    );
    await untilReady(product, campaigns);
    const decided: number[] = [];
    const inOutbox: number[] = [];
    const acknowledged = new Map<Position, number>();
    const following = follow(product, ({ cause }) => {
      const at = cause.kind === "trigger" ? acknowledged.get(cause.position) : undefined;
      if (at !== undefined) inOutbox.push(performance.now() - at);
    });
    const batch = Math.max(1, Math.round(rate / 100));
    const waiting: Promise<void>[] = [];
    let started = performance.now();
    let counted = false;
    for (let sent = 0; sent < rate * (warmUp + seconds); sent += batch) {
      if (!counted && sent >= rate * warmUp) {
        counted = true;
        await Promise.all(waiting);
        acknowledged.clear();
        decided.length = 0;
        inOutbox.length = 0;
        started = performance.now() - (sent * 1000) / rate;
      }
      const due = started + (sent * 1000) / rate;
      if (due > performance.now()) await wait(due - performance.now());
      waiting.push(submitted(sent));
    }
    await Promise.all(waiting);
    const took = performance.now() - started - warmUp * 1000;
    for (let left = 200; inOutbox.length < acknowledged.size * 0.999 && left > 0; left -= 1) await wait(50);
    following.stop();
    return {
      triggersPerSecond: Math.round((acknowledged.size * 1000) / took),
      decided: spread(decided),
      inOutbox: spread(inOutbox),
    };

    async function submitted(first: number): Promise<void> {
      const facts = Array.from({ length: batch }, (_, index): Fact => {
        const number = first + index;
        return {
          ...{
            source: "bench",
            id: `seen-${number}`,
            type: "behaviour-observed",
            occurredAt: formatInstant(Date.now()),
          },
          subject: subjectOf((number * 7919) % customers),
          data: { name: `seen.${number % campaigns}` },
        };
      });
      const outcomes = await product.backend.intake.submit({ format: "facts", facts }, { source: "bench" });
      const at = performance.now();
      let last = 0;
      for (const outcome of outcomes) {
        if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
        last = outcome.position;
        if (counted) acknowledged.set(last, at);
      }
      await product.backend.readModels.waitFor(last, 60_000);
      decided.push(performance.now() - at);
    }
  } finally {
    await product.close();
    rmSync(home, { recursive: true });
  }
}

const spread = (times: number[]): { readonly p50: number; readonly p99: number } => {
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
};

/** Tells of each decision once the read models, and so the outbox, reflect it. */
export function follow({ backend, head }: Product, each: (decision: Decision, position: Position) => void) {
  const { log, readModels } = backend;
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    let after = head();
    while (!stopping.signal.aborted) {
      const seen = readModels.commits();
      const session = readModels.open();
      const { position } = session;
      session.release();
      const events = await log.read({ after, before: position + 1, types: ["campaign-decided"], limit: 5_000 });
      for (const event of events) {
        each(event.data as unknown as Decision, event.position);
        after = event.position;
      }
      if (events.length < 5_000) await readModels.waitForCommit(seen, stopping.signal);
    }
  };
  const running = run();
  return {
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
}

/** Until every campaign has the values it asks for: each is counted from then on. */
export async function untilReady({ backend }: Product, campaigns: number): Promise<void> {
  for (let left = 2_000; left > 0; left -= 1) {
    const session = backend.readModels.open();
    const counted = await session.campaignRows("effects", { limit: 10_000 });
    session.release();
    if (counted.filter(({ key }) => !key.includes("/")).length >= campaigns) return;
    await wait(50);
  }
  throw new Error("the campaigns do not get ready");
}
