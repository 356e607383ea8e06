import { describe, expect, test } from "vitest";
import * as facts from "./support/facts.ts";
import { testBank } from "./support/testBank.ts";

const ask = "query ($p: Position) { customers(minPosition: $p) { totalCount } }";

describe("minPosition", () => {
  test("that is reflected already is answered at once", async () => {
    const bank = testBank();
    await bank.record(facts.registered("ada", "2024-01-01"));
    expect(await bank.query(ask, { p: "2" })).toEqual({ data: { customers: { totalCount: 1 } }, position: "2" });
  });

  test("waits until the read models come that far, and the whole answer waits with it", async () => {
    const bank = testBank({ minPositionTimeoutMs: 10_000 });
    await bank.backend.intake.submit(
      { format: "facts", facts: [facts.registered("ada", "2024-01-01")] },
      { source: "core" },
    );
    const asked = bank.query(
      `query ($p: Position!) { early: customers { totalCount } ...Late }
       fragment Late on Query { late: customer(identity: { system: "core", id: "ada" }, minPosition: $p) { eventCount } }`,
      { p: "2" },
    );
    await bank.engine.drain();
    expect(await asked).toEqual({ data: { early: { totalCount: 1 }, late: { eventCount: 2 } }, position: "2" });
  });

  test("that is not reached in time fails with the position that is", async () => {
    const bank = testBank();
    await bank.record(facts.registered("ada", "2024-01-01"));
    const { errors, data } = await bank.query(ask, { p: "3" });
    expect(data).toBeNull();
    expect(errors?.[0]).toMatchObject({
      code: "POSITION_NOT_REACHED",
      path: ["customers"],
      extensions: { requested: "3", position: "2" },
    });
  });

  test("written into the query works as well", async () => {
    const { errors } = await testBank().query(`{ log(minPosition: "7") { head } }`);
    expect(errors?.[0]?.code).toBe("POSITION_NOT_REACHED");
  });

  test("given as null asks for nothing", async () => {
    expect((await testBank().query(ask, { p: null })).data).toEqual({ customers: { totalCount: 0 } });
  });

  test.each(["", "x", "-1", "1.5", "01", "99999999999999999999", 7])("malformed as %j is bad input", async p => {
    const { errors } = await testBank().query(ask, { p });
    expect(errors?.[0]).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(errors?.[0]?.message).toContain("expected a position as an earlier answer gave it");
  });
});
