import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { JsonValue } from "../../src/domain/json.ts";
import { readCloudEvent } from "../../src/intake/cloudEvents.ts";
import { factOfCloudEvent } from "../../src/intake/factOfCloudEvent.ts";

const folder = process.env.C360_DATA ?? "../shared/data";
const file = join(folder, "cloudevents/json-format.json");
type Vector = { readonly id: string; readonly event: JsonValue };
const vectors: { readonly valid: Vector[]; readonly invalid: Vector[] } = existsSync(file)
  ? JSON.parse(readFileSync(file, "utf8"))
  : { valid: [], invalid: [] };

if (vectors.valid.length === 0) {
  console.warn(`skipped: no CloudEvents vectors in ${folder}`);
  test.skip(`the CloudEvents vectors of ${folder}`, () => {});
} else {
  test("there are 10 valid and 25 invalid vectors", () => {
    expect([vectors.valid.length, vectors.invalid.length]).toEqual([10, 25]);
  });
  test.each(vectors.valid)("$id is accepted", ({ event }) => {
    expect(readCloudEvent(event)).toEqual({ ok: true, value: event });
  });
  test.each(vectors.invalid)("$id is refused with its attribute named", ({ event }) => {
    const read = readCloudEvent(event);
    expect(read.ok ? [] : read.refusal.map(({ field }) => field)).toEqual([expect.stringMatching(/^[a-zA-Z._\d]+$/)]);
  });
}

const event = {
  specversion: "1.0",
  id: "7",
  source: "core",
  type: "card-issued",
  subject: "customer/core/1",
  time: "2024-04-01T10:00:00Z",
  data: { cardId: "104" },
};
const fieldsAtFault = (value: JsonValue) => {
  const read = factOfCloudEvent(value);
  return read.ok ? [] : read.refusal.map(({ field, code }) => `${field} ${code}`);
};

test("a CloudEvent becomes a fact, its extensions the fact's own fields", () => {
  const full = {
    ...event,
    dataschema: "https://bank.example/facts/card-issued.v2",
    datacontenttype: "application/json; charset=utf-8",
    correlationid: "batch-1",
    causationid: "call-9",
    corrects: "6",
    actorid: "eva",
    actorkind: "person",
    traceparent: "00-1-2-03",
    constructor: "extensions may be called anything",
  };
  expect(factOfCloudEvent(full)).toEqual({
    ok: true,
    value: {
      id: "7",
      source: "core",
      type: "card-issued",
      schemaVersion: 2,
      subject: { customer: { system: "core", id: "1" } },
      occurredAt: "2024-04-01T10:00:00Z",
      data: { cardId: "104" },
      correlationId: "batch-1",
      causationId: "call-9",
      corrects: "6",
      actor: { kind: "person", id: "eva" },
    },
  });
});

test.each([
  ["customer/c%2F1/%C3%A9%20x", { customer: { system: "c/1", id: "é x" } }],
  ["account/core/a%2F1", { account: { system: "core", id: "a/1" } }],
  ["id/00000000000000000000000001", { customerId: "00000000000000000000000001" }],
  [null, { unattributed: true }],
])("subject %s says whose fact it is", (subject, expected) => {
  expect(factOfCloudEvent({ ...event, subject })).toMatchObject({ ok: true, value: { subject: expected } });
});

test.each(["somebody", "customer/core", "customer/core/1/2", "customer/core/%zz", "id/1/2", "Customer/core/1"])(
  "subject %s is refused",
  subject => expect(fieldsAtFault({ ...event, subject })).toEqual(["subject malformed"]),
);

test("data may come as base64 of JSON, and only as a JSON object", () => {
  const { data, ...bare } = event;
  const base64 = (text: string) => ({ ...bare, data_base64: Buffer.from(text).toString("base64") });
  expect(factOfCloudEvent(base64('{"cardId":"104"}'))).toMatchObject({ ok: true, value: { data } });
  expect(fieldsAtFault(base64("{"))).toEqual(["data_base64 not-json"]);
  expect(fieldsAtFault(base64("[1]"))).toEqual(["data wrong-type"]);
  expect(fieldsAtFault({ ...bare, data_base64: "/w==" })).toEqual(["data_base64 not-json"]);
  expect(fieldsAtFault({ ...bare, data_base64: "a" })).toEqual(["data_base64 malformed"]);
  expect(fieldsAtFault(bare)).toEqual(["data missing"]);
  expect(fieldsAtFault({ ...event, datacontenttype: "text/plain" })).toEqual(["datacontenttype not-allowed"]);
});

test("everything wrong with a CloudEvent is named at once", () => {
  expect(
    fieldsAtFault({ ...event, id: "", time: "noon", "my-ext": 1, source: "not a uri", level: 1.5 }).sort(),
  ).toEqual(["id empty", "level wrong-type", "my-ext bad-name", "source malformed", "time malformed"]);
  expect(fieldsAtFault({ ...event, time: null, subject: "x", actorid: "eva", corrects: 7 }).sort()).toEqual([
    "actorkind missing",
    "corrects wrong-type",
    "subject malformed",
    "time missing",
  ]);
  expect(fieldsAtFault([event])).toEqual([" not-an-object"]);
});
