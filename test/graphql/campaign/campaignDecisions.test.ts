import { createClient } from "graphql-ws";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { CampaignId } from "../../../src/domain/campaign/campaign.ts";
import { cursorAt } from "../../../src/graphql/campaign/decision/decisionList.ts";
import { createRequestContext } from "../../../src/graphql/context.ts";
import { startServer } from "../server/support/startServer.ts";
import { schema } from "../support/testBank.ts";
import { campaign } from "./support/campaignBank.ts";
import { decidedBank } from "./support/decidedBank.ts";

const text = `subscription ($id: ID!, $after: Cursor, $pageSize: Int) {
  message: campaignDecisions(campaignId: $id, after: $after, pageSize: $pageSize) {
    __typename
    ... on CampaignDecisions { cursor more decisions { decisionId outcome reason why position campaign { status } } }
    ... on CampaignFeedRefused { reason message }
  }
}`;
type Told = { readonly decisionId: string; readonly position: string };
type Message = { readonly __typename: string; readonly cursor: string; readonly decisions?: readonly Told[] };

async function servedBank() {
  const bank = await decidedBank({}, { caps: [] });
  const server = await startServer({
    schema,
    feeds: bank.backend,
    createContext: recording => createRequestContext(bank.backend, recording),
  });
  onTestFinished(() => bank.backend.readModels.close());
  const follow = (variables: Record<string, unknown> = {}) => {
    const client = createClient({
      url: `${server.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    onTestFinished(() => void client.dispose());
    const messages: Message[] = [];
    const errors: unknown[] = [];
    let completed = false;
    client.subscribe<{ message: Message }>(
      { query: text, variables: { id: "sorry", ...variables } },
      {
        next: ({ data, errors: failed }) => (failed ? errors.push(...failed) : messages.push(data!.message)),
        error: error => errors.push(...(error as unknown[])),
        complete: () => {
          completed = true;
        },
      },
    );
    const decisions = () => messages.flatMap(({ decisions: told = [] }) => told);
    return { messages, errors, decisions, completed: () => completed, leave: () => client.dispose() };
  };
  return { ...bank, url: server.url, follow };
}

test("a subscriber from now on is told where now is, and then each decision as it stands in the log", async () => {
  const bank = await servedBank();
  await bank.complains("ada", "2026-05-02");
  const { messages } = bank.follow();
  await vi.waitUntil(() => messages.length === 1);
  expect(messages[0]).toMatchObject({ __typename: "CampaignDecisions", decisions: [], more: false });
  await bank.complains("cy", "2026-05-03");
  await vi.waitUntil(() => messages.length === 2);
  expect(messages[1]).toMatchObject({
    ...{ more: false },
    decisions: [{ outcome: "SKIP", reason: "CONSENT", campaign: { status: "RUNNING" } }],
  });
  await bank.complains("bo", "2026-05-04");
  await vi.waitUntil(() => messages.length === 3);
  expect(messages[2]?.decisions).toMatchObject([{ outcome: "SEND" }]);
});

test("whoever resumes after breaks is told every decision, once and in order", async () => {
  const bank = await servedBank();
  await bank.launch(campaign("other"));
  const first = bank.follow();
  await vi.waitUntil(() => first.messages.length === 1);
  let after = first.messages[0]!.cursor;
  first.leave();
  const told: string[] = [];
  let days = 0;
  for (let round = 0; round < 5; round += 1) {
    for (let step = 0; step < 4; step += 1) {
      days += 1;
      await bank.complains(["ada", "bo", "cy"][days % 3]!, `2026-05-${String(days + 1).padStart(2, "0")}`);
    }
    const { messages, decisions, leave } = bank.follow({ after, pageSize: 2 });
    await vi.waitUntil(() => decisions().length >= 1 + (round % 3));
    leave();
    for (const message of messages) {
      after = message.cursor;
      told.push(...(message.decisions ?? []).map(({ decisionId }) => decisionId));
    }
  }
  const last = bank.follow({ after });
  const { length } = told;
  await vi.waitUntil(() => length + last.decisions().length === 20);
  told.push(...last.decisions().map(({ decisionId }) => decisionId));
  expect(told).toEqual(await bank.decisionIds());
});

test("a cursor of the list of decisions serves to follow from there", async () => {
  const bank = await servedBank();
  await bank.complains("ada", "2026-05-02");
  const { campaign: listed } = await bank.ask(
    '{ campaign(id: "sorry") { decisions(order: OLDEST_FIRST) { pageInfo { endCursor } } } }',
  );
  await bank.complains("bo", "2026-05-03");
  const { decisions } = bank.follow({ after: listed.decisions.pageInfo.endCursor });
  await vi.waitUntil(() => decisions().length === 1);
  expect(decisions().map(({ decisionId }) => decisionId)).toEqual((await bank.decisionIds()).slice(1));
});

test("an unknown campaign, and a cursor from beyond the log, are told as a message, and the subscription ends", async () => {
  const bank = await servedBank();
  const nobody = bank.follow({ id: "nobody" });
  const ahead = bank.follow({ after: cursorAt("test-log", "sorry" as CampaignId, 9_999) });
  await vi.waitUntil(() => nobody.completed() && ahead.completed());
  expect(nobody.messages).toMatchObject([{ __typename: "CampaignFeedRefused", reason: "UNKNOWN_CAMPAIGN" }]);
  expect(ahead.messages).toMatchObject([{ __typename: "CampaignFeedRefused", reason: "AHEAD" }]);
});

test.each([
  ["a cursor of another log", { after: cursorAt("other-log", "sorry" as CampaignId, 3) }, "CURSOR_INVALID", "after"],
  [
    "a cursor of another campaign",
    { after: cursorAt("test-log", "other" as CampaignId, 3) },
    "CURSOR_INVALID",
    "after",
  ],
  ["a page of none", { pageSize: 0 }, "BAD_USER_INPUT", "pageSize"],
])("%s is refused", async (_, variables, code, argument) => {
  const bank = await servedBank();
  const { errors } = bank.follow(variables);
  await vi.waitUntil(() => errors.length === 1);
  expect(errors).toMatchObject([{ extensions: { code, argument } }]);
});

test("over server-sent events too", async () => {
  const bank = await servedBank();
  await bank.complains("ada", "2026-05-02");
  const after = cursorAt("test-log", "sorry" as CampaignId, 0);
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await fetch(`${bank.url}/graphql/stream`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: text, variables: { id: "sorry", after } }),
    signal: leaving.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let read = "";
  while (!read.includes("decisionId")) read += (await reader.read()).value ?? "";
  expect(read).toContain((await bank.decisionIds())[0]);
});
