import { createServer } from "node:net";
import { expect, vi } from "vitest";
import { toCloudEvent } from "../../../src/demo/cloudEvent.ts";
import type { Fact } from "../../../src/intake/fact.ts";
import { type CliRun, endOf, startCli } from "./cli.ts";

const patience = { timeout: 60_000, interval: 25 };

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** The built product on a port of its own, so that it answers under the same address when it is started again. */
export function startProduct(
  folder: string,
  port: number,
): { readonly ended: Promise<CliRun>; readonly kill: () => void } {
  const child = startCli(["serve", "--data", folder, "--port", String(port)]);
  return { ended: endOf(child), kill: () => void child.kill("SIGKILL") };
}

/** Resolves once the facts are durable; a server that dies meanwhile is asked again. */
export async function send(url: string, facts: readonly Fact[]): Promise<void> {
  await vi.waitFor(async () => {
    const response = await fetch(`${url}/facts`, {
      method: "POST",
      headers: { "content-type": "application/cloudevents-batch+json" },
      body: JSON.stringify(facts.map(toCloudEvent)),
      signal: AbortSignal.timeout(10_000),
    });
    expect(response.status).toBe(200);
  }, patience);
}
