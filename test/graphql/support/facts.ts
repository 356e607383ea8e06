import type { JsonObject } from "../../../src/domain/json.ts";
import type { Fact, FactSubject } from "../../../src/intake/fact.ts";

/** Builders in the words of a sentence; ids count up, so that no two facts are the same by accident. */
let next = 0;
const fact = (type: string, subject: FactSubject, day: string, data: JsonObject, more: Partial<Fact> = {}): Fact => {
  next += 1;
  return { id: `f${next}`, source: "core", type, subject, occurredAt: `${day}T12:00:00Z`, data, ...more };
};

export const customer = (id: string): FactSubject => ({ customer: { system: "core", id } });
export const account = (id: string): FactSubject => ({ account: { system: "core", id } });

export const registered = (id: string, day: string, attributes: JsonObject = {}) =>
  fact("customer-registered", customer(id), day, { attributes });

export const attributesChanged = (id: string, day: string, attributes: JsonObject) =>
  fact("customer-attributes-changed", customer(id), day, { attributes });

export const opened = (owner: string, ref: string, day: string, currency = "CZK") =>
  fact("account-opened", customer(owner), day, { account: { system: "core", id: ref }, product: "current", currency });

export const moved = (ref: string, day: string, amount: string, more: JsonObject = {}, currency = "CZK") =>
  fact("transaction-posted", account(ref), day, {
    account: { system: "core", id: ref },
    direction: amount.startsWith("-") ? "debit" : "credit",
    amount: { amount: amount.replace("-", ""), currency },
    ...more,
  });

export const reversed = (original: Fact, ref: string, day: string) =>
  fact("transaction-reversed", account(ref), day, { account: { system: "core", id: ref } }, { corrects: original.id });

export const related = (from: string, kind: string, to: JsonObject, day: string) =>
  fact("relationship-established", customer(from), day, { relationshipId: `${from}-${kind}`, kind, ...to });

export const complained = (id: string, day: string, data: JsonObject) =>
  fact("complaint-recorded", customer(id), day, data);

export const consented = (id: string, day: string) =>
  fact("consent-granted", customer(id), day, { channel: "email", purpose: "marketing" });

export const told = fact;
