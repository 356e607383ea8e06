import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Fact } from "../../src/intake/fact.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { freePort, send, startProduct } from "./crashSupport/killedServer.ts";
import { publishSegments } from "./support/audiences.ts";
import { type CrmProcess, readCrm, startCrm } from "./support/crmProcess.ts";
import { type Ask, askAt } from "./support/graphqlClient.ts";

const patience = { timeout: 60_000, interval: 25 };
const people = 30;

/** Numbers that look drawn, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const lives = (id: string, person: number, place: string, at: number): Fact => ({
  id,
  source: "core",
  type: "customer-attributes-changed",
  subject: { customer: { system: "core", id: `c${person}` } },
  occurredAt: new Date(at).toISOString(),
  data: { attributes: { district: place } },
});

type Snapshot = { readonly sequence: number; readonly size: number; readonly customerIds: readonly string[] };
async function members(ask: Ask): Promise<{ readonly sequence: number; readonly members: readonly string[] }> {
  const { snapshot } = await ask<{ snapshot: Snapshot }>(
    '{ snapshot: segmentSnapshot(segmentId: "praha") { ... on SegmentSnapshot { sequence size customerIds } } }',
  );
  expect(snapshot.customerIds).toHaveLength(snapshot.size);
  return { sequence: snapshot.sequence, members: [...snapshot.customerIds].sort() };
}

test("a CRM and the server it follows, each killed again and again while facts flow, end equal", async () => {
  const draw = numbers(11);
  const folder = tempFolder();
  const file = join(tempFolder(), "crm.db");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const ask = askAt(url);
  let server = startProduct(folder, port);
  let crm: CrmProcess | null = null;
  onTestFinished(async () => {
    await crm?.kill("SIGKILL");
    server.kill();
    await server.ended;
  });
  const places = Array.from({ length: people }, () => "Brno");
  let told = 0;
  const move = (): Fact => {
    const person = draw(people);
    places[person] = places[person] === "Praha" ? "Brno" : "Praha";
    told += 1;
    return lives(`move ${told}`, person, places[person], Date.now());
  };

  await send(
    url,
    Array.from({ length: people }, (_, person) => lives(`first ${person}`, person, "Brno", 0)),
  );
  await publishSegments(ask, [
    {
      ...{ id: "praha", name: "Praha", owner: "crm", description: "Who lives in Praha." },
      rule: { attribute: { of: { profile: { name: "district" } }, type: { text: true }, equals: "Praha" } },
    },
  ]);
  for (let round = 0; round < 8; round += 1) {
    crm = startCrm({ url, segment: "praha", file });
    const before = readCrm(file, "praha")?.sequence ?? -1;
    await send(url, Array.from({ length: 5 }, move));
    await vi.waitFor(
      () => expect(readCrm(file, "praha")?.sequence ?? -1, crm?.said()).toBeGreaterThan(before),
      patience,
    );
    const flowing = send(url, Array.from({ length: draw(60) }, move));
    if (round % 3 === 1) {
      server.kill();
      await server.ended;
      server = startProduct(folder, port);
    }
    if (round % 2 === 0) await crm.kill("SIGKILL");
    await flowing;
    if (round % 2 === 1) await crm.kill("SIGKILL");
  }
  crm = startCrm({ url, segment: "praha", file });
  await vi.waitFor(async () => {
    const now = await members(ask);
    expect(now.members).toHaveLength(places.filter(place => place === "Praha").length);
    expect(readCrm(file, "praha"), crm?.said()).toEqual(now);
  }, patience);
  expect(crm.said()).not.toContain("took"); // it was never in need of another snapshot
});
