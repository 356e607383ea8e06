import { expect, onTestFinished, test } from "vitest";
import { customerStream } from "../../../src/domain/ids.ts";
import type { JsonObject } from "../../../src/domain/json.ts";
import { customerId, type TestFact } from "../../projections/support/facts.ts";
import { changingBank, type Question } from "./support/changingBank.ts";

let facts = 0;
const fact = (name: string, type: string, data: JsonObject, occurredAt = 0): TestFact => {
  facts += 1;
  return { stream: customerStream(customerId(name)), type, data, occurredAt, name: `${type}-${facts}` };
};
const mood = (name: string, value: string) =>
  fact(name, "customer-attributes-changed", { attributes: { mood: value } });
const opened = (name: string, product: string) => fact(name, "account-opened", { account: "core/1", product });
const paid = (name: string, minorUnits: number, occurredAt: number) =>
  fact(
    name,
    "transaction-posted",
    { account: "core/1", direction: "credit", amount: { minorUnits, currency: "CZK" } },
    occurredAt,
  );

const moodOf = (name: string): Question => ({
  query: `query ($id: ID!) { customer(id: $id) { degraded attribute(name: "mood") { value } } }`,
  variables: { id: customerId(name) },
});
const balance: Question = {
  query: `query ($id: String!) { account(system: "core", id: $id) { product balance { money { amount } } } }`,
  variables: { id: "1" },
};

async function openBank(bytes?: number) {
  const bank = await changingBank(bytes);
  onTestFinished(bank.close);
  /** Asks until the operation is compiled and its answer had the chance to be remembered. */
  const askedBefore = async (question: Question): Promise<void> => {
    for (let time = 0; time < 4; time += 1) await bank.ask(question);
  };
  /** The data of an answer, the position it tells, and whether it came from memory. */
  const ask = async (question: Question) => {
    const before = bank.counts().hits;
    const text = await bank.ask(question);
    expect(text).toBe(await bank.askPlain(question));
    const { data, extensions } = JSON.parse(text);
    return { ...data, position: extensions.position, remembered: bank.counts().hits > before };
  };
  return { ...bank, ask, askedBefore };
}

test("an answer is remembered while other customers change, and tells the position of now", async () => {
  const bank = await openBank();
  await bank.record(mood("ada", "glad"));
  await bank.askedBefore(moodOf("ada"));
  await bank.record(mood("bo", "sad"));
  const customer = { degraded: false, attribute: { value: "glad" } };
  expect(await bank.ask(moodOf("ada"))).toEqual({ customer, position: "2", remembered: true });
  expect(await bank.ask(moodOf("bo"))).toMatchObject({ remembered: false });
});

test("one more event of the customer outdates it", async () => {
  const bank = await openBank();
  await bank.record(mood("ada", "glad"));
  await bank.askedBefore(moodOf("ada"));
  await bank.record(mood("ada", "sad"));
  const answer = { customer: { attribute: { value: "sad" } }, position: "2" };
  expect(await bank.ask(moodOf("ada"))).toMatchObject({ ...answer, remembered: false });
  expect(await bank.ask(moodOf("ada"))).toMatchObject({ ...answer, remembered: true });
  expect(bank.counts()).toMatchObject({ outdated: 1, answers: 1 });
});

test("that nobody is known is remembered until somebody is", async () => {
  const bank = await openBank();
  const named: Question = { query: `{ customer(identity: { system: "core", id: "7" }) { eventCount } }` };
  await bank.record(mood("bo", "glad"));
  for (const question of [moodOf("ada"), named]) await bank.askedBefore(question);
  expect(await bank.ask(moodOf("ada"))).toEqual({ customer: null, position: "1", remembered: true });
  expect(await bank.ask(named)).toEqual({ customer: null, position: "1", remembered: true });
  await bank.record(mood("ada", "glad"), fact("bo", "identity-linked", { system: "core", id: "7" }));
  expect(await bank.ask(moodOf("ada"))).toMatchObject({ customer: { attribute: { value: "glad" } } });
  expect(await bank.ask(named)).toMatchObject({ customer: { eventCount: 2 } });
});

test("a balance is remembered until an entry that lies in the future comes to pass, though nothing is recorded then", async () => {
  const bank = await openBank();
  bank.setClock(1000);
  await bank.record(opened("ada", "current"), paid("ada", 100, 500), paid("ada", 20, 2000));
  await bank.askedBefore(balance);
  const of = (amount: string, remembered: boolean) => ({ account: { balance: { money: { amount } } }, remembered });
  bank.setClock(1999);
  expect(await bank.ask(balance)).toMatchObject(of("1.00", true));
  bank.setClock(2000);
  expect(await bank.ask(balance)).toMatchObject(of("1.20", false));
  bank.setClock(999_999);
  expect(await bank.ask(balance)).toMatchObject(of("1.20", true));
  bank.setClock(1500);
  expect(await bank.ask(balance)).toMatchObject(of("1.00", false));
});

test("another customer's claim to the account outdates what was read of it", async () => {
  const bank = await openBank();
  await bank.record(mood("bo", "glad"), opened("ada", "current"));
  await bank.askedBefore(balance);
  expect(await bank.ask(balance)).toMatchObject({ account: { product: "current" }, remembered: true });
  await bank.record(opened("bo", "savings"));
  expect(await bank.ask(balance)).toMatchObject({ account: { product: "savings" }, remembered: false });
});

test("an entry outdates the balance of its account, and who has to do with the account is a matter of its own", async () => {
  const bank = await openBank();
  const parties: Question = { query: `{ account(system: "core", id: "1") { parties { nodes { kind } } } }` };
  const money = (amount: string) => ({ account: { balance: { money: { amount } } } });
  bank.setClock(1000);
  await bank.record(opened("ada", "current"), paid("ada", 100, 500));
  for (const question of [balance, parties]) await bank.askedBefore(question);
  await bank.record(paid("ada", 20, 600));
  expect(await bank.ask(balance)).toMatchObject({ ...money("1.20"), remembered: false });
  await bank.ask(parties);
  await bank.record(fact("bo", "relationship-established", { relationshipId: "r", kind: "owner", account: "core/1" }));
  expect(await bank.ask(balance)).toMatchObject({ ...money("1.20"), remembered: true });
  expect(await bank.ask(parties)).toMatchObject({
    account: { parties: { nodes: [{ kind: "owner" }] } },
    remembered: false,
  });
});

test("a relationship outdates the answer about the other side, which nothing else touched", async () => {
  const bank = await openBank();
  const ties: Question = {
    query: "query ($id: ID!) { customer(id: $id) { relationships { nodes { kind status direction } } } }",
    variables: { id: customerId("ada") },
  };
  await bank.record(mood("ada", "glad"));
  await bank.askedBefore(ties);
  const nodes = (...kinds: string[]) => ({ customer: { relationships: { nodes: kinds.map(kind => ({ kind })) } } });
  expect(await bank.ask(ties)).toMatchObject({ ...nodes(), remembered: true });
  const tie = { relationshipId: "r", customer: customerId("ada") };
  await bank.record(fact("bo", "relationship-established", { ...tie, kind: "spouse" }));
  expect(await bank.ask(ties)).toMatchObject({ ...nodes("spouse"), remembered: false });
  await bank.record(fact("bo", "call-recorded", {}));
  expect(await bank.ask(ties)).toMatchObject({ ...nodes("spouse"), remembered: true });
});

test("a customer who stands still at an event is told as degraded at once, and as whole once mended", async () => {
  const bank = await openBank();
  await bank.record(mood("ada", "glad"));
  await bank.askedBefore(moodOf("ada"));
  const of = (degraded: boolean, value: string) => ({ customer: { degraded, attribute: { value } } });
  expect(await bank.ask(moodOf("ada"))).toMatchObject({ ...of(false, "glad"), remembered: true });
  bank.break("ada");
  await bank.record(mood("ada", "sad"));
  for (const remembered of [false, true])
    expect(await bank.ask(moodOf("ada"))).toMatchObject({ ...of(true, "glad"), position: "2", remembered });
  await bank.mend("ada");
  expect(await bank.ask(moodOf("ada"))).toMatchObject({ ...of(false, "sad"), position: "2", remembered: false });
});

test("rebuilt read models are asked anew, whatever their rows say", async () => {
  const bank = await openBank();
  await bank.record(mood("ada", "glad"));
  await bank.askedBefore(moodOf("ada"));
  await bank.rebuild();
  expect(await bank.ask(moodOf("ada"))).toMatchObject({ remembered: false });
  expect(await bank.ask(moodOf("ada"))).toMatchObject({ remembered: true });
});

test.each([
  "{ customers(first: 1) { nodes { eventCount } } }",
  "{ customers(first: 1) { totalCount } }",
  "{ log { head } }",
  `{ other: customer(id: "${customerId("ada")}") { timeline(first: 1) { nodes { event { type } } } } }`,
  `{ other: customer(id: "${customerId("ada")}", minPosition: "1") { eventCount } }`,
  "{ factTypes(first: 1) { nodes { type } } }",
  "{ quarantine(first: 1) { nodes { id } } }",
])("what no observation tells of is made anew each time, beside what is told of too: %s", async part => {
  const bank = await openBank();
  const query = part.replace("{", `{ customer(id: "${customerId("ada")}") { eventCount }`);
  await bank.record(mood("ada", "glad"));
  await bank.askedBefore({ query });
  expect(await bank.ask({ query })).toMatchObject({ customer: { eventCount: 1 }, remembered: false });
  expect(bank.counts()).toMatchObject({ hits: 0, answers: 0 });
  expect(bank.counts().notRemembered).toBeGreaterThan(1);
});

test("variables in another order are the same question; other variables and other operations are not", async () => {
  const bank = await openBank();
  await bank.record(mood("ada", "glad"), mood("bo", "sad"));
  const query = `query ($id: ID!, $name: String!) { customer(id: $id) { attribute(name: $name) { value } } }`;
  await bank.askedBefore({ query, variables: { id: customerId("ada"), name: "mood" } });
  const turned = { query, variables: { name: "mood", id: customerId("ada") } };
  expect(await bank.ask(turned)).toMatchObject({ customer: { attribute: { value: "glad" } }, remembered: true });
  const other = { query, variables: { name: "mood", id: customerId("bo") } };
  expect(await bank.ask(other)).toMatchObject({ customer: { attribute: { value: "sad" } }, remembered: false });
  const aliased = { ...turned, query: query.replace("value", "is: value") };
  for (let time = 0; time < 4; time += 1)
    expect(await bank.ask(aliased)).toMatchObject({ customer: { attribute: { is: "glad" } } });
});

test("memory is bounded: what was not asked for longest is forgotten", async () => {
  const bank = await openBank(20_000);
  const people = Array.from({ length: 60 }, (_, number) => `person ${number}`);
  await bank.record(...people.map(name => mood(name, name)));
  await bank.askedBefore(moodOf("person 0"));
  for (const name of people) await bank.ask(moodOf(name));
  const { answers, bytes } = bank.counts();
  expect(bytes).toBeLessThanOrEqual(20_000);
  expect(answers).toBeGreaterThan(3);
  expect(answers).toBeLessThan(40);
  expect(await bank.ask(moodOf("person 59"))).toMatchObject({ remembered: true });
  expect(await bank.ask(moodOf("person 0"))).toMatchObject({ remembered: false });
});
