import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { OutsideCampaign, OutsidePolicy } from "../../src/domain/campaign/outside.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { freePort, send, startProduct } from "./crashSupport/killedServer.ts";
import { type Ask, askAt } from "./support/graphqlClient.ts";

const patience = { timeout: 90_000, interval: 25 };
const people = 60;
const rounds = 8;
const texts = { owner: "crm", description: "A campaign that is killed." };

const policy: OutsidePolicy = {
  ...{ id: "calm", name: "Calm", ...texts },
  caps: [{ most: 2, within: "P1D" }],
};
const campaign = (id: string, start: OutsideCampaign["start"]): OutsideCampaign => ({
  ...{ id, name: id, ...texts, purpose: "marketing", zone: "UTC", start, policy: "calm" },
  audience: { attribute: { of: { profile: { name: "city" } }, type: { text: true }, exists: true } },
  channels: [{ channel: "email", unitCost: { amount: "0.05", currency: "EUR" } }],
  kpis: [{ code: "bought", name: "Bought", facts: { types: ["transaction-posted"] } }],
});

const subject = (person: number): Fact["subject"] => ({ customer: { system: "core", id: `c${person}` } });
const met = (person: number): Fact[] => {
  const whose = { source: "core", subject: subject(person), occurredAt: new Date(Date.now() - 60_000).toISOString() };
  const data = { channel: "email", purpose: "marketing" };
  return [
    { ...whose, id: `r${person}`, type: "customer-registered", data: { attributes: { city: "Praha" } } },
    { ...whose, id: `e${person}`, type: "consent-granted", data },
  ];
};
const seen = (id: string, person: number): Fact => ({
  ...{ source: "core", subject: subject(person), id, type: "behaviour-observed" },
  ...{ occurredAt: new Date().toISOString(), data: { name: "card.used" } },
});

async function launch(ask: Ask, ...campaigns: readonly OutsideCampaign[]): Promise<void> {
  const [ada, grace] = ["ada", "grace"].map(id => ({ kind: "PERSON", id }));
  const done = async (field: string, args: string, variables: Readonly<Record<string, unknown>>): Promise<void> => {
    const answer = await ask<{ done: { __typename: string; message?: string } }>(
      `mutation (${args}) { done: ${field} { __typename ... on CampaignRefused { message } } }`,
      variables,
    );
    if (answer.done.message !== undefined) throw new Error(`${field}: ${answer.done.message}`);
  };
  await done("draftPolicy(input: $policy, actor: $ada)", "$policy: PolicyInput!, $ada: ActorInput!", {
    policy,
    ada,
  });
  await done('publishPolicy(id: "calm", version: 1, actor: $ada)', "$ada: ActorInput!", { ada });
  for (const one of campaigns) {
    await done("draftCampaign(input: $one, actor: $ada)", "$one: CampaignInput!, $ada: ActorInput!", { one, ada });
    await done("approveCampaign(id: $id, version: 1, actor: $grace)", "$id: ID!, $grace: ActorInput!", {
      ...{ id: one.id, grace },
    });
    await done("startCampaign(id: $id, actor: $ada)", "$id: ID!, $ada: ActorInput!", { id: one.id, ada });
  }
}

type Told = { readonly decisionId: string; readonly outcome: string; readonly cause: { readonly __typename: string } };
async function decisionsOf(ask: Ask, id: string): Promise<Told[]> {
  const found: Told[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page = await ask<Page>(
      `query ($id: ID!, $after: Cursor) { campaign(id: $id) { decisions(first: 100, after: $after) {
         nodes { decisionId outcome cause { __typename } } pageInfo { hasNextPage endCursor } } } }`,
      { id, after },
    );
    const { nodes, pageInfo } = page.campaign.decisions;
    found.push(...nodes);
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}
type Page = {
  readonly campaign: {
    readonly decisions: {
      readonly nodes: readonly Told[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  };
};

/** Ids of what the file channel was handed, in order, repeats included. */
const handedOver = (folder: string): string[] => {
  const outbox = join(folder, "outbox");
  return readdirSync(outbox).flatMap(file =>
    readFileSync(join(outbox, file), "utf8")
      .split("\n")
      .filter(line => line !== "")
      .map(line => (JSON.parse(line) as { readonly decisionId: string }).decisionId),
  );
};

test("killed again and again, the product decides once about each fact, and hands over what it decided", async () => {
  const folder = tempFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const ask = askAt(url);
  let server = startProduct(folder, port);
  await send(url, Array.from({ length: people }, (_, person) => met(person)).flat());
  await launch(
    ask,
    campaign("card", { trigger: { types: ["behaviour-observed"], where: { field: "name", equals: "card.used" } } }),
    campaign("wave", { once: { at: new Date(Date.now() + 3_000).toISOString() } }),
  );
  await vi.waitFor(async () => {
    const { campaigns } = await ask<{ campaigns: { nodes: { preparing: unknown }[] } }>(
      "{ campaigns(first: 10) { nodes { preparing { waitsFor } } } }",
    );
    expect(campaigns.nodes.map(({ preparing }) => preparing)).toEqual([null, null]);
  }, patience);

  let facts = 0;
  for (let round = 0; round < rounds; round += 1) {
    const batch = Array.from({ length: 25 }, (_, index) => seen(`seen-${facts + index}`, (facts + index) % people));
    facts += batch.length;
    await send(url, batch);
    // Somewhere between the pass that decided, its decisions' way into the log, and the channel.
    await new Promise(resolve => setTimeout(resolve, (round * 37) % 120));
    server.kill();
    await server.ended;
    server = startProduct(folder, port);
  }

  const decided = async () => ({ card: await decisionsOf(ask, "card"), wave: await decisionsOf(ask, "wave") });
  await vi.waitFor(async () => {
    const { card, wave } = await decided();
    expect([card.length, wave.length]).toEqual([facts, people]);
    const { waiting } = (
      await ask<{ campaign: { waiting: { sends: number } } }>('{ campaign(id: "card") { waiting { sends } } }')
    ).campaign;
    expect(waiting.sends).toBe(0);
  }, patience);
  const { card, wave } = await decided();
  const all = [...card, ...wave];
  expect(new Set(all.map(({ decisionId }) => decisionId)).size).toBe(facts + people);
  const sends = all.filter(({ outcome }) => outcome === "SEND").map(({ decisionId }) => decisionId);
  // Two a day each, whatever was lost on the way.
  expect(sends.length).toBe(2 * people);
  const handed = handedOver(folder);
  expect(new Set(handed)).toEqual(new Set(sends));
  const { verified } = await ask<{ verified: { __typename: string } }>(
    "mutation { verified: startVerification { __typename } }",
  );
  expect(verified.__typename).toBe("Verification");
  await vi.waitFor(async () => {
    const { verification } = await ask<{ verification: { state: string; matches: boolean | null } }>(
      "{ verification { state matches } }",
    );
    expect(verification).toEqual({ state: "DONE", matches: true });
  }, patience);
  server.kill();
  await server.ended;
}, 240_000);
