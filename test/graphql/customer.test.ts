import { describe, expect, test } from "vitest";
import * as facts from "./support/facts.ts";
import { testBank } from "./support/testBank.ts";

const ada = `customer(identity: { system: "core", id: "ada" })`;

describe("a customer", () => {
  test("is found by id, global id, identity and account, and is the same one", async () => {
    const bank = testBank();
    await bank.record(facts.registered("ada", "2024-01-01"), facts.opened("ada", "a1", "2024-01-02"));
    const { customerId, id } = (await bank.query(`{ ${ada} { id customerId } }`)).data.customer;
    const { data } = await bank.query(
      `query ($id: ID, $customerId: ID) {
        bare: customer(id: $customerId) { id }
        global: customer(id: $id) { id }
        account: customer(account: { system: "core", id: "a1" }) { id }
        node(id: "${id}") { __typename id ... on Customer { customerId } }
      }`,
      { id, customerId },
    );
    expect(data).toEqual({
      bare: { id },
      global: { id },
      account: { id },
      node: { __typename: "Customer", id, customerId },
    });
  });

  test("whom nobody knows is null, never an error", async () => {
    const answer = await testBank().query(
      `{ ${ada} { id } a: customer(id: "00000000000000000000000000") { id } b: customer(account: { system: "x", id: "y" }) { id } }`,
    );
    expect(answer).toEqual({ data: { customer: null, a: null, b: null }, position: "0" });
  });

  test.each([
    [`customer { id }`, "exactly one of"],
    [`customer(id: "00000000000000000000000000", account: { system: "x", id: "y" }) { id }`, "exactly one of"],
    [`customer(id: "rubbish") { id }`, "`id` is no id of a Customer"],
    [`node(id: "rubbish") { id }`, "no global id"],
    [`event { id }`, "Give either `id` or `position`"],
  ])("asked for badly is refused: %s", async (field, reason) => {
    const { data, errors } = await testBank().query(`{ ${field} }`);
    expect(errors?.[0]).toMatchObject({ code: "BAD_USER_INPUT", extensions: { argument: "id" } });
    expect(errors?.[0]?.message).toContain(reason);
    expect(Object.values(data)).toEqual([null]);
  });

  test("has attributes with the source, time and event of each value", async () => {
    const bank = testBank();
    const [, moved] = await bank.record(
      facts.registered("ada", "2024-01-01", { district: "18", firstName: "Ada" }),
      facts.attributesChanged("ada", "2024-02-01", { district: "19" }),
    );
    const { data } = await bank.query(`{ ${ada} {
      attributes { totalCount nodes { name value } }
      district: attribute(name: "district") {
        value provenance { source occurredAt position event { eventId type actor { kind id } } }
      }
      unknown: attribute(name: "toString") { value }
    } }`);
    expect(data.customer).toEqual({
      attributes: {
        totalCount: 2,
        nodes: [
          { name: "district", value: "19" },
          { name: "firstName", value: "Ada" },
        ],
      },
      district: {
        value: "19",
        provenance: {
          source: "core",
          occurredAt: "2024-02-01T12:00:00.000Z",
          position: "3",
          event: {
            eventId: moved?.kind === "accepted" && moved.eventId,
            type: "customer-attributes-changed",
            actor: { kind: "SERVICE", id: "core" },
          },
        },
      },
      unknown: null,
    });
  });

  test("has what the bank sold and promised", async () => {
    const bank = testBank();
    const account = { system: "core", id: "a1" };
    const czk = (amount: string) => ({ amount, currency: "CZK" });
    await bank.record(
      facts.registered("ada", "2024-01-01"),
      facts.opened("ada", "a1", "2024-01-02"),
      facts.told("card-issued", facts.customer("ada"), "2024-01-03", { cardId: "c1", account, product: "gold" }),
      facts.told("loan-granted", facts.customer("ada"), "2024-01-04", {
        loanId: "l1",
        principal: czk("96396.00"),
        payment: czk("8033.00"),
        durationMonths: 12,
      }),
      facts.told("standing-order-set", facts.customer("ada"), "2024-01-05", {
        orderId: "o1",
        account,
        amount: czk("2452.00"),
        purpose: "household",
      }),
      facts.told("holding-changed", facts.customer("ada"), "2024-01-06", {
        instrument: "CZ0008019106",
        quantity: "12.5",
      }),
      facts.told("preference-set", facts.customer("ada"), "2024-01-07", { name: "language", value: "cs" }),
      facts.consented("ada", "2024-01-08"),
    );
    const { data, errors } = await bank.query(`{ ${ada} {
      cards { nodes { cardId status issuedAt product accountRef account { status } provenance { position } } }
      loans { nodes { loanId principal { amount } payment { amount currency minorUnits } durationMonths account { ref } } }
      standingOrders { nodes { orderId status purpose amount { amount } } }
      holdings { nodes { instrument quantity value { amount } } }
      preferences { nodes { name value } }
      consents { nodes { channel purpose status } }
    } }`);
    expect(errors).toBeUndefined();
    expect(data.customer).toEqual({
      cards: {
        nodes: [
          {
            cardId: "c1",
            status: "ACTIVE",
            issuedAt: "2024-01-03T12:00:00.000Z",
            product: "gold",
            accountRef: "core/a1",
            account: { status: "OPEN" },
            provenance: { position: "4" },
          },
        ],
      },
      loans: {
        nodes: [
          {
            loanId: "l1",
            principal: { amount: "96396.00" },
            payment: { amount: "8033.00", currency: "CZK", minorUnits: "803300" },
            durationMonths: 12,
            account: null,
          },
        ],
      },
      standingOrders: {
        nodes: [{ orderId: "o1", status: "ACTIVE", purpose: "household", amount: { amount: "2452.00" } }],
      },
      holdings: { nodes: [{ instrument: "CZ0008019106", quantity: "12.5", value: null }] },
      preferences: { nodes: [{ name: "language", value: "cs" }] },
      consents: { nodes: [{ channel: "email", purpose: "marketing", status: "GRANTED" }] },
    });
  });

  test("has a timeline that runs both ways and can be narrowed to fact types", async () => {
    const bank = testBank();
    await bank.record(
      facts.registered("ada", "2024-01-01"),
      facts.attributesChanged("ada", "2024-03-01", { district: "2" }),
      facts.attributesChanged("ada", "2024-02-01", { district: "1" }),
      facts.consented("ada", "2024-04-01"),
    );
    const { data } = await bank.query(`{ ${ada} {
      newest: timeline(order: NEWEST_FIRST, first: 2) {
        nodes { type occurredAt event { recordedAt } } pageInfo { hasNextPage endCursor }
      }
      changes: timeline(types: ["customer-attributes-changed"]) { nodes { occurredAt event { data } } }
      none: timeline(types: []) { nodes { type } }
    } }`);
    expect(data.customer.newest.nodes.map((entry: { type: string }) => entry.type)).toEqual([
      "consent-granted",
      "customer-attributes-changed",
    ]);
    expect(data.customer.newest.nodes[1].occurredAt).toBe("2024-03-01T12:00:00.000Z");
    expect(data.customer.newest.nodes[0].event.recordedAt).toBe("2026-06-01T00:00:00.000Z");
    expect(data.customer.changes.nodes.map((entry: { event: { data: unknown } }) => entry.event.data)).toEqual([
      { attributes: { district: "1" } },
      { attributes: { district: "2" } },
    ]);
    expect(data.customer.none.nodes).toEqual([]);
    const next = await bank.query(`{ ${ada} {
      timeline(order: NEWEST_FIRST, after: "${data.customer.newest.pageInfo.endCursor}") { nodes { occurredAt } }
    } }`);
    expect(next.data.customer.timeline.nodes.map((entry: { occurredAt: string }) => entry.occurredAt)).toEqual([
      "2024-02-01T12:00:00.000Z",
      "2024-01-01T12:00:00.000Z",
      "2024-01-01T12:00:00.000Z",
    ]);
  });

  test("refuses a cursor that belongs to another customer's timeline", async () => {
    const bank = testBank();
    await bank.record(facts.registered("ada", "2024-01-01"), facts.registered("bo", "2024-01-01"));
    const { data } = await bank.query(`{ ${ada} { timeline { pageInfo { endCursor } } } }`);
    const { errors } = await bank.query(`{ customer(identity: { system: "core", id: "bo" }) {
      timeline(after: "${data.customer.timeline.pageInfo.endCursor}") { nodes { type } }
    } }`);
    expect(errors?.[0]).toMatchObject({ code: "CURSOR_INVALID", path: ["customer", "timeline"] });
  });
});

describe("all customers", () => {
  test("come in the order in which they appeared, page by page, and are counted", async () => {
    const bank = testBank();
    const names = ["ada", "bo", "cy", "di", "ed"];
    await bank.record(...names.map(name => facts.registered(name, "2024-01-01")));
    const found: string[] = [];
    let after: string | null = null;
    do {
      const answer = await bank.query(
        `query ($after: Cursor) { customers(first: 2, after: $after) {
          totalCount nodes { identities { nodes { id } } } pageInfo { hasNextPage endCursor }
        } }`,
        { after },
      );
      const { totalCount, nodes, pageInfo } = answer.data.customers;
      expect(totalCount).toBe(5);
      found.push(...nodes.map((node: { identities: { nodes: { id: string }[] } }) => node.identities.nodes[0]?.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(names);
  });
});

test("a customer whose event could not be worked in says so, and recovers by command", async () => {
  let broken = true;
  const bank = testBank({}, event => {
    if (broken && event.type === "consent-granted") throw new Error("no rule for this consent");
    return event;
  });
  await bank.record(
    facts.registered("ada", "2024-01-01"),
    facts.consented("ada", "2024-01-02"),
    facts.registered("bo", "2024-01-01"),
  );
  const look = `{
    ${ada} { customerId degraded degradation { position error event { type } } consents { totalCount } }
    bo: customer(identity: { system: "core", id: "bo" }) { customerId degraded degradation { error } }
  }`;
  const { data } = await bank.query(look);
  expect(data.customer).toMatchObject({
    degraded: true,
    degradation: { position: "3", event: { type: "consent-granted" } },
    consents: { totalCount: 0 },
  });
  expect(data.customer.degradation.error).toContain("no rule for this consent");
  expect(data.bo).toMatchObject({ degraded: false, degradation: null });

  const retry = (id: string) =>
    bank.query(`mutation { retryDegradedCustomer(id: "${id}") {
    __typename
    ... on CustomerRecovered { position }
    ... on CustomerStillDegraded { position error }
    ... on CustomerNotDegraded { customerId }
    ... on CustomerUnknown { customerId }
  } }`);
  const outcome = async (id: string) => (await retry(id)).data.retryDegradedCustomer;
  const { customerId } = data.customer;
  expect(await outcome(customerId)).toMatchObject({ __typename: "CustomerStillDegraded", position: "3" });
  expect(await outcome(data.bo.customerId)).toEqual({
    __typename: "CustomerNotDegraded",
    customerId: data.bo.customerId,
  });
  const nobody = "00000000000000000000000000";
  expect(await outcome(nobody)).toEqual({ __typename: "CustomerUnknown", customerId: nobody });
  broken = false;
  expect(await outcome(customerId)).toEqual({ __typename: "CustomerRecovered", position: "5" });
  expect((await bank.query(look)).data.customer).toMatchObject({ degraded: false, consents: { totalCount: 1 } });
});
