import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutsideSegmentRule } from "../../src/domain/segment/outside.ts";
import { askCount, publishSegments } from "./support/audiences.ts";
import { describeOnData } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";
import {
  type BehaviourVector,
  behaviourFacts,
  behaviourRule,
  type ConditionVector,
  profileFacts,
  readVectors,
  ruleOf,
  type VectorFact,
} from "./support/segmentVectors.ts";

/** Vectors that compare a property with what is no value of its kind: nothing to evaluate, and refused when it is written. */
const refused = new Set(["078", "080"]);

describeOnData(["segment-vectors"], "conditions restated from a peer's tests", () => {
  const { profiles, condition_vectors: conditions, behaviour_vectors: behaviour } = readVectors();
  const customerOf = ({ id, profile }: ConditionVector) => (typeof profile === "string" ? profile : `profile-${id}`);
  const caseId = (index: number) => `case-${String(index + 1).padStart(2, "0")}`;
  const answerable = conditions.filter(({ id }) => !refused.has(id));
  let bank: RunningBank;

  beforeAll(async () => {
    bank = await startBank();
    const own = conditions.flatMap(vector =>
      typeof vector.profile === "string" ? [] : profileFacts(customerOf(vector), vector.profile),
    );
    const named = Object.entries(profiles).flatMap(([name, profile]) => profileFacts(name, profile));
    const cases = behaviour.cases.flatMap((one, index) => behaviourFacts(caseId(index), one));
    await record(bank, [...named, ...own, ...cases]);
    await publishSegments(bank.ask, [
      ...answerable.map(({ id, condition }) => segment(`vector-${id}`, ruleOf(condition))),
      ...behaviour.cases.map(({ condition }, index) => segment(caseId(index), behaviourRule(condition))),
    ]);
  }, 240_000);
  afterAll(() => bank?.close());

  test("there are 81 conditions on profiles and 14 on past events", () => {
    expect([conditions.length, behaviour.cases.length]).toEqual([81, 14]);
  });

  test.each(answerable)("$id $group: $condition", async vector => {
    const { id, condition, expected } = vector;
    const customer = customerOf(vector);
    const told = await membership(bank, customer, `vector-${id}`);
    // As it stands, as it is explained, and as it is previewed.
    expect(told).toEqual({ state: expected ? "MEMBER" : "NOT_MEMBER", truth: expected });
    expect(await askCount(bank.ask, { all: [ruleOf(condition), isCustomer(customer)] })).toBe(expected ? 1 : 0);
  });

  test.each(conditions.filter(({ id }) => refused.has(id)))(
    "$id $group: $condition is refused where it stands",
    async ({ condition }) => {
      const { preview } = await bank.ask<{ preview: { reason: string; faults: { field: string; code: string }[] } }>(
        `query ($rule: SegmentRuleInput!) {
          preview: previewSegment(rule: $rule) { ... on SegmentRefused { reason faults { field code } } }
        }`,
        { rule: ruleOf(condition) },
      );
      expect(preview.reason).toBe("INVALID");
      const [only] = Object.keys(ruleOf(condition).attribute!).filter(name => name !== "of" && name !== "type");
      expect(preview.faults.map(({ field }) => field)).toEqual([`rule.attribute.${only}`]);
    },
  );

  test.each(behaviour.cases.map((one, index): [string, BehaviourVector, string] => [one.name, one, caseId(index)]))(
    "%s",
    async (_, { expected }, id) => {
      const told = await membership(bank, id, id, behaviour.now);
      expect(told).toEqual({ state: expected ? "MEMBER" : "NOT_MEMBER", truth: expected });
      const { segment } = await bank.ask<{ segment: { members: { nodes: { identities: Identities }[] } } }>(
        `query ($id: ID!, $asOf: DateTime!) {
          segment(id: $id) { members(first: 100, asOf: $asOf) { nodes { identities(first: 5) { nodes { id } } } } }
        }`,
        { id, asOf: behaviour.now },
      );
      const members = segment.members.nodes.flatMap(({ identities }) => identities.nodes.map(identity => identity.id));
      expect(members.includes(id)).toBe(expected);
    },
  );
});

type Identities = { readonly nodes: readonly { readonly id: string }[] };

const segment = (id: string, rule: OutsideSegmentRule) => ({
  ...{ id, name: id, owner: "customer-insight", description: "Restated from a peer's tests." },
  rule,
});

/** Only of one customer: every profile says whose it is. */
const isCustomer = (customer: string): OutsideSegmentRule => ({
  attribute: { of: { profile: { name: "vectorCustomer" } }, type: { text: true }, equals: customer },
});

async function record(bank: RunningBank, facts: readonly VectorFact[]): Promise<void> {
  const { recorded } = await bank.ask<{ recorded: { position: string | null; outcomes: { __typename: string }[] } }>(
    `mutation ($facts: [FactInput!]!) {
      recorded: recordFacts(input: { source: "vectors", facts: $facts }) {
        ... on FactsRecorded { position outcomes { __typename } }
      }
    }`,
    { facts },
  );
  const kinds = new Set(recorded.outcomes.map(({ __typename }) => __typename));
  if (kinds.size !== 1 || !kinds.has("FactAccepted")) throw new Error(JSON.stringify(recorded));
  await bank.ask("query ($position: Position!) { customers(first: 1, minPosition: $position) { totalCount } }", {
    position: recorded.position,
  });
}

async function membership(bank: RunningBank, customer: string, id: string, at: string | null = null) {
  const { customer: found } = await bank.ask<{
    customer: { segment: { state: string; explain: { truth: boolean | null } } };
  }>(
    `query ($customer: String!, $id: ID!, $at: DateTime) {
      customer(identity: { system: "vectors", id: $customer }) { segment(id: $id, at: $at) { state explain { truth } } }
    }`,
    { customer, id, at },
  );
  const { state, explain } = found.segment;
  return { state, truth: explain.truth };
}
