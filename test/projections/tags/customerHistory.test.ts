import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/domain/json.ts";
import { createHistory } from "../../../src/projections/tags/history/customerHistory.ts";
import type { FactTable, History } from "../../../src/projections/tags/history/history.ts";
import { takeEvent } from "../../../src/projections/tags/history/takeEvent.ts";
import { adaId, eventId, type FactOf, given } from "../support/facts.ts";

const paid = (occurredAt: number, minorUnits: number, more: JsonObject = {}, name?: string) => ({
  type: "transaction-posted" as const,
  occurredAt,
  ...(name === undefined ? {} : { name }),
  data: {
    ...{ account: "core/1", direction: "debit" as const, amount: { minorUnits, currency: "CZK" } },
    ...more,
  },
});
const table = (history: History, type: string): FactTable => history.table(type) as FactTable;
const column = (facts: FactTable, field: string) =>
  Array.from({ length: facts.length }, (_, row) => facts.value(row, field));
const historyOf = (...facts: FactOf[]): History => {
  const history = createHistory();
  for (const event of given(...facts)) history.add(event);
  return history;
};

describe("a customer's history", () => {
  test("keeps a fact's fields under dotted paths, removed ones as null, absent ones as undefined", () => {
    const facts = table(
      historyOf(
        paid(1, 10, { purpose: "rent", details: { cds: "AE", new: true }, transactionId: "7" }),
        paid(2, 20, { mcc: "5411", details: { cds: null } }),
      ),
      "transaction-posted",
    );
    expect(column(facts, "amount.minorUnits")).toEqual([10, 20]);
    expect(column(facts, "amount.currency")).toEqual(["CZK", "CZK"]);
    expect(column(facts, "purpose")).toEqual(["rent", undefined]);
    expect(column(facts, "mcc")).toEqual([undefined, "5411"]);
    expect(column(facts, "details.cds")).toEqual(["AE", null]);
    expect(column(facts, "details.new")).toEqual([true, undefined]);
    expect([column(facts, "transactionId"), column(facts, "nothing")]).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(facts.fields()).not.toContain("transactionId");
  });

  test("keeps a list of scalars as its JSON text and leaves out a list of anything else", () => {
    const history = createHistory();
    history.addFound("tag-assigned", 5, 9, { value: ["b", "a"], odd: [{ x: 1 }], empty: {} });
    expect(table(history, "tag-assigned").value(0, "value")).toBe('["b","a"]');
    expect(table(history, "tag-assigned").fields()).toEqual(["value"]);
  });

  test("a column that somebody holds grows with what comes, and says the same as its rows one by one", () => {
    const history = historyOf(paid(10, 1), paid(20, 2, { mcc: "5411" }));
    const facts = table(history, "transaction-posted");
    expect(column(facts, "amount.minorUnits")).toEqual([1, 2]);
    const held = facts.column("amount.minorUnits");
    for (const event of given(paid(10, 1), paid(20, 2), paid(30, 3, { purpose: "rent" })).slice(2)) history.add(event);
    expect(held).toEqual({ kind: "numbers", numbers: [1, 2, 3] });
    expect(column(facts, "amount.minorUnits")).toEqual([1, 2, 3]);
    expect(column(facts, "mcc")).toEqual([undefined, "5411", undefined]);
    expect(column(facts, "purpose")).toEqual([undefined, undefined, "rent"]);
    const many = table(historyOf(...Array.from({ length: 40 }, (_, at) => paid(at, at))), "transaction-posted");
    expect(column(many, "amount.minorUnits")).toEqual(Array.from({ length: 40 }, (_, at) => at));
  });

  test("puts late facts where they belong and says that what was derived is stale", () => {
    const history = historyOf(paid(10, 1), paid(30, 3));
    const facts = table(history, "transaction-posted");
    const before = facts.disorder;
    const [, , late, last] = given(paid(10, 1), paid(30, 3), paid(10, 2, { mcc: "5411" }), paid(40, 4));
    history.add(late as never);
    expect(facts.disorder).not.toBe(before);
    const after = facts.disorder;
    history.add(last as never);
    history.add(last as never);
    expect(facts.disorder).toBe(after);
    expect(column(facts, "amount.minorUnits")).toEqual([1, 2, 3, 4]);
    expect(column(facts, "mcc")).toEqual([undefined, "5411", undefined, undefined]);
    expect([facts.positions(), facts.times()]).toEqual([
      [1, 3, 2, 4],
      [10, 10, 30, 40],
    ]);
    expect([9, 10, 29, 30, 99].map(at => facts.indexAfter(at))).toEqual([0, 2, 2, 3, 4]);
    expect(history.size()).toBe(4);
  });

  test("gives whole columns: numbers while all are numbers, else codes into distinct values", () => {
    const facts = table(
      historyOf(paid(1, 10, { details: { x: 1 } }), paid(2, 20), paid(3, 30, { details: { x: "1" } }), paid(4, 10)),
      "transaction-posted",
    );
    expect(facts.column("amount.minorUnits")).toMatchObject({ kind: "numbers", numbers: [10, 20, 30, 10] });
    expect(facts.column("details.x")).toMatchObject({ kind: "codes", codes: [0, -1, 1, -1], values: [1, "1"] });
    expect(facts.column("never heard of")).toBeNull();
  });

  test("ends a reversed fact from the reversal on, whichever comes first, and keeps the first of two", () => {
    const reversal = (occurredAt: number, corrects: string) => ({
      ...{ type: "transaction-reversed" as const, occurredAt, corrects, data: { account: "core/1" } },
    });
    const facts = given(
      paid(1, 10, {}, "a"),
      reversal(5, "a"),
      reversal(5, "b"),
      paid(2, 20, {}, "b"),
      reversal(6, "a"),
      paid(3, 30, {}, "c"),
    );
    const history = createHistory();
    for (const event of facts)
      takeEvent(
        history,
        event,
        facts.find(other => other.eventId === event.corrects && other.position < event.position) ?? null,
      );
    const posted = table(history, "transaction-posted");
    expect([0, 1, 2].map(row => posted.endedBy(row))).toEqual([2, 3, 0]);
    expect(posted.ends()).toEqual([2, 3, 0]);
    expect(table(history, "transaction-reversed").length).toBe(3);
  });

  test("ends a corrected fact by its correction, and nothing of another type", () => {
    const facts = given(paid(1, 10, {}, "a"), { ...paid(1, 11, {}, "a2"), corrects: "a" }, {
      type: "complaint-recorded",
      occurredAt: 3,
      corrects: "a",
      data: {},
    } as never);
    const history = createHistory();
    for (const event of facts) takeEvent(history, event, event.corrects === null ? null : (facts[0] ?? null));
    expect(table(history, "transaction-posted").ends()).toEqual([2, 0]);
  });

  test("takes an end before its fact, by position or by event id", () => {
    const history = createHistory();
    for (const by of [9, 7, 11]) history.end("transaction-posted", 1, 1, by);
    for (const by of [8, 12]) history.endEarly("transaction-posted", eventId("b"), by);
    for (const event of given(paid(1, 10, {}, "a"), paid(2, 20, {}, "b"), paid(3, 30))) history.add(event);
    expect(table(history, "transaction-posted").ends()).toEqual([7, 8, 0]);
  });

  test("keeps what other customers say apart from what this one does", () => {
    const history = createHistory();
    const [said] = given({
      ...{ type: "relationship-established", occurredAt: 4 },
      data: { relationshipId: "r1", kind: "spouse", customer: adaId },
    });
    history.addIncoming(adaId, said as never);
    expect(history.types()).toEqual(["incoming:relationship-established"]);
    expect(column(table(history, "incoming:relationship-established"), "from")).toEqual([adaId]);
  });
});
