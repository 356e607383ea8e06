import { graphql } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { createRequestContext } from "../../src/graphql/context.ts";
import type { ReadSession } from "../../src/projections/readModels.ts";
import * as facts from "./support/facts.ts";
import { schema, type TestBank, testBank } from "./support/testBank.ts";

let bank: TestBank;
beforeAll(async () => {
  bank = testBank();
  await bank.record(
    ...["ada", "bo", "cy"].map(name => facts.registered(name, "2024-01-01")),
    facts.opened("ada", "a1", "2024-01-02"),
    facts.related("ada", "spouse", { customer: { system: "core", id: "bo" } }, "2024-01-03"),
    facts.related("cy", "guarantor", { customer: { system: "core", id: "ada" } }, "2024-01-04"),
    facts.related("bo", "disponent", { account: { system: "core", id: "a1" } }, "2024-01-05"),
    facts.related("ada", "owner", { account: { system: "core", id: "a1" } }, "2024-01-05"),
  );
});

const name = "identities { nodes { id } }";
const of = (id: string, args: string) => `customer(identity: { system: "core", id: "${id}" }) {
  relationships${args} { totalCount nodes {
    kind direction status since until customer { ${name} } accountRef account { ref } provenance { event { type } }
  } }
}`;
type Node = {
  kind: string;
  direction: string;
  customer: { identities: { nodes: { id: string }[] } } | null;
  accountRef: string | null;
};
const told = (nodes: Node[]) =>
  nodes.map(
    ({ kind, direction, customer, accountRef }) =>
      `${direction} ${kind} ${customer?.identities.nodes[0]?.id ?? accountRef}`,
  );

describe("relationships", () => {
  test("are seen from both ends", async () => {
    const { data } = await bank.query(`{ ${of("ada", "")} }`);
    expect(told(data.customer.relationships.nodes)).toEqual([
      "OUTGOING owner core/a1",
      "OUTGOING spouse bo",
      "INCOMING guarantor cy",
    ]);
    expect(data.customer.relationships.nodes[1]).toMatchObject({
      status: "ACTIVE",
      since: "2024-01-03T12:00:00.000Z",
      until: null,
      provenance: { event: { type: "relationship-established" } },
    });
  });

  test.each([
    ["ada", "(direction: OUTGOING)", ["OUTGOING owner core/a1", "OUTGOING spouse bo"]],
    ["ada", "(direction: INCOMING)", ["INCOMING guarantor cy"]],
    ["ada", `(kinds: ["spouse", "guarantor"])`, ["OUTGOING spouse bo", "INCOMING guarantor cy"]],
    ["bo", "", ["OUTGOING disponent core/a1", "INCOMING spouse ada"]],
    ["cy", "(direction: INCOMING)", []],
  ])("of %s with %s are narrowed", async (customer, args, expected) => {
    const { data } = await bank.query(`{ ${of(customer, args)} }`);
    expect(told(data.customer.relationships.nodes)).toEqual(expected);
  });

  test("give an account its parties", async () => {
    const { data } = await bank.query(`{ account(system: "core", id: "a1") {
      parties { nodes { kind customerId customer { customerId ${name} } } }
      owners: parties(kinds: ["owner"]) { totalCount nodes { status since until relationshipId } }
    } }`);
    const { parties, owners } = data.account;
    expect(
      parties.nodes.map((party: Node) => `${party.kind} ${party.customer?.identities.nodes[0]?.id}`).sort(),
    ).toEqual(["disponent bo", "owner ada"]);
    expect(owners).toEqual({
      totalCount: 1,
      nodes: [{ status: "ACTIVE", since: "2024-01-05T12:00:00.000Z", until: null, relationshipId: "ada-owner" }],
    });
  });

  test("of every customer on a page cost one lookup, and so do the customers behind them", async () => {
    const asked: string[] = [];
    const counting = (session: ReadSession): ReadSession => ({
      ...session,
      customers: ids => {
        asked.push(`${ids.length} customers`);
        return session.customers(ids);
      },
      incomingRelationships: ids => {
        asked.push(`relationships of ${ids.length}`);
        return session.incomingRelationships(ids);
      },
    });
    const { readModels } = bank.backend;
    const context = createRequestContext({
      ...bank.backend,
      readModels: { ...readModels, open: () => counting(readModels.open()) },
    });
    const { errors } = await graphql({
      schema,
      source: "{ customers { nodes { relationships { nodes { customer { customerId } } } } } }",
      contextValue: context,
    });
    context.release();
    expect(errors).toBeUndefined();
    expect(asked).toEqual(["relationships of 3", "3 customers"]);
  });
});
