import { createHash, randomUUID } from "node:crypto";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../../src/adapters/embedded/log/createLogWriter.ts";
import { storePaths } from "../../src/adapters/embedded/storePaths.ts";
import type { NewEvent } from "../../src/domain/event.ts";
import type { LogReader } from "../../src/domain/eventLog.ts";
import { CustomerId, customerStream, type EventId } from "../../src/domain/ids.ts";
import type { Instant } from "../../src/domain/instant.ts";
import type { JsonObject } from "../../src/domain/json.ts";
import { tagStream } from "../../src/domain/tag/definition.ts";
import { bankTags } from "./definitions.ts";

/** The log of a population, written past the door: customers by number, each with a short history. */
export type PopulationLog = {
  readonly reader: LogReader;
  readonly writeLives: (customers: number, paymentsEach: number) => void;
  readonly publishTags: () => void;
  /** Payments of customers at random, so that hardly any is in memory. */
  readonly writePayments: (customers: number, payments: number) => void;
  readonly close: () => void;
};

const day = 86_400_000;

export function createPopulationLog(folder: string, from: Instant): PopulationLog {
  const paths = storePaths(folder);
  const vault = createKeyVault(paths.keys, "write");
  const writer = createLogWriter(paths.events, vault);
  const reader = createLogReader(paths.events, vault);
  let now = from;
  const append = (writes: readonly { readonly stream: string; readonly events: readonly NewEvent[] }[]): void => {
    const requests = writes.map(write => ({ writes: [{ ...write, expected: "any" as const }] }));
    for (const outcome of writer.append(requests, now))
      if (outcome.kind !== "appended") throw new Error(`not appended: ${outcome.kind}`);
    writer.maintain();
  };
  return {
    reader,
    writeLives: (customers, paymentsEach) => {
      for (let first = 0; first < customers; first += 500)
        append(
          Array.from({ length: Math.min(500, customers - first) }, (_, index) =>
            lifeOf(first + index, paymentsEach, now),
          ),
        );
    },
    publishTags: () =>
      append(
        bankTags().map(definition => ({
          stream: tagStream(definition.code),
          events: [
            newEvent("tag-drafted", now, { version: 1, definition } as unknown as JsonObject),
            newEvent("tag-published", now, { version: 1 }),
          ],
        })),
      ),
    writePayments: (customers, payments) => {
      for (let sent = 0; sent < payments; sent += 10) {
        now += 1;
        append(
          Array.from({ length: 10 }, (_, index) => {
            const customer = ((sent + index) * 7_368_787) % customers;
            return { stream: customerStream(idOf(customer)), events: [payment(customer, now, sent + index)] };
          }),
        );
      }
    },
    close: () => {
      reader.close();
      writer.close();
      vault.close();
    },
  };
}

const idOf = (customer: number): CustomerId =>
  CustomerId.parse(createHash("sha256").update(String(customer)).digest("hex").slice(0, 26)) as CustomerId;

function lifeOf(customer: number, payments: number, now: number) {
  const account = `core/${customer}`;
  const attributes = { gender: customer % 2 === 0 ? "female" : "male", city: `city ${customer % 50}`, language: "en" };
  return {
    stream: customerStream(idOf(customer)),
    events: [
      newEvent("customer-registered", now - 900 * day, { attributes }),
      newEvent("account-opened", now - 900 * day, { account, product: "current", currency: "EUR" }),
      ...Array.from({ length: payments }, (_, index) =>
        payment(customer, now - (index * 40 + (customer % 30)) * day, index),
      ),
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
