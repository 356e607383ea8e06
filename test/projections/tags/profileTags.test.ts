import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import { customerStream } from "../../../src/domain/ids.ts";
import type { Standing } from "../../../src/domain/tag/rule.ts";
import type { Customer } from "../../../src/projections/customer/customer.ts";
import { foldCustomer } from "../../../src/projections/customer/fold.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { adaId, type FactOf, given } from "../support/facts.ts";
import { randomFacts } from "../support/randomFacts.ts";
import { adaWith, everything } from "./support/subjects.ts";
import { code, version, whole } from "./support/tagVersions.ts";

const text = { kind: "text" } as const;
const keys = ["a", "b", "__proto__", "constructor", "7", "ä𝄞"];
const standings: readonly Standing[] = ["account", "card", "loan", "standing-order", "holding", "relationship"];

const program = compileTags([
  ...keys.flatMap((name, index) => [
    version(`attribute-${index}`, text, { kind: "attribute", source: { kind: "attribute", name, form: text } }),
    version(`preference-${index}`, text, { kind: "attribute", source: { kind: "preference", name, form: text } }),
    version(
      `consent-${index}`,
      { kind: "boolean" },
      { kind: "attribute", source: { kind: "consent", channel: name, purpose: "a" } },
    ),
  ]),
  version("registered", { kind: "date", zone: "UTC" }, { kind: "attribute", source: { kind: "registeredAt" } }),
  ...standings.map(what =>
    version(`standing-${what}`, whole, { kind: "attribute", source: { kind: "standing", what, where: null } }),
  ),
]);

/** The figures of the profile that the tags speak of. */
function fromProfile(customer: Customer | null): Record<string, unknown> {
  const shown = <Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined =>
    record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
  const asText = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));
  const active = (things: Readonly<Record<string, { status: string | null }>> = {}, status: string): number =>
    Object.values(things).filter(thing => thing.status === status).length;
  const consents = keys.map(key => shown(customer?.consents, `${key}/a`)?.status);
  return {
    ...Object.fromEntries(
      keys.map((key, index) => [`attribute-${index}`, asText(shown(customer?.attributes, key)?.value)]),
    ),
    ...Object.fromEntries(
      keys.map((key, index) => [`preference-${index}`, asText(shown(customer?.preferences, key)?.value)]),
    ),
    ...Object.fromEntries(
      consents.map((status, index) => [`consent-${index}`, status === undefined ? null : status === "granted"]),
    ),
    registered: customer?.registeredAt ?? null,
    "standing-account": active(customer?.accounts, "open"),
    "standing-card": active(customer?.cards, "active"),
    "standing-standing-order": active(customer?.standingOrders, "active"),
    "standing-holding": Object.keys(customer?.holdings ?? {}).length,
    "standing-relationship": active(customer?.relationships, "active"),
  };
}

test("attributes, preferences, consents and what stands are at any instant what the profile folded from the facts until then shows", () => {
  const facts = randomFacts(60).map(drawn =>
    given(
      ...drawn
        .filter(({ stream }) => stream === customerStream(adaId))
        .map(({ corrects: _, ...fact }) => fact as unknown as FactOf),
    ),
  );
  fc.assert(
    fc.property(facts, fc.integer({ min: -3, max: 10 }), (events, day) => {
      const sane = events.filter(folds);
      const at = day * 86_400_000;
      const until = sane.filter(({ occurredAt }) => occurredAt <= at);
      const profile = fromProfile(
        until.reduce<Customer | null>((customer, event) => foldCustomer(customer, event), null),
      );
      const subject = adaWith(sane);
      for (const [name, expected] of Object.entries(profile)) {
        const { value, validUntil } = program.evaluate(code(name), subject, { at, known: everything });
        expect(value, name).toEqual(expected);
        if (validUntil === null) continue;
        expect(program.evaluate(code(name), subject, { at: validUntil - 1, known: everything }).value, name).toEqual(
          value,
        );
      }
    }),
    { numRuns: 300 },
  );
});

/** Poisoned facts stop a profile; they are not what this is about. */
function folds(event: RecordedEvent): boolean {
  try {
    foldCustomer(null, event);
    return true;
  } catch {
    return false;
  }
}

test("a loan stands until its newest status says that it is over", () => {
  const subject = adaWith(
    given(
      {
        type: "loan-granted",
        occurredAt: 10,
        data: { loanId: "1", principal: { minorUnits: 1, currency: "CZK" }, status: "running" },
      },
      { type: "loan-status-changed", occurredAt: 20, data: { loanId: "1", status: "running-in-debt" } },
      { type: "loan-status-changed", occurredAt: 30, data: { loanId: "1", status: "finished-unpaid" } },
    ),
  );
  const at = (instant: number) => program.evaluate(code("standing-loan"), subject, { at: instant, known: everything });
  expect([9, 10, 20, 29, 30].map(instant => at(instant).value)).toEqual([0, 1, 1, 1, 0]);
  expect([9, 10, 20, 30].map(instant => at(instant).validUntil)).toEqual([10, 20, 30, null]);
});

test("a condition on what stands sees of each field the newest that was said", () => {
  const gold = compileTags([
    version("gold", whole, {
      kind: "attribute",
      source: { kind: "standing", what: "card", where: { kind: "in", field: "product", values: ["gold"] } },
    }),
  ]);
  const subject = adaWith(
    given(
      { type: "card-issued", occurredAt: 10, data: { cardId: "1", product: "gold" } },
      { type: "card-status-changed", occurredAt: 20, data: { cardId: "1", status: "active" } },
      { type: "card-issued", occurredAt: 30, data: { cardId: "2", product: "plain" } },
      { type: "card-issued", occurredAt: 40, data: { cardId: "1", product: "plain" } },
    ),
  );
  const values = [20, 30, 40].map(at => gold.evaluate(code("gold"), subject, { at, known: everything }).value);
  expect(values).toEqual([1, 1, 0]);
});
