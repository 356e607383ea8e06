import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../bin/c360.mjs", import.meta.url));

/** A fact as CloudEvents JSON. */
export type CloudEvent = {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** RFC 3339. */
  readonly time: string;
  readonly subject: string;
  readonly data: object;
};

/** A running server as any client sees it: GraphQL, and doors for facts and receipts. */
export type Product = {
  readonly url: string;
  readonly ask: <Data>(query: string, variables?: object) => Promise<Data>;
  /** Resolves once the facts are durable, with the position of the last. */
  readonly send: (facts: readonly CloudEvent[]) => Promise<string | null>;
  readonly report: (source: string, receipts: readonly object[]) => Promise<void>;
  /** Resolves once everything up to a position can be read. */
  readonly reflects: (position: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const atOnce = 2_000;
const patienceMs = 60_000;

/** Starts `c360 serve` on a store at a free port, and waits until it answers. */
export async function startProduct(folder: string): Promise<Product> {
  const server = spawn(process.execPath, [cli, "serve", "--data", folder, "--port", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = listenTo(server.stdout, server.stderr);
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /answers at (http:\S+)/.exec(said())?.[1];
      if (found !== undefined) resolve(found);
    };
    server.stdout?.on("data", look);
    server.once("close", code => reject(new Error(`the server ended with ${code}: ${said()}`)));
    server.once("error", reject);
  });

  const ask: Product["ask"] = async (query, variables = {}) => {
    const { data, errors } = await post(`${url}/graphql`, "application/json", JSON.stringify({ query, variables }));
    if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors ?? "no data").slice(0, 2000));
    return data;
  };
  return {
    url,
    ask,
    send: async facts => {
      let last: string | null = null;
      for (let start = 0; start < facts.length; start += atOnce) {
        const body = facts.slice(start, start + atOnce).map(fact => ({ specversion: "1.0", ...fact }));
        const told = await post(`${url}/facts`, "application/cloudevents-batch+json", JSON.stringify(body));
        if (told.quarantined !== 0) throw new Error(`facts were refused: ${JSON.stringify(told).slice(0, 2000)}`);
        last = told.position ?? last;
      }
      return last;
    },
    report: async (source, receipts) => {
      for (let start = 0; start < receipts.length; start += atOnce) {
        const body = JSON.stringify(receipts.slice(start, start + atOnce));
        const told = await post(`${url}/receipts?source=${source}`, "application/json", body);
        if (told.quarantined !== 0) throw new Error(`receipts were refused: ${JSON.stringify(told).slice(0, 2000)}`);
      }
    },
    reflects: async position => {
      const deadline = performance.now() + patienceMs;
      for (;;) {
        const query = "query ($position: Position!) { customers(first: 1, minPosition: $position) { totalCount } }";
        try {
          await ask(query, { position });
          return;
        } catch (error) {
          if (performance.now() > deadline) throw error;
        }
      }
    },
    stop: async () => {
      if (server.exitCode !== null) return;
      server.kill("SIGTERM");
      await once(server, "close");
    },
  };
}

/** Runs a command of `c360`; gives what it printed. Throws where it fails. */
export async function c360(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const [printed, complained] = [listenTo(child.stdout), listenTo(child.stderr)];
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`c360 ${args.join(" ")} ended with ${code}:\n${printed()}${complained()}`);
  return printed();
}

type Told = {
  readonly data?: never;
  readonly errors?: unknown;
  readonly quarantined?: number;
  readonly position?: string | null;
};

async function post(url: string, contentType: string, body: string): Promise<Told> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": contentType },
    body,
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as Told;
  } catch {
    throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  }
}

function listenTo(...streams: readonly (Readable | null)[]): () => string {
  let said = "";
  for (const stream of streams) stream?.on("data", part => (said += part));
  return () => said;
}

/** Asks again and again until there is an answer; throws with what was waited for when it takes too long. */
export async function waitFor<Value>(what: string, look: () => Promise<Value | null>, everyMs = 100): Promise<Value> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== null) return found;
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
}
