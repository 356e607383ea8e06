import { expect, test } from "vitest";
import { StorageFailure } from "../../../src/domain/eventLog.ts";
import { createDoorIntake } from "./support/doorIntake.ts";
import { startServer } from "./support/startServer.ts";

const event = (id: string) => ({ specversion: "1.0", id, source: "crm", type: "t", data: { amount: "1.00" } });
const one = "application/cloudevents+json";
const many = "application/cloudevents-batch+json";

async function openDoor(options: Parameters<typeof startServer>[0] = {}) {
  const door = createDoorIntake();
  const { url } = await startServer({ ...options, intake: door.intake });
  const send = async (
    contentType: string | null,
    body: string | Buffer,
    headers: Record<string, string> = {},
    query = "",
  ) => {
    const type: Record<string, string> = contentType === null ? {} : { "content-type": contentType };
    const response = await fetch(`${url}/facts${query}`, { method: "POST", headers: { ...type, ...headers }, body });
    return {
      status: response.status,
      headers: response.headers,
      json: (await response.json()) as Record<string, unknown>,
    };
  };
  return { ...door, url, send };
}

test("one event in structured mode answers with its outcome, and with a duplicate when sent again", async () => {
  const { send, taken } = await openDoor();
  const first = await send(`${one}; charset=UTF-8`, JSON.stringify(event("e1")), {}, "?source=crm-7");
  expect([first.status, first.json]).toEqual([
    200,
    { kind: "accepted", position: "1", eventId: "e1", customerId: null, flags: [] },
  ]);
  expect((await send(one, JSON.stringify(event("e1")))).json).toEqual({
    kind: "duplicate",
    position: "1",
    eventId: "e1",
  });
  expect(taken.map(({ context }) => context.source)).toEqual(["crm-7", "http"]);
});

test("a fact that the door refuses is told as such, by status and by its faults", async () => {
  const { send } = await openDoor();
  const refused = await send(one, JSON.stringify({ specversion: "1.0" }), { "x-correlation-id": "run-7" });
  expect([refused.status, refused.json.kind, refused.json.faults]).toMatchObject([
    422,
    "quarantined",
    [{ field: "id" }],
  ]);
});

test("a batch answers item by item and with its tally", async () => {
  const { send, taken } = await openDoor({ limits: { chunkLines: 2 } });
  const batch = [event("a"), event("b"), { nothing: true }, event("a")];
  const { status, json } = await send(many, JSON.stringify(batch), { "x-correlation-id": "run-7", "x-source": "dwh" });
  expect(status).toBe(200);
  expect((json.outcomes as { kind: string }[]).map(({ kind }) => kind)).toEqual([
    "accepted",
    "accepted",
    "quarantined",
    "duplicate",
  ]);
  expect(json).toMatchObject({ accepted: 2, duplicate: 1, quarantined: 1, position: "2" });
  expect(taken.map(({ context }) => context)).toEqual([0, 1].map(() => ({ source: "dwh", correlationId: "run-7" })));
});

test("an event in binary mode is put together from its headers and body", async () => {
  const { send, taken } = await openDoor();
  const headers = {
    "ce-specversion": "1.0",
    "ce-id": "e1",
    "ce-source": "crm",
    "ce-type": "t",
    "ce-subject": "Kn%C3%ADha%20%22a%22",
  };
  expect((await send("application/json", '{"amount":"1.00"}', headers)).status).toBe(200);
  expect(taken[0]?.batch).toEqual({
    format: "cloudevents",
    events: [
      {
        specversion: "1.0",
        id: "e1",
        source: "crm",
        type: "t",
        subject: 'Kníha "a"',
        datacontenttype: "application/json",
        data: { amount: "1.00" },
      },
    ],
  });
});

test.each([
  ["one event", one, {}, '{"id": "e1', '{"id": "e1'],
  ["a batch", many, {}, '[{"id": "e1"}', '[{"id": "e1"}'],
  ["a batch that is no list", many, {}, '{"id": "e1"}\n', '{"id": "e1"}\n'],
  ["binary mode, with its headers", "application/json", { "ce-id": "e1" }, "{", "ce-id: e1\n\n{"],
  ["nothing at all", many, {}, "", ""],
])("what is not JSON is refused and kept whole: %s", async (_name, type, headers, body, kept) => {
  const { send, lines } = await openDoor();
  const { status, json } = await send(type, body, headers);
  expect([status, json.code]).toEqual([400, "BAD_REQUEST"]);
  expect(lines()).toEqual([kept]);
});

test("bytes that are not UTF-8 are kept as they are, never repaired into another fact", async () => {
  const { send, lines } = await openDoor();
  const bytes = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff]), Buffer.from('"}')]);
  expect((await send(one, bytes)).status).toBe(400);
  expect(Buffer.from(lines()[0]!.split("base64: ")[1]!, "base64")).toEqual(bytes);
});

test("unknown content, packed content and content in another character set are refused before anything is read", async () => {
  const { send, taken } = await openDoor();
  const body = JSON.stringify(event("e1"));
  for (const type of ["text/plain", "application/json", "application/xml", `${one}; charset=latin1`, null])
    expect((await send(type, body)).status).toBe(415);
  expect((await send(one, body, { "content-encoding": "gzip" })).status).toBe(415);
  expect(taken).toEqual([]);
});

test("a body beyond the limit is refused, and told how to send many facts", async () => {
  const { send, taken } = await openDoor({ limits: { bodyBytes: 100 } });
  const { status, json } = await send(many, JSON.stringify([event("a"), event("b"), event("c")]));
  expect([status, json.code, json.message]).toEqual([413, "BODY_TOO_LARGE", expect.stringContaining("x-ndjson")]);
  expect(taken).toEqual([]);
});

test("a store that cannot take facts, or does not say in time, asks to be tried again", async () => {
  const { send, standInTheDoor } = await openDoor({ limits: { intakeMs: 30 } });
  standInTheDoor(() => Promise.reject(new StorageFailure("STORAGE_FULL", "The disk is full: make room.")));
  const full = await send(one, JSON.stringify(event("e1")));
  expect([full.status, full.headers.get("retry-after"), full.json]).toEqual([
    503,
    "5",
    { code: "STORAGE_FULL", message: "The disk is full: make room.", outcome: "notStored" },
  ]);
  standInTheDoor(() => new Promise(() => {}));
  const silent = await send(many, JSON.stringify([event("e1")]));
  expect([silent.status, silent.json]).toMatchObject([503, { code: "INTAKE_TIMEOUT", outcome: "unknown" }]);
  standInTheDoor(() => Promise.reject(new TypeError("secret")));
  const bug = await send(one, JSON.stringify(event("e1")));
  expect([bug.status, bug.json.code, JSON.stringify(bug.json)]).toEqual([
    500,
    "INTERNAL",
    expect.not.stringContaining("secret"),
  ]);
});
