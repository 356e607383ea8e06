import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import { balanceFrom } from "../../../src/projections/balance.ts";
import type { EntryRow } from "../../../src/projections/readModels.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { type FactOf, given } from "../support/facts.ts";
import { adaWith, everything, subjectOf, toldHistory } from "./support/subjects.ts";
import { code, czk, version } from "./support/tagVersions.ts";

const balance = code("balance");
const program = compileTags([
  version("balance", czk, { kind: "attribute", source: { kind: "balance", currency: "CZK" } }),
]);

const account = fc.constantFrom("core/1", "core/2");
const money = fc.record({
  minorUnits: fc.integer({ min: 0, max: 99 }),
  currency: fc.constantFrom("CZK", "CZK", "CZK", "EUR"),
});
const sequence = fc.option(fc.nat({ max: 2 }), { nil: undefined });
const occurredAt = fc.nat({ max: 6 });

const entry = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("transaction-posted"),
      occurredAt,
      account,
      money,
      sequence,
      credit: fc.boolean(),
      report: fc.option(fc.nat({ max: 99 }), { freq: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("balance-reported"), occurredAt, account, money, sequence }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("transaction-reversed"), occurredAt, account, of: fc.nat({ max: 20 }) }),
  },
); // prettier-ignore

type Drawn = typeof entry extends fc.Arbitrary<infer One> ? One : never;

const factOf = (drawn: Drawn, index: number): FactOf => {
  const { type, occurredAt, account } = drawn;
  const of = (data: object, more: object = {}): FactOf =>
    ({ type, occurredAt, name: `fact-${index}`, data: { account, ...data }, ...more }) as FactOf;
  if ("of" in drawn) return of({}, { corrects: `fact-${drawn.of}` });
  const numbered = drawn.sequence === undefined ? {} : { sequence: drawn.sequence };
  if (!("credit" in drawn)) return of({ balance: drawn.money, ...numbered });
  const after =
    drawn.report === null ? {} : { balanceAfter: { minorUnits: drawn.report, currency: drawn.money.currency } };
  return of({ amount: drawn.money, direction: drawn.credit ? "credit" : "debit", ...numbered, ...after });
};

/** The balances as the account pages compute them, added up. */
function fromEntries(facts: readonly RecordedEvent[], at: number): number | null {
  const sums = ["core/1", "core/2"].map(ref => {
    const rows = facts
      .flatMap(fact => entriesOf(fact, facts))
      .filter(row => row.account === ref && row.occurredAt <= at);
    rows.sort((a, b) => b.occurredAt - a.occurredAt || b.sequence - a.sequence || b.position - a.position);
    const found = balanceFrom(rows);
    return found?.currency === "CZK" ? found.minorUnits : null;
  });
  const there = sums.filter(sum => sum !== null);
  return there.length === 0 ? null : there.reduce((sum, one) => sum + one, 0);
}

function entriesOf(fact: RecordedEvent, facts: readonly RecordedEvent[]): (EntryRow & { account: string })[] {
  const { type, occurredAt, position, eventId } = fact;
  const data = fact.data as unknown as Record<string, { minorUnits: number; currency: string }> & {
    direction: string;
    account: string;
    sequence?: number;
  }; // prettier-ignore
  const { account } = data;
  const place = { account, occurredAt, position, sequence: data.sequence ?? 0, transactionId: null };
  const reversal = facts.find(other => other.type === "transaction-reversed" && other.corrects === eventId);
  if (type === "balance-reported") {
    const { minorUnits, currency } = data.balance as { minorUnits: number; currency: string };
    return [{ ...place, kind: "balance", amount: null, reportedBalance: minorUnits, currency, reversedBy: null }];
  }
  if (type !== "transaction-posted") return [];
  const { minorUnits, currency } = data.amount as { minorUnits: number; currency: string };
  const amount = data.direction === "credit" ? minorUnits : 0 - minorUnits;
  const reportedBalance = data.balanceAfter?.minorUnits ?? null;
  return [{ ...place, kind: "transaction", amount, reportedBalance, currency, reversedBy: reversal?.position ?? null }];
}

test("the balance tag at any instant is the sum of the accounts' own balances, in whatever order entries arrive", () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 15, size: "max" }), fc.nat({ max: 20 }), (drawn, pick) => {
      const facts = given(...drawn.map(factOf));
      const { history, tell } = toldHistory();
      const arrived: RecordedEvent[] = [];
      for (const [index, fact] of facts.entries()) {
        tell(fact);
        arrived.push(fact);
        const at = (pick + index) % 8;
        const { value, validUntil } = program.evaluate(balance, subjectOf(history), { at, known: everything });
        expect(value).toBe(fromEntries(arrived, at));
        for (let then = at; then < (validUntil ?? 9); then += 1) expect(fromEntries(arrived, then)).toBe(value);
      }
      const known = 1 + (pick % facts.length);
      const asKnown = program.evaluate(balance, subjectOf(history), { at: 7, known });
      expect(asKnown.value).toBe(fromEntries(facts.slice(0, known), 7));
    }),
    { numRuns: 400 },
  );
});

test("without an account in the currency the balance is missing, not zero", () => {
  const euros = { amount: { minorUnits: 5, currency: "EUR" }, direction: "credit", account: "core/1" } as const;
  const subject = adaWith(given({ type: "transaction-posted", occurredAt: 1, data: euros }));
  expect(program.evaluate(balance, subject, { at: 2, known: everything })).toEqual({ value: null, validUntil: null });
});

test("balances that together are too large to be exact are an error that says so", () => {
  const report = (account: string) =>
    ({
      type: "balance-reported",
      occurredAt: 1,
      data: { account, balance: { minorUnits: 2 ** 53 - 1, currency: "CZK" } },
    }) as const;
  const subject = adaWith(given(report("core/1"), report("core/2")));
  expect(() => program.evaluate(balance, subject, { at: 2, known: everything })).toThrow(
    "sum of balances in CZK: 18014398509481982 is beyond ±9007199254740991, too large to be exact",
  );
});

test("an explained balance names each account's newest entry and figure", () => {
  const subject = adaWith(
    given(
      {
        type: "balance-reported",
        occurredAt: 0,
        data: { account: "core/1", balance: { minorUnits: 1000, currency: "CZK" } },
      },
      {
        type: "transaction-posted",
        occurredAt: 5,
        data: { account: "core/1", direction: "debit", amount: { minorUnits: 250, currency: "CZK" } },
      },
    ),
  );
  const { value, evidence } = program.explain(balance, subject, { at: 9, known: everything });
  expect(value).toBe(750);
  expect(evidence.positions).toEqual([2]);
  expect(evidence.arithmetic).toEqual([
    "balance of core/1 since 1970-01-01T00:00:00.005Z = 7.50 CZK",
    "sum over 1 account in CZK = 7.50 CZK",
  ]);
});
