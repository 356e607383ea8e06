import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "../median.ts";
import { askAlike } from "./askAlike.ts";
import { acceptOf, type Contestant, contestants } from "./contestants.ts";
import { startFacts } from "./factTrickle.ts";
import { fillStore } from "./fillStore.ts";
import type { LoadOrder, LoadReport } from "./loadProcess.ts";
import type { Used } from "./serverProcess.ts";

export type HttpBenchOptions = {
  /** Rounds over all contestants, one after the other; the medians count. */
  readonly rounds: number;
  /** Of each measurement, and of the warm-up before the first. */
  readonly seconds: number;
  readonly connections: number;
  /** Where the stores are kept while it runs; default: the system's folder for temporary files. */
  readonly folder?: string;
  readonly onProgress?: (contestant: Contestant, round: number) => void;
};

export type HttpBenchFigures = {
  readonly requestsPerSecond: Readonly<Record<Contestant, number>>;
  /** Time of the server's process per request, in microseconds: steadier than the rate where the machine is shared. */
  readonly cpuPerRequest: Readonly<Record<Contestant, number>>;
  /** The share of answers that came from memory. */
  readonly fromMemory: Readonly<Record<Contestant, number>>;
  /** Median of the ratios of two contestants' rates within one round. */
  readonly ratio: (one: Contestant, other: Contestant) => number;
  /** How many facts a second arrived beside the requests of `changing`. */
  readonly factsPerSecond: number;
  /** Asked for in turn, so that all are asked for equally often. */
  readonly customers: number;
  /** Of an answer, on average over the customers asked for. */
  readonly answer: { readonly bytes: number; readonly leaves: number };
};

export const defaultHttpBench: HttpBenchOptions = { rounds: 3, seconds: 3, connections: 32 };

const bank = { customers: 3000, asked: 2500 } as const;
const factsPerSecond = 200;

/**
 * The profile query over HTTP on a generated bank: our server as it is shipped against a bare node:http reply of the
 * same size and against mercurius with graphql-jit over the same schema and a copy of the same store. Each has a process
 * of its own, load comes from another. Needs the peers in bench/node_modules. Rejects when two give different answers.
 */
export async function benchHttp(options: HttpBenchOptions = defaultHttpBench): Promise<HttpBenchFigures> {
  const { rounds, connections, seconds } = options;
  const home = mkdtempSync(join(options.folder ?? tmpdir(), "c360-http-"));
  const servers = new Map<Contestant, Server>();
  const load = child("loadProcess", []);
  const start = async (contestant: Contestant, given: string): Promise<Server> => {
    const process = child("serverProcess", [contestant, given]);
    const server = { contestant, process, accept: acceptOf(contestant), url: "" };
    servers.set(contestant, server);
    const { url } = (await reply(process)) as { url: string };
    const started = { ...server, url };
    servers.set(contestant, started);
    return started;
  };
  try {
    const asked = await fillStore(join(home, "bank"), bank.customers, bank.asked);
    const ids = asked.map(({ id }) => id);
    const answering: Server[] = [];
    for (const contestant of contestants) {
      if (contestant === "bare") continue;
      cpSync(join(home, "bank"), join(home, contestant), { recursive: true });
      answering.push(await start(contestant, join(home, contestant)));
    }
    const { answer, typical } = await askAlike(answering, ids);
    await start("bare", typical);

    const drive = async ({ contestant, url, accept }: Server) => {
      const facts = contestant === "changing" ? startFacts(url, asked, factsPerSecond) : null;
      const report = await driven(load, { url, accept, ids, connections, seconds });
      const arrived = await facts?.stop();
      if (arrived !== undefined) arrivals.push(arrived / report.seconds);
      return report;
    };
    const arrivals: number[] = [];
    const rates = table();
    const costs = table();
    const shares = table();
    for (const server of servers.values()) await drive(server);
    for (let round = 1; round <= rounds; round += 1)
      for (const server of servers.values()) {
        options.onProgress?.(server.contestant, round);
        const before = await used(server.process);
        const report = await drive(server);
        const after = await used(server.process);
        rates[server.contestant].push(report.answered / report.seconds);
        costs[server.contestant].push((microseconds(after) - microseconds(before)) / report.answered);
        shares[server.contestant].push((after.fromMemory - before.fromMemory) / report.answered);
      }
    return {
      requestsPerSecond: medians(rates, Math.round),
      cpuPerRequest: medians(costs, Math.round),
      fromMemory: medians(shares, share => share),
      ratio: (one, other) => median(rates[one].map((rate, round) => rate / (rates[other][round] as number))),
      factsPerSecond: Math.round(median(arrivals)),
      customers: ids.length,
      answer,
    };
  } finally {
    const ended = [load, ...[...servers.values()].map(({ process }) => process)].map(end);
    await Promise.all(ended);
    rmSync(home, { recursive: true });
  }
}

type Server = {
  readonly contestant: Contestant;
  readonly process: ChildProcess;
  readonly accept: string;
  readonly url: string;
};

type Table = Record<Contestant, number[]>;
const table = (): Table => ({ bare: [], mercuriusJit: [], pipeline: [], anew: [], remembering: [], changing: [] });
const medians = (of: Table, rounded: (value: number) => number) =>
  Object.fromEntries(contestants.map(name => [name, rounded(median(of[name]))])) as Record<Contestant, number>;

const child = (name: string, args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url)), args, {
    env: { ...process.env, NODE_ENV: "production" },
  });

async function driven(load: ChildProcess, order: LoadOrder): Promise<LoadReport> {
  load.send(order);
  const told = (await reply(load)) as { report: LoadReport } | { error: string };
  if ("error" in told) throw new Error(told.error);
  return told.report;
}

async function used(server: ChildProcess): Promise<Used> {
  server.send("used");
  return (await reply(server)) as Used;
}

const microseconds = ({ cpu }: Used): number => cpu.user + cpu.system;

/** Children end when their channel does. */
async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, "exit");
  if (process.connected) process.disconnect();
  await exit;
}

/** The child's next message; rejects when it ends instead. */
function reply(from: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("a process of the bench ended early; its message stands above"));
    from.once("exit", onExit);
    from.once("message", message => {
      from.off("exit", onExit);
      resolve(message);
    });
  });
}
