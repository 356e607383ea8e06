import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import type { RecordedEvent } from "../../src/domain/event.ts";
import { createIntake, type IntakeParts } from "../../src/intake/createIntake.ts";
import type { Fact, FactOutcome } from "../../src/intake/fact.ts";
import { customerIdOf, idSecret } from "../../src/intake/identify.ts";
import { shippedCatalogue } from "./shippedCatalogue.ts";

export const secret = Buffer.alloc(32, 7);
export const today = Date.parse("2024-05-01T12:00:00Z");
export const core = (id: string) => ({ system: "core", id });
export const customerId = (id: string) => customerIdOf(idSecret(secret), core(id));

/** A door on a fresh memory log, with what tests ask of it. */
export function openDoor(parts: Partial<IntakeParts> = {}) {
  const { writer, reader, vault } = createMemoryLog();
  const appends: number[] = [];
  const counted = {
    ...writer,
    append: (...args: Parameters<typeof writer.append>) => {
      appends.push(args[0].length);
      return writer.append(...args);
    },
  };
  const intake = createIntake({
    writer: counted,
    reader,
    catalogue: shippedCatalogue,
    secret,
    now: () => today,
    ...parts,
  });
  const submit = (...facts: readonly unknown[]): Promise<FactOutcome[]> =>
    intake.submit({ format: "facts", facts: facts as readonly Fact[] }, { source: "test" });
  return {
    intake,
    submit,
    writer,
    reader,
    vault,
    appends,
    log: (): Promise<RecordedEvent[]> => reader.read({ limit: 1000 }),
  };
}

const account = { system: "core", id: "a1" };

let next = 0;
/** A fact of some type about customer core/1, with an id of its own. */
export const fact = (type: string, data: object, more: object = {}) => {
  next += 1;
  return {
    id: `f-${next}`,
    source: "core",
    type,
    subject: { customer: core("1") },
    occurredAt: "2024-04-01T10:00:00+02:00",
    data,
    ...more,
  };
};
export const registered = (id = "1", more: object = {}) =>
  fact(
    "customer-registered",
    { attributes: { firstName: "Ada", district: "18" } },
    { subject: { customer: core(id) }, ...more },
  );
export const opened = (id = "1", more: object = {}) =>
  fact("account-opened", { account }, { subject: { customer: core(id) }, ...more });
export const paid = (amount = "12.30", more: object = {}) =>
  fact(
    "transaction-posted",
    { account, direction: "debit", amount: { amount, currency: "CZK" } },
    { subject: { account }, ...more },
  );
