import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { RecordedEvent } from "../../src/domain/event.ts";
import type { JsonObject } from "../../src/domain/json.ts";
import { loadCatalogue } from "../../src/intake/loadCatalogue.ts";
import { createUpcaster } from "../../src/intake/upcaster.ts";
import { customerId, fact, openDoor } from "./openDoor.ts";
import { schemaFolder, shippedCatalogue } from "./shippedCatalogue.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
/** The shipped schemas plus some of one's own. */
function folderWith(files: Readonly<Record<string, object | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "c360-facts-"));
  folders.push(folder);
  cpSync(schemaFolder, folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}
const everySchema = shippedCatalogue.types.flatMap(({ versions }) => versions);
const check = (type: string, data: object) =>
  shippedCatalogue
    .find(type)!
    .check(data as JsonObject)
    .map(({ field, code }) => `${field} ${code}`);

test("the catalogue holds the facts that a bank sends", () => {
  expect(shippedCatalogue.types.map(({ type }) => type)).toEqual([
    "account-closed",
    "account-opened",
    "balance-reported",
    "behaviour-observed",
    "call-recorded",
    "campaign-assigned",
    "campaign-contacted",
    "campaign-responded",
    "card-issued",
    "card-status-changed",
    "complaint-recorded",
    "consent-granted",
    "consent-withdrawn",
    "customer-attributes-changed",
    "customer-registered",
    "delivery-reported",
    "holding-changed",
    "identity-linked",
    "identity-merged",
    "identity-split",
    "loan-granted",
    "loan-status-changed",
    "merge-proposal-rejected",
    "preference-set",
    "relationship-ended",
    "relationship-established",
    "score-reported",
    "standing-order-ended",
    "standing-order-set",
    "transaction-posted",
    "transaction-reversed",
  ]);
});

test.each(everySchema)("$type version $version says what it is and shows a valid example", schema => {
  expect(schema.title).not.toBe("");
  expect(schema.description).not.toBe("");
  expect(schema.examples.length).toBeGreaterThan(0);
  for (const example of schema.examples) expect(schema.check(example)).toEqual([]);
  expect(schema.schema.additionalProperties).toBe(false);
  expect(JSON.stringify(schema.schema)).not.toContain("common.json");
});

test("a wrong transaction is told everything that is wrong with it", () => {
  const wrong = {
    account: { system: "b/x", id: "" },
    direction: "up",
    amount: { amount: "1.234", currency: "CZK" },
    balanceAfter: { amount: 1, currency: "Kc" },
    mcc: "12",
    colour: "red",
  };
  expect(check("transaction-posted", wrong).sort()).toEqual([
    "data.account.id empty",
    "data.account.system malformed",
    "data.amount.amount too-precise",
    "data.balanceAfter.amount wrong-type",
    "data.balanceAfter.currency unknown-currency",
    "data.colour unknown-field",
    "data.direction not-allowed",
    "data.mcc malformed",
  ]);
  expect(check("transaction-posted", {})).toEqual([
    "data.account missing",
    "data.direction missing",
    "data.amount missing",
  ]);
});

test("a date has to be real, a relationship has to be to somebody or something", () => {
  expect(check("complaint-recorded", { complaintId: "1", product: "Card", receivedOn: "2023-02-29" })).toEqual([
    "data.receivedOn malformed",
  ]);
  expect(check("relationship-established", { relationshipId: "1", kind: "owner" })).toEqual(["data no-form-fits"]);
});

test("faults quote a wrong value where it may be read, and only describe it where it is personal", () => {
  const [product] = shippedCatalogue.find("account-opened")!.check({
    account: { system: "core", id: "1" },
    currency: "Kc",
  });
  expect(product?.message).toContain('"Kc"');
  const [, long] = shippedCatalogue.find("customer-registered")!.check({
    attributes: { "e mail": "x", email: "ada@example.com".repeat(200), segment: "s".repeat(2001) },
  });
  expect(long?.field).toBe("data.attributes.email");
  const personal = shippedCatalogue.find("identity-linked")!.check({ system: "crm", id: "Ada\nLovelace" });
  expect(personal.map(({ message }) => message).join()).not.toContain("Ada");
});

test("a new fact type and a new version of an old one need a schema file and no code", async () => {
  const folder = folderWith({
    "mortgage-simulated.v1.json": {
      title: "Mortgage simulated",
      description: "The customer tried a mortgage.",
      type: "object",
      properties: {
        price: { $ref: "common.json#/$defs/money" },
        years: { type: "integer" },
        note: { type: "string", "x-personal": true },
      },
      required: ["price"],
      additionalProperties: false,
    },
    "card-issued.v2.json": {
      title: "Card issued",
      type: "object",
      properties: { cardNumber: { $ref: "common.json#/$defs/id" }, network: { type: "string" } },
      required: ["cardNumber", "network"],
      additionalProperties: false,
      "x-upcast": {
        rename: { cardId: "cardNumber" },
        default: { network: "unknown" },
        remove: ["product", "details.colour"],
      },
    },
  });
  const loaded = loadCatalogue(folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
  const door = openDoor({ catalogue: loaded.value });
  const outcomes = await door.submit(
    fact("mortgage-simulated", { price: { amount: "5000000.5", currency: "CZK" }, years: 30, note: "for Ada" }),
    fact("card-issued", { cardId: "104", product: "gold", details: { colour: "red", limit: 5 } }, { schemaVersion: 1 }),
    fact("card-issued", { cardNumber: "105", network: "visa" }),
    fact("card-issued", { cardId: "106" }),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(["accepted", "accepted", "accepted", "quarantined"]);
  const [, simulated, first, second] = (await door.log()) as [
    RecordedEvent,
    RecordedEvent,
    RecordedEvent,
    RecordedEvent,
  ];
  expect(simulated.stream).toBe(`customer-${customerId("1")}`);
  expect(simulated.data).toEqual({ price: { minorUnits: 500000050, currency: "CZK" }, years: 30, note: "for Ada" });

  const upcast = createUpcaster(loaded.value);
  expect(upcast(first)).toMatchObject({
    schemaVersion: 2,
    data: { cardNumber: "104", network: "unknown", details: { limit: 5 } },
  });
  expect(upcast(first).data).not.toHaveProperty("product");
  expect(first.data).toMatchObject({ cardId: "104", product: "gold" });
  expect(upcast(second)).toBe(second);
  expect(upcast(simulated)).toBe(simulated);
});

test("everything wrong in a folder of schemas is told by file", () => {
  const object = { type: "object", properties: { a: { type: "string" } }, additionalProperties: false };
  const folder = folderWith({
    "broken.v1.json": "{",
    "Wrong Name.json": object,
    "gap.v1.json": object,
    "gap.v3.json": { ...object, "x-upcast": {} },
    "late.v1.json": object,
    "late.v2.json": object,
    "typo.v1.json": { ...object, "x-subject": "everybody" },
    "claim.v1.json": { ...object, "x-claims": "account" },
    "nowhere.v1.json": { ...object, properties: { a: { $ref: "common.json#/$defs/nothing" } } },
    "hidden.v1.json": {
      ...object,
      properties: { a: { type: "array", items: { type: "string", "x-personal": true } } },
    },
    "odd.v1.json": { ...object, "x-checks": [{ flag: "odd", field: "a", before: "b" }] },
  });
  const loaded = loadCatalogue(folder);
  expect(loaded.ok ? [] : loaded.refusal.map(({ file }) => file).sort()).toEqual([
    "Wrong Name.json",
    "broken.v1.json",
    "claim.v1.json",
    "gap.v3.json",
    "hidden.v1.json",
    "late.v2.json",
    "nowhere.v1.json",
    "odd.v1.json",
    "typo.v1.json",
  ]);
});

test("a folder that is not there is a problem that names it", () => {
  const loaded = loadCatalogue("/nowhere/facts");
  expect(loaded).toMatchObject({ ok: false, refusal: [{ file: "/nowhere/facts" }] });
});
