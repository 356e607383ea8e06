import { parse, subscribe } from "graphql";
import { expect, onTestFinished, test, vi } from "vitest";
import { createRequestContext } from "../../../../src/graphql/context.ts";
import { schema } from "../../support/testBank.ts";
import { campaign } from "../support/campaignBank.ts";
import { effectBank, responded } from "./effectBank.ts";

const text = `subscription ($id: ID!) { effects: effectUpdates(campaignId: $id) { __typename
  ... on EffectsNotCounted { reason } ... on CampaignEffects { position arms { arm outcomes { kpi converted total } } } } }`;
type Effects = {
  readonly __typename: string;
  readonly position: string;
  readonly arms: readonly { readonly arm: string; readonly outcomes: readonly { readonly converted: number }[] }[];
};
type Bank = Awaited<ReturnType<typeof effectBank>>;

/** What a subscriber is told, and when, in milliseconds since it began. */
async function follow(bank: Bank, id = "trial") {
  const contextValue = createRequestContext(bank.backend);
  const messages: { readonly at: number; readonly effects: Effects }[] = [];
  const stream = await subscribe({ schema, document: parse(text), variableValues: { id }, contextValue });
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
  const begun = performance.now();
  let ended = false;
  const reading = (async () => {
    for await (const { data } of stream)
      messages.push({ at: performance.now() - begun, effects: JSON.parse(JSON.stringify(data))!.effects });
    ended = true;
  })();
  const leave = async () => {
    await stream.return?.(undefined);
    await reading;
    contextValue.release();
  };
  onTestFinished(leave);
  return { messages, leave, ended: () => ended };
}

const bought = (effects: Effects) => effects.arms[1]?.outcomes[0]?.converted;

test("a subscriber is told the effects as they are, and then each time they have changed, at most once a second", async () => {
  const bank = await effectBank();
  const { messages } = await follow(bank);
  await vi.waitUntil(() => messages.length === 1);
  expect(bought(messages[0]!.effects)).toBe(6);
  // Three commits at once: the newest counts.
  for (const who of ["t7", "t8", "t9"]) await bank.record(responded(who, "2026-05-05", "10.00"));
  await vi.waitUntil(() => messages.length === 2, { timeout: 3_000 });
  expect(bought(messages[1]!.effects)).toBe(9);
  expect(messages[1]!.effects.position).toBe(String(bank.engine.checkpoint()));
  expect(messages[1]!.at - messages[0]!.at).toBeGreaterThan(900);
});

test("a commit that changes nothing about the campaign is no news", async () => {
  const bank = await effectBank();
  const { messages } = await follow(bank);
  await vi.waitUntil(() => messages.length === 1);
  await bank.launch(campaign("another"));
  await new Promise(resolve => setTimeout(resolve, 1_300));
  expect(messages).toHaveLength(1);
  // After the break one simply begins anew.
  const again = await follow(bank);
  await vi.waitUntil(() => again.messages.length === 1);
  expect(again.messages[0]!.effects.arms).toEqual(messages[0]!.effects.arms);
});

test("a campaign that nobody knows is said so, and that is the end", async () => {
  const bank = await effectBank();
  const { messages, ended } = await follow(bank, "nothing-of-it");
  await vi.waitUntil(ended);
  expect(messages.map(({ effects }) => effects)).toEqual([
    { __typename: "EffectsNotCounted", reason: "UNKNOWN_CAMPAIGN" },
  ]);
});
