import { readFileSync } from "node:fs";
import { parse, validate } from "graphql";
import { expect, test } from "vitest";
import { schema } from "../../support/testBank.ts";
import { policy } from "../support/campaignBank.ts";
import { effectBank } from "./effectBank.ts";

const guide = readFileSync("docs/effects.md", "utf8");
const operations = new Map(
  [...guide.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text = ""]) => [
    /^\w+ (\w+)/.exec(text)?.[1] ?? text,
    text,
  ]),
);
const operation = (name: string): string => operations.get(name) ?? "";

test.each([...operations])("%s of the guide is an operation of the schema", (_, text) => {
  expect(validate(schema, parse(text))).toEqual([]);
});

test("what the guide asks is answered", async () => {
  const bank = await effectBank();
  const asked = async (name: string, variables: object) => bank.ask(operation(name), { ...variables });
  expect((await asked("Effects", { id: "trial" })).campaign.effects).toMatchObject({ state: "COLLECTING" });
  expect((await asked("Series", { id: "trial", to: "2026-05-03" })).campaign.effectSeries.lines).toHaveLength(2);
  await bank.publishPolicy(policy("retail"));
  const { startPolicyReplay } = await asked("Try", { policy: "retail", version: 1 });
  expect(startPolicyReplay).toEqual({ __typename: "PolicyReplayRun" });
  expect((await asked("Tried", {})).policyReplay).toMatchObject({ state: "DONE", report: { decisions: 0 } });
});
