import { expect, test } from "vitest";
import * as facts from "./support/facts.ts";
import { spend30d, tagBank } from "./tag/support/tagBank.ts";

const shown = `customerId timeline { nodes { type } } accounts { nodes { ref balance { money { amount } } holder { customerId } } }
  relationships { nodes { kind direction customer { customerId } } }
  tag(code: "spend-30d", at: "2026-06-01T00:00:00Z") { state value { display } }`;
const named = (id: string, position?: string) =>
  `customer(identity: { system: "core", id: "${id}" }${position === undefined ? "" : `, knownPosition: "${position}"`})`;

test("customers merged since are themselves again in the past, by their own ids, with their own tags", async () => {
  const bank = tagBank();
  await bank.define(spend30d);
  await bank.record(
    ...["ada", "bo", "cy"].map(name => facts.registered(name, "2026-01-01")),
    facts.opened("ada", "a1", "2026-01-02"),
    facts.opened("bo", "b1", "2026-01-02"),
    facts.moved("a1", "2026-05-20", "-100.00"),
    facts.moved("b1", "2026-05-21", "-30.00"),
    facts.related("cy", "spouse", { customer: { system: "core", id: "bo" } }, "2026-01-03"),
  );
  const both = (position?: string) =>
    bank.query(`{ ada: ${named("ada", position)} { ${shown} } bo: ${named("bo", position)} { ${shown} } }`);
  const before = await both();
  const position = String(bank.engine.checkpoint());

  const merge = await bank.query(`mutation { mergeCustomers(input: {
    survivor: { identity: { system: "core", id: "ada" } }, absorbed: { identity: { system: "core", id: "bo" } },
    actor: { kind: PERSON, id: "desk" }, reason: "same passport" }) { __typename } }`);
  expect(merge.data.mergeCustomers).toEqual({ __typename: "CustomersMerged" });
  await bank.engine.drain();

  const now = await both();
  expect(now.data.ada.tag).toEqual({ state: "PRESENT", value: { display: "130.00 CZK" } });
  expect(now.data.bo).toEqual(now.data.ada);
  const then = await both(position);
  expect(then.errors).toBeUndefined();
  expect(then.data).toEqual(before.data);
  expect(then.data.bo.tag.value).toEqual({ display: "30.00 CZK" });
  expect(then.data.bo.relationships.nodes).toMatchObject([{ kind: "spouse", direction: "INCOMING" }]);
});
