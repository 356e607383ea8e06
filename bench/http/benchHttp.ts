import { deepStrictEqual } from "node:assert";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "../median.ts";
import { type Contestant, contestants } from "./contestants.ts";
import type { LoadOrder, LoadReport } from "./loadProcess.ts";
import { profileById, requestBody } from "./profileData.ts";

export type HttpBenchOptions = {
  /** Rounds over all contestants, one after the other; the medians count. */
  readonly rounds: number;
  /** Of each measurement, and of the warm-up before the first. */
  readonly seconds: number;
  readonly connections: number;
  readonly onProgress?: (contestant: Contestant, round: number) => void;
};

export type HttpBenchFigures = {
  readonly requestsPerSecond: Readonly<Record<Contestant, number>>;
  /** Time of the server's process per request, in microseconds: steadier than the rate where the machine is shared. */
  readonly cpuPerRequest: Readonly<Record<Contestant, number>>;
  /** Medians of the ratios within one round. */
  readonly ratios: {
    readonly fastLaneToBare: number;
    readonly fastLaneToMercuriusJit: number;
    readonly pipelineToBare: number;
    readonly pipelineToMercuriusJit: number;
  };
};

export const defaultHttpBench: HttpBenchOptions = { rounds: 3, seconds: 3, connections: 32 };

/**
 * The profile query (64 leaf values, 1.5 kB) over HTTP: our server against a bare node:http reply of the same size and
 * against mercurius with graphql-jit, each in a process of its own, load from another. Needs the peers in bench/node_modules.
 * Rejects when a server gives another answer than the rows say.
 */
export async function benchHttp(options: HttpBenchOptions = defaultHttpBench): Promise<HttpBenchFigures> {
  const { rounds, seconds, connections } = options;
  const load = child("loadProcess", []);
  const servers = new Map<Contestant, { readonly process: ChildProcess; readonly port: number }>();
  try {
    for (const contestant of contestants) {
      const process = child("serverProcess", [contestant]);
      const { port } = (await reply(process)) as { port: number };
      servers.set(contestant, { process, port });
      if (contestant !== "bare") await check(port);
      await drive(load, { port, connections, seconds });
    }
    const rates = table();
    const costs = table();
    for (let round = 1; round <= rounds; round += 1)
      for (const [contestant, { process, port }] of servers) {
        options.onProgress?.(contestant, round);
        const before = await cpu(process);
        const report = await drive(load, { port, connections, seconds });
        const after = await cpu(process);
        rates[contestant].push(report.answered / report.seconds);
        costs[contestant].push((after - before) / report.answered);
      }
    return figures(rates, costs);
  } finally {
    for (const { process } of servers.values()) process.disconnect();
    load.disconnect();
  }
}

type Table = Record<Contestant, number[]>;
const table = (): Table => ({ bare: [], mercuriusJit: [], pipeline: [], fastLane: [] });

function figures(rates: Table, costs: Table): HttpBenchFigures {
  const ratio = (ours: Contestant, other: Contestant) =>
    median(rates[ours].map((rate, round) => rate / (rates[other][round] as number)));
  const medians = (of: Table) =>
    Object.fromEntries(contestants.map(name => [name, Math.round(median(of[name]))])) as Record<Contestant, number>;
  return {
    requestsPerSecond: medians(rates),
    cpuPerRequest: medians(costs),
    ratios: {
      fastLaneToBare: ratio("fastLane", "bare"),
      fastLaneToMercuriusJit: ratio("fastLane", "mercuriusJit"),
      pipelineToBare: ratio("pipeline", "bare"),
      pipelineToMercuriusJit: ratio("pipeline", "mercuriusJit"),
    },
  };
}

/** Asked often enough that the compiled form answers too. */
async function check(port: number): Promise<void> {
  for (const id of ["c0", "c7", "c0", "c499"]) {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: requestBody(id),
    });
    deepStrictEqual(((await response.json()) as { data: unknown }).data, { customer: profileById.get(id) });
  }
}

const child = (name: string, args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url)), args, {
    env: { ...process.env, NODE_ENV: "production" },
  });

async function drive(load: ChildProcess, order: LoadOrder): Promise<LoadReport> {
  load.send(order);
  const told = (await reply(load)) as { report: LoadReport } | { error: string };
  if ("error" in told) throw new Error(told.error);
  return told.report;
}

async function cpu(server: ChildProcess): Promise<number> {
  server.send("cpu");
  const { cpu } = (await reply(server)) as { cpu: NodeJS.CpuUsage };
  return cpu.user + cpu.system;
}

/** The child's next message; rejects when it ends instead. */
async function reply(from: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const onExit = () => ended.abort(new Error("a process of the bench ended early; its message stands above"));
  from.once("exit", onExit);
  try {
    return (await once(from, "message", { signal: ended.signal }))[0];
  } finally {
    from.off("exit", onExit);
  }
}
