import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { expect, test, vi } from "vitest";
import { assertLoopback } from "../../../src/graphql/server/loopback.ts";
import { createDoorIntake } from "./support/doorIntake.ts";
import { startServer } from "./support/startServer.ts";

const json = { "content-type": "application/cloudevents+json" };

test("closing lets a running request finish, ends idle connections and takes no new ones", async () => {
  const door = createDoorIntake();
  const { url, close } = await startServer({ intake: door.intake });
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  door.standInTheDoor(() => opened);
  const agent = new Agent({ keepAlive: true });
  const idle = request(`${url}/health`, { agent }).end();
  const [health] = (await once(idle, "response")) as [IncomingMessage];
  health.resume();
  await once(health, "end");

  const running = fetch(`${url}/facts`, { method: "POST", headers: json, body: '{"id":"e1"}' });
  await vi.waitUntil(() => door.taken.length === 1);
  const closed = close();
  await vi.waitUntil(async () => (await fetch(`${url}/health`).catch(() => null)) === null);
  open();
  expect(await (await running).json()).toMatchObject({ kind: "accepted", eventId: "e1" });
  await closed;
  agent.destroy();
});

test("closing does not wait for ever for a client that never finishes", async () => {
  const { url, close } = await startServer({ limits: { closeMs: 50 } });
  const hanging = request(`${url}/facts`, { method: "POST", headers: { "content-type": "application/x-ndjson" } });
  const ended = new Promise(resolve => hanging.on("error", resolve));
  hanging.write('{"id":');
  await once(hanging, "socket");
  await vi.waitUntil(() => hanging.writableLength === 0);
  await close();
  expect(await ended).toMatchObject({ code: "ECONNRESET" });
});

test("an address beyond this machine is refused, with the reason", () => {
  for (const host of ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
    expect(assertLoopback(host).ok).toBe(true);
  for (const host of ["0.0.0.0", "::", "192.168.0.1", "example.org", "127.0.0.1.example.org", "", "1270.0.0.1"])
    expect(assertLoopback(host)).toMatchObject({ ok: false, refusal: { kind: "notLoopback", host } });
});
