import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../../src/adapters/embedded/log/createLogWriter.ts";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import type { NewEvent, RecordedEvent } from "../../src/domain/event.ts";
import { CustomerId, customerStream, type EventId } from "../../src/domain/ids.ts";
import type { JsonObject } from "../../src/domain/json.ts";
import { tagStream } from "../../src/domain/tag/definition.ts";
import { createEngine } from "../../src/projections/engine.ts";
import { bankTags } from "./definitions.ts";

/**
 * Facts per second, from log to tags, at a number of customers each with a short history: new payments go to customers at
 * random, so that hardly any is in memory.
 */
export async function benchPopulation(folder: string, customers: number, facts: number): Promise<number> {
  const home = mkdtempSync(join(folder, "population-"));
  const vault = createKeyVault(join(home, "keys.db"), "write");
  const writer = createLogWriter(join(home, "events.db"), vault);
  const reader = createLogReader(join(home, "events.db"), vault);
  const store = openReadModelStore(join(home, "readmodels.db"));
  let now = Date.UTC(2025, 11, 1);
  const append = (writes: readonly { readonly stream: string; readonly events: readonly NewEvent[] }[]): void => {
    const requests = writes.map(write => ({ writes: [{ ...write, expected: "any" as const }] }));
    for (const outcome of writer.append(requests, now))
      if (outcome.kind !== "appended") throw new Error(`not appended: ${outcome.kind}`);
    writer.maintain();
  };
  const engine = createEngine({ log: reader, store, upcast: (event: RecordedEvent) => event });
  try {
    for (let first = 0; first < customers; first += 500)
      append(Array.from({ length: Math.min(500, customers - first) }, (_, index) => lifeOf(first + index, now)));
    await engine.drain();
    append(
      bankTags().map(definition => ({
        stream: tagStream(definition.code),
        events: [
          newEvent("tag-drafted", now, { version: 1, definition } as unknown as JsonObject),
          newEvent("tag-published", now, { version: 1 }),
        ],
      })),
    );
    await engine.drain();
    for (let sent = 0; sent < facts; sent += 10) {
      now += 1;
      append(
        Array.from({ length: 10 }, (_, index) => {
          const customer = ((sent + index) * 7_368_787) % customers;
          return { stream: customerStream(idOf(customer)), events: [payment(customer, now, sent + index)] };
        }),
      );
    }
    const started = performance.now();
    await engine.drain();
    return Math.round((facts * 1000) / (performance.now() - started));
  } finally {
    store.close();
    reader.close();
    writer.close();
    vault.close();
    rmSync(home, { recursive: true });
  }
}

const day = 86_400_000;
const idOf = (customer: number): CustomerId =>
  CustomerId.parse(createHash("sha256").update(String(customer)).digest("hex").slice(0, 26)) as CustomerId;

function lifeOf(customer: number, now: number) {
  const account = `core/${customer}`;
  const attributes = { gender: customer % 2 === 0 ? "female" : "male", city: `city ${customer % 50}`, language: "en" };
  return {
    stream: customerStream(idOf(customer)),
    events: [
      newEvent("customer-registered", now - 900 * day, { attributes }),
      newEvent("account-opened", now - 900 * day, { account, product: "current", currency: "EUR" }),
      ...Array.from({ length: 4 }, (_, index) => payment(customer, now - (index * 40 + (customer % 30)) * day, index)),
      newEvent("balance-reported", now - 20 * day, { account, balance: { minorUnits: 90_000, currency: "EUR" } }),
    ],
  };
}

const payment = (customer: number, at: number, n: number): NewEvent =>
  newEvent("transaction-posted", at, {
    ...{ account: `core/${customer}`, direction: n % 5 === 0 ? "credit" : "debit", operation: "card-purchase" },
    ...{ purpose: n % 5 === 0 ? "salary" : "private", mcc: n % 2 === 0 ? "5411" : "5812", merchant: `m${n % 20}` },
    amount: { minorUnits: 100 + (n % 900), currency: "EUR" },
  });

const newEvent = (type: string, occurredAt: number, data: JsonObject): NewEvent => ({
  ...{ eventId: randomUUID() as EventId, type, schemaVersion: 1, occurredAt, data, personal: null, flags: [] },
  ...{ actor: { kind: "service", id: "bench" }, source: "bench", sourceEventId: null },
  ...{ correlationId: null, causationId: null, corrects: null },
});
