import { createClient } from "graphql-ws";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { printToken } from "../../../../src/projections/segments/feed/token.ts";
import { person, segmentId, type Told } from "../../../contracts/support/segmentBook.ts";
import { followedBank } from "./followedBank.ts";

const text = `subscription ($id: ID!, $after: String, $pageSize: Int) {
  message: segmentChanges(segmentId: $id, after: $after, pageSize: $pageSize) {
    __typename
    ... on SegmentChanges {
      token sequence more
      changes { segmentId sequence kind customerId customerNodeId customer { customerId } cause corrected version position at occurredAt }
    }
    ... on SegmentResync { reason message sequence size }
    ... on SegmentFeedEnded { token sequence }
    ... on SegmentFeedRefused { reason message }
  }
}`;
type Change = { readonly sequence: number; readonly kind: "ENTERED" | "EXITED"; readonly customerId: string };
type Message = { readonly __typename: string; readonly token: string; readonly changes?: readonly Change[] };
type Bank = Awaited<ReturnType<typeof followedBank>>;

function follow(bank: Bank, variables: Record<string, unknown>) {
  const client = createClient({
    url: `${bank.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  onTestFinished(() => void client.dispose());
  const messages: Message[] = [];
  const errors: unknown[] = [];
  let completed = false;
  client.subscribe<{ message: Message }>(
    { query: text, variables: { id: "gold", ...variables } },
    {
      next: ({ data, errors: failed }) => (failed ? errors.push(...failed) : messages.push(data!.message)),
      error: error => errors.push(error),
      complete: () => {
        completed = true;
      },
    },
  );
  const changes = () => messages.flatMap(({ changes = [] }) => changes);
  return { messages, errors, changes, completed: () => completed, leave: () => client.dispose() };
}

const token = (given: object = {}) =>
  printToken({ log: "test-log", epoch: "epoch-1", segment: segmentId("gold"), sequence: 0, ...given });

test("a subscriber from now on is told where now is, and then what comes, whole", async () => {
  const bank = await followedBank();
  bank.begin("gold", 1);
  bank.tell("gold", [2, "in"]);
  const { messages } = follow(bank, {});
  await vi.waitUntil(() => messages.length === 1);
  expect(messages[0]).toMatchObject({ sequence: 1, changes: [], more: false, token: token({ sequence: 1 }) });
  bank.tell("gold", [7, "in", { cause: "clock", corrected: true, version: 1, position: 13, at: 130, occurredAt: 40 }]);
  await vi.waitUntil(() => messages.length === 2);
  expect(messages[1]).toEqual({
    __typename: "SegmentChanges",
    ...{ token: token({ sequence: 2 }), sequence: 2, more: false },
    changes: [
      {
        ...{ segmentId: "gold", sequence: 2, kind: "ENTERED", customerId: person(7), cause: "CLOCK", corrected: true },
        customerNodeId: Buffer.from(`Customer:${person(7)}`).toString("base64url"),
        customer: { customerId: person(7) },
        ...{ version: 1, position: "13", at: "1970-01-01T00:00:00.130Z", occurredAt: "1970-01-01T00:00:00.040Z" },
      },
    ],
  });
});

test("whoever follows from a snapshot and resumes after breaks ends equal to the members", async () => {
  const bank = await followedBank({ people: 60 });
  bank.begin("gold", 1, 2, 3);
  const members = new Set<string>();
  let after: string | null = null;
  const first = await bank.query(
    '{ s: segmentSnapshot(segmentId: "gold", first: 2) { ... on SegmentSnapshot { token next customerIds } } }',
  );
  const { token: from, next, customerIds } = first.data!.s as { token: string; next: string; customerIds: string[] };
  bank.tell("gold", [1, "out"], [9, "in"]);
  const rest = await bank.query(
    'query ($next: Cursor) { s: segmentSnapshot(segmentId: "gold", after: $next) { ... on SegmentSnapshot { token next customerIds } } }',
    { next },
  );
  expect(rest.data!.s).toEqual({ token: from, next: null, customerIds: [person(3)] });
  for (const id of [...customerIds, person(3)]) members.add(id);
  after = from;

  let sequence = 0;
  for (let round = 0; round < 8; round += 1) {
    const story = Array.from({ length: 5 }, (_, at): Told => [10 + round * 5 + at, "in"]);
    const { messages, changes, leave } = follow(bank, { after, pageSize: 2 });
    bank.tell("gold", ...story);
    await vi.waitUntil(() => changes().length >= 1 + (round % 3));
    leave();
    for (const { token: next, changes: told = [] } of messages) {
      after = next;
      for (const { sequence: number, kind, customerId } of told) {
        sequence += 1;
        expect(number).toBe(sequence);
        if (kind === "ENTERED") members.add(customerId);
        else members.delete(customerId);
      }
    }
  }
  const last = follow(bank, { after });
  await vi.waitUntil(() => sequence + last.changes().length === 42);
  for (const { sequence: number, kind, customerId } of last.changes()) {
    sequence += 1;
    expect(number).toBe(sequence);
    if (kind === "ENTERED") members.add(customerId);
    else members.delete(customerId);
  }
  const now = await bank.query(
    '{ s: segmentSnapshot(segmentId: "gold") { ... on SegmentSnapshot { size sequence customerIds } } }',
  );
  const { customerIds: expected, ...figures } = now.data!.s as { customerIds: string[] };
  expect([figures, [...members].sort()]).toEqual([{ size: 43, sequence: 42 }, [...expected].sort()]);
});

test.each([
  [
    { after: token({ epoch: "older" }) },
    { __typename: "SegmentResync", reason: "FEED_BEGUN_ANEW", sequence: 0, size: 1 },
  ],
  [{ after: token({ log: "other" }) }, { __typename: "SegmentResync", reason: "OTHER_LOG" }],
  [{ after: token({ sequence: 5 }) }, { __typename: "SegmentResync", reason: "AHEAD" }],
  [{ after: "nonsense" }, { __typename: "SegmentFeedRefused", reason: "TOKEN_MALFORMED" }],
  [
    { id: "blue", after: token() },
    { __typename: "SegmentFeedRefused", reason: "TOKEN_OF_OTHER_SEGMENT" },
  ],
  [{ id: "nobody" }, { __typename: "SegmentFeedRefused", reason: "UNKNOWN_SEGMENT" }],
])("%j is told as a message, and the subscription ends", async (variables, expected) => {
  const bank = await followedBank();
  bank.begin("gold", 1);
  bank.begin("blue", 1);
  const { messages, completed } = follow(bank, variables);
  await vi.waitUntil(completed);
  expect(messages).toMatchObject([expected]);
});

test("an archived segment tells what was left, and that it ended", async () => {
  const bank = await followedBank();
  bank.begin("gold", 1);
  bank.tell("gold", [2, "in"]);
  const { messages, completed } = follow(bank, { after: token() });
  await vi.waitUntil(() => messages.length === 1);
  bank.archive("gold");
  await vi.waitUntil(completed);
  expect(messages.map(({ __typename }) => __typename)).toEqual(["SegmentChanges", "SegmentFeedEnded"]);
  expect(messages[1]).toMatchObject({ token: messages[0]!.token, sequence: 1 });
});

test("an id or a page size that cannot be is refused before anything is followed", async () => {
  const bank = await followedBank();
  for (const [variables, argument] of [
    [{ id: "NOT ONE" }, "segmentId"],
    [{ pageSize: 501 }, "pageSize"],
    [{ pageSize: 0 }, "pageSize"],
  ] as const) {
    const { errors } = follow(bank, variables);
    await vi.waitUntil(() => errors.length > 0);
    expect(errors[0]).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument } }]);
  }
  const refused = await bank.query(
    '{ s: segmentSnapshot(segmentId: "nobody") { ... on SegmentFeedRefused { reason } } }',
  );
  expect(refused.data).toEqual({ s: { reason: "UNKNOWN_SEGMENT" } });
});

test("the same over server-sent events, where a browser resumes by the id of the last event", async () => {
  const bank = await followedBank();
  bank.begin("gold", 1);
  bank.tell("gold", [2, "in"], [3, "in"], [2, "out"]);
  const query = `subscription { segmentChanges(segmentId: "gold", after: "${token()}", pageSize: 1) { ... on SegmentChanges { sequence token } ... on SegmentFeedEnded { token } } }`;
  const events = async (headers: Record<string, string>) => {
    const response = await fetch(`${bank.url}/graphql/stream?query=${encodeURIComponent(query)}`, {
      headers: { accept: "text/event-stream", ...headers },
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    bank.archive("gold");
    return (await response.text()).split("\n\n").filter(event => event.startsWith("event: "));
  };
  const all = await events({});
  expect(all.map(event => event.split("\n")[0])).toEqual([...Array(4).fill("event: next"), "event: complete"]);
  const [first] = all;
  const [, id, data] = first!.split("\n").map(line => line.replace(/^\w+: /, ""));
  expect(JSON.parse(data!).data.segmentChanges).toEqual({ sequence: 1, token: id });
  const idsOf = (told: readonly string[]) => told.map(event => event.split("\n")[1]);
  expect(idsOf(await events({ "last-event-id": id! }))).toEqual(idsOf(all.slice(1)));
  const refused = await fetch(`${bank.url}/graphql/stream?query=${encodeURIComponent("subscription { nope }")}`, {
    headers: { accept: "text/event-stream" },
  });
  expect([
    refused.status,
    ((await refused.json()) as { errors: [{ extensions: { code: string } }] }).errors[0].extensions.code,
  ]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
});
