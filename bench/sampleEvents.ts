import { randomUUID } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { NewEvent } from "../src/domain/event.ts";
import type { EventId } from "../src/domain/ids.ts";

/** An endless run of card payments: random ids, 100,000 customers of whom one in a hundred causes a tenth of the events. */
export function* sampleEvents(seed: number): Generator<{ readonly stream: string; readonly event: NewEvent }> {
  const random = xoroshiro128plus(seed);
  for (let n = 0; ; n += 1) {
    const hot = uniformInt(random, 0, 9) === 0;
    const customer = hot ? uniformInt(random, 0, 999) : uniformInt(random, 1000, 99_999);
    const minorUnits = uniformInt(random, 100, 500_000);
    yield {
      stream: `customer-${String(customer).padStart(26, "0")}`,
      event: {
        eventId: randomUUID() as EventId,
        type: "transaction-posted",
        schemaVersion: 1,
        occurredAt: 1_700_000_000_000 + n * 1000,
        actor: { kind: "service", id: "core-bank" },
        source: "core-bank",
        sourceEventId: `t-${n}`,
        correlationId: null,
        causationId: null,
        corrects: null,
        flags: [],
        data: {
          account: `core-bank/${customer}-1`,
          transactionId: `t-${n}`,
          direction: "debit",
          amount: { minorUnits, currency: "EUR" },
          operation: "card-payment",
          mcc: "5411",
          merchant: `Grocer ${minorUnits % 500}`,
          details: { terminal: `T${minorUnits % 9000}` },
        },
        personal: null,
      },
    };
  }
}
