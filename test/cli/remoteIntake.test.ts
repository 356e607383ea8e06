import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createRemoteIntake } from "../../src/cli/remote.ts";

type Answer = (body: string) => Promise<{ readonly status: number; readonly json: object }>;

async function serverThat(answer: Answer): Promise<string> {
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", part => (body += part));
    request.on("end", async () => {
      const { status, json } = await answer(body);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const batch = (id: string) => ({ format: "facts", facts: [{ id }] }) as never;
const context = { source: "test" };

test("batches reach the server in the order in which they are handed in, though the first takes longest", async () => {
  const begun: string[] = [];
  const ended: string[] = [];
  const url = await serverThat(async body => {
    const [{ id }] = JSON.parse(body).batch.facts;
    begun.push(id);
    await new Promise(resolve => setTimeout(resolve, id === "a" ? 80 : 1));
    ended.push(id);
    return { status: 200, json: { outcomes: [] } };
  });
  const intake = createRemoteIntake(url);
  await Promise.all(["a", "b", "c"].map(id => intake.submit(batch(id), context)));
  expect({ begun, ended }).toEqual({ begun: ["a", "b", "c"], ended: ["a", "b", "c"] });
});

test("once one has failed nothing more is sent: what comes after it may count on it", async () => {
  let calls = 0;
  const url = await serverThat(async () => {
    calls += 1;
    return calls === 1 ? { status: 503, json: { message: "full" } } : { status: 200, json: { outcomes: [] } };
  });
  const intake = createRemoteIntake(url);
  const told = await Promise.allSettled(["a", "b"].map(id => intake.submit(batch(id), context)));
  expect(told.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(calls).toBe(1);
});
