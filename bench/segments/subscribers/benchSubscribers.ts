import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoadOrder } from "./subscriberLoad.ts";

export type SubscribersBench = {
  readonly subscribers: number;
  /** Changes told one after the other, each to all of them. */
  readonly changes: number;
};
export type SubscribersFigures = {
  readonly messagesPerSecond: number;
  /** Memory of the server for each of them, in bytes. */
  readonly bytesEach: number;
  /** From a change to the last of them that is told, in milliseconds: the median and the longest. */
  readonly all: { readonly median: number; readonly longest: number };
};

export const defaultSubscribersBench: SubscribersBench = { subscribers: 10_000, changes: 10 };

/** Many subscribers of one segment at our server and at graphql-ws as it comes, one after the other. */
export async function benchSubscribers(
  plan: SubscribersBench = defaultSubscribersBench,
): Promise<Record<"shared" | "plain", SubscribersFigures>> {
  return { plain: await follow("plain", plan), shared: await follow("shared", plan) };
}

async function follow(
  contestant: "shared" | "plain",
  { subscribers, changes }: SubscribersBench,
): Promise<SubscribersFigures> {
  const server = child("subscriberServer", [contestant]);
  const load = child("subscriberLoad", []);
  try {
    const { url } = await reply<{ url: string }>(server);
    // What a server needs once, such as the room in which V8 makes new objects, is no subscriber's.
    await told(load, { url, subscribers: Math.ceil(subscribers / 4) });
    await told(load, { leave: true });
    const before = await memoryOf(server);
    await told(load, { url, subscribers });
    const after = await memoryOf(server);
    const times: number[] = [];
    // The first ones compile what is run.
    for (let round = -3; round < changes; round += 1) {
      await told(load, { messages: subscribers });
      const all = reply(load);
      const started = performance.now();
      server.send("change");
      await all;
      if (round >= 0) times.push(performance.now() - started);
    }
    const total = times.reduce((sum, time) => sum + time, 0);
    const ascending = times.toSorted((a, b) => a - b);
    return {
      messagesPerSecond: Math.round((subscribers * changes * 1000) / total),
      bytesEach: Math.round((after - before) / subscribers),
      all: { median: ascending[ascending.length >> 1] ?? 0, longest: ascending.at(-1) ?? 0 },
    };
  } finally {
    await Promise.all([server, load].map(end));
  }
}

const child = (name: string, args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url)), args, {
    execArgv: ["--expose-gc"],
    env: { ...process.env, NODE_ENV: "production" },
  });

async function memoryOf(server: ChildProcess): Promise<number> {
  const answer = reply<{ rss: number }>(server);
  server.send("memory");
  return (await answer).rss;
}

async function told(load: ChildProcess, order: LoadOrder): Promise<void> {
  const answer = reply(load);
  load.send(order);
  await answer;
}

/** The child's next message; rejects when it ends instead. */
function reply<Message>(from: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("a process of the bench ended early; its message stands above"));
    from.once("exit", onExit);
    from.once("message", message => {
      from.off("exit", onExit);
      resolve(message as Message);
    });
  });
}

/** Children end when their channel does. */
async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, "exit");
  if (process.connected) process.disconnect();
  await exit;
}
