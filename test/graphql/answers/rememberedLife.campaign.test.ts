import fc from "fast-check";
import { expect, test } from "vitest";
import { customerStream } from "../../../src/domain/ids.ts";
import { customerId, type TestFact } from "../../projections/support/facts.ts";
import { randomFacts } from "../../projections/support/randomFacts.ts";
import { changingBank, type Question } from "./support/changingBank.ts";

const names = ["ada", "bo", "cleo"] as const;
const refs = ["ada-1", "bo-1"] as const;
const day = 86_400_000;

const profile = `query Profile($id: ID!) { customer(id: $id) {
  customerId registeredAt eventCount lastOccurredAt lastPosition degraded degradation { message }
  attributes { nodes { name value } } identities { nodes { system id } } consents { nodes { channel status } }
  accounts { nodes { ref status balance { money { amount currency } asOf } holder { customerId eventCount }
    transactions(first: 3, order: NEWEST_FIRST) { nodes { amount { amount } reversed } } } }
  timeline(first: 4, order: NEWEST_FIRST) { nodes { type occurredAt } }
  relationships { nodes { kind direction otherCustomerId account { ref balance { money { amount } } }
    customer { degraded eventCount attributes { nodes { name value } } } } }
} }`;
const account = `query Account($id: String!) { account(system: "core", id: $id) { ref product
  balance { money { amount } asOf } holder { customerId attributes { totalCount } }
  balanceHistory(last: 2) { nodes { balance { money { amount } } } }
  parties { nodes { kind status customer { eventCount } } } } }`;
const byIdentity = `query Named($id: String!) { customer(identity: { system: "core", id: $id }) { customerId eventCount } }`;
const questions: Question[] = [
  ...names.map(name => ({ query: profile, variables: { id: customerId(name) } })),
  ...refs.map(id => ({ query: account, variables: { id } })),
  { query: byIdentity, variables: { id: "a" } },
  { query: "{ customers(first: 2) { totalCount nodes { eventCount } } log { head position } }" },
];

/** What random lives are short of: customers who claim one another's accounts, and say who they are to one another. */
const claim = fc
  .record({ name: fc.constantFrom(...names), ref: fc.constantFrom(...refs), product: fc.constantFrom("x", "y") })
  .map(({ name, ref, product }) => ({
    stream: customerStream(customerId(name)),
    type: "account-opened",
    occurredAt: 0,
    data: { account: `core/${ref}`, product },
  }));
const tie = fc
  .record({ name: fc.constantFrom(...names), to: fc.constantFrom(...names), kind: fc.constantFrom("x", "y") })
  .map(({ name, to, kind }) => ({
    stream: customerStream(customerId(name)),
    type: "relationship-established",
    occurredAt: 0,
    data: { relationshipId: to, kind, customer: customerId(to), account: `core/${to}-1` },
  }));

/** More of them in a longer campaign: C360_RUNS=1000. */
const numRuns = Number(process.env.C360_RUNS ?? 5);

const act = fc.oneof(
  { weight: 8, arbitrary: randomFacts(3).map(facts => ({ kind: "facts" as const, facts })) },
  {
    weight: 4,
    arbitrary: fc.oneof(claim, tie).map(fact => ({ kind: "facts" as const, facts: [{ ...fact, name: "told" }] })),
  },
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 10 }).map(to => ({ kind: "clock" as const, to })) },
  { weight: 1, arbitrary: fc.constantFrom(...names).map(name => ({ kind: "break" as const, name })) },
  { weight: 1, arbitrary: fc.constantFrom(...names).map(name => ({ kind: "mend" as const, name })) },
  { weight: 1, arbitrary: fc.constant({ kind: "rebuild" as const }) },
  { weight: 3, arbitrary: fc.constant({ kind: "nothing" as const }) },
);

test("a remembered answer is, to the byte, the one that would be made now, whatever came in between", async () => {
  const told = { hits: 0, outdated: 0, notRemembered: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 40, size: "max" }), async acts => {
      const bank = await changingBank();
      let batches = 0;
      /** Facts correct one another by name, within their batch. */
      const named = (facts: readonly TestFact[]): TestFact[] => {
        batches += 1;
        const unique = (name: string) => `${batches}/${name}`;
        return facts.map(({ corrects, ...fact }) => ({
          ...fact,
          name: unique(fact.name),
          ...(corrects === undefined ? {} : { corrects: unique(corrects) }),
        }));
      };
      try {
        for (const next of acts) {
          if (next.kind === "facts") await bank.record(...named(next.facts));
          else if (next.kind === "clock") bank.setClock(next.to * day);
          else if (next.kind === "break") bank.break(next.name);
          else if (next.kind === "mend") await bank.mend(next.name);
          else if (next.kind === "rebuild") await bank.rebuild();
          const [given, made] = await Promise.all(
            [bank.ask, bank.askPlain].map(ask => Promise.all(questions.map(ask))),
          );
          expect(given).toEqual(made);
        }
        const { hits, outdated, notRemembered } = bank.counts();
        told.hits += hits;
        told.outdated += outdated;
        told.notRemembered += notRemembered;
      } finally {
        await bank.close();
      }
    }),
    { numRuns },
  );
  const often = { hits: 12 * numRuns, outdated: 4 * numRuns };
  expect(told.hits).toBeGreaterThan(often.hits);
  expect(told.outdated).toBeGreaterThan(often.outdated);
}, 120_000);
