import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import type { JsonObject, JsonScalar } from "../../../src/domain/json.ts";
import { createHistory, type KeptHistory, openHistory } from "../../../src/projections/tags/history/customerHistory.ts";
import type { FactTable, History } from "../../../src/projections/tags/history/history.ts";
import { adaId, eventId, given } from "../support/facts.ts";

/** What can be done to a history, in any order. */
type Act =
  | { readonly kind: "add"; readonly event: RecordedEvent }
  | { readonly kind: "end"; readonly of: RecordedEvent; readonly by: number }
  | { readonly kind: "endEarly"; readonly of: RecordedEvent; readonly by: number }
  | { readonly kind: "incoming"; readonly event: RecordedEvent };

const key = fc.oneof(
  fc.constantFrom("purpose", "amount", "__proto__", "constructor", "a.b", "ä𝄞", "transactionId"),
  fc.string({ minLength: 1, maxLength: 3 }),
);
const number = fc.oneof(
  fc.integer({ min: -9, max: 300 }),
  fc.integer({ min: 0, max: 90 }).map(n => n * 100),
  fc.maxSafeInteger(),
  fc.constantFrom(0.1, -2.5, 1e300, 5e-324, -0, 2 ** 53 - 1, 1 - 2 ** 53),
);
const scalar: fc.Arbitrary<JsonScalar> = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 4, arbitrary: fc.constantFrom("rent", "salary", "CZK", "core/1", "ÿ", "Ā", "𝄞", "\ud800", "") },
  fc.string({ unit: "binary" }),
  fc.boolean(),
  fc.constant(null),
);
const data: fc.Arbitrary<JsonObject> = fc.dictionary(
  key,
  fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.dictionary(key, scalar, { maxKeys: 3 })),
  { maxKeys: 5 },
);
const instant = fc.oneof(
  fc.integer({ min: -3, max: 12 }).map(day => day * 86_400_000),
  fc.constantFrom(1, 2, 86_400_001, 8_640_000_000_000_000, -8_640_000_000_000_000),
);
const type = fc.constantFrom("transaction-posted", "balance-reported", "ä-type", "relationship-established");

const acts: fc.Arbitrary<Act[]> = fc
  .array(fc.record({ type, occurredAt: instant, data }), { maxLength: 14, size: "max" })
  .map(facts => given(...(facts as never[])))
  .chain(events =>
    fc
      .tuple(
        ...events.map(event =>
          fc
            .tuple(
              fc.constantFrom<Act["kind"]>("add", "add", "add", "incoming"),
              fc.option(fc.record({ early: fc.boolean(), by: fc.integer({ min: 100, max: 300 }) }), { freq: 2 }),
              fc.boolean(),
            )
            .map(([kind, end, twice]): Act[] => [
              kind === "add" ? { kind, event } : { kind: "incoming", event },
              ...(twice ? ([{ kind: "add", event }] as const) : []),
              ...(end === null
                ? []
                : [{ kind: end.early ? ("endEarly" as const) : ("end" as const), of: event, by: end.by }]),
            ]),
        ),
      )
      .map(lists => (lists as Act[][]).flat()),
  );
/** The same acts in two orders; an end by event id is only told before its fact, else it is one by position. */
const inTwoOrders = acts.chain(list => fc.tuple(shuffled(list), shuffled(list)));
const shuffled = (list: readonly Act[]) => fc.shuffledSubarray([...list], { minLength: list.length });

function perform(history: History, list: readonly Act[]): void {
  const added = new Set<number>();
  for (const act of list) {
    if (act.kind === "add") {
      history.add(act.event);
      added.add(act.event.position);
    } else if (act.kind === "incoming") history.addIncoming(adaId, act.event);
    else if (act.kind === "endEarly" && !added.has(act.of.position))
      history.endEarly(act.of.type, act.of.eventId, act.by);
    else history.end(act.of.type, act.of.occurredAt, act.of.position, act.by);
  }
}

/** Everything that the accessors tell. */
const contents = (history: History) => ({
  size: history.size(),
  tables: history
    .types()
    .toSorted()
    .map(name => {
      const table = history.table(name) as FactTable;
      const rows = Array.from({ length: table.length }, (_, row) => row);
      return {
        name: [name, table.type],
        rows: rows.map(row => [table.occurredAt(row), table.position(row), table.endedBy(row)]),
        whole: [table.times(), table.positions(), table.ends() ?? rows.map(() => 0)],
        fields: table
          .fields()
          .toSorted()
          .map(field => [
            field,
            table.column(field)?.kind,
            rows.map(row => table.value(row, field)),
            columnValues(table, field),
          ]),
        after: rows.map(row => table.indexAfter(table.occurredAt(row))),
      };
    }),
});
function columnValues(table: FactTable, field: string) {
  const column = table.column(field);
  if (column?.kind === "numbers") return column.numbers.map(value => (Number.isNaN(value) ? undefined : value));
  return column?.codes.map(code => column.values[code]);
}
const taken = (list: readonly Act[]): KeptHistory => {
  const history = createHistory();
  perform(history, list);
  return history;
};

describe("the stored form of a history", () => {
  test("gives back every row, end and value, and waits for the same facts", () => {
    fc.assert(
      fc.property(acts, list => {
        const history = taken(list);
        const again = openHistory({ base: history.encode(), tail: new Uint8Array(0) });
        expect(contents(again)).toEqual(contents(history));
        expect(Buffer.from(again.encode())).toEqual(Buffer.from(history.encode()));
      }),
      { numRuns: 300 },
    );
  });

  test("is the same whatever the order of arrival", () => {
    fc.assert(
      fc.property(inTwoOrders, ([one, other]) => {
        const [a, b] = [taken(one), taken(other)];
        expect(contents(a)).toEqual(contents(b));
        expect(Buffer.from(a.encode())).toEqual(Buffer.from(b.encode()));
      }),
      { numRuns: 300 },
    );
  });

  test("is the same whether it was stored after every fact, now and then, or never", () => {
    fc.assert(
      fc.property(acts, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (list, saves) => {
        let kept = createHistory();
        for (const [index, act] of list.entries()) {
          perform(kept, [act]);
          if (saves[index] === true) kept = openHistory(kept.save());
          else if (index % 3 === 0) kept.save();
        }
        const straight = createHistory();
        for (const act of list) perform(straight, [act]);
        expect(contents(openHistory(kept.save()))).toEqual(contents(straight));
        expect(Buffer.from(openHistory(kept.save()).encode())).toEqual(Buffer.from(straight.encode()));
      }),
      { numRuns: 300 },
    );
  });

  test("grows a tail beside an untouched base until that is worth writing anew", () => {
    const facts = given(
      ...(Array.from({ length: 400 }, (_, day) => ({
        ...{ type: "behaviour-observed", occurredAt: day * 1000 },
        data: { name: `page.${day % 7}`, properties: { page: `p${day}`, seconds: day } },
      })) as never[]),
    );
    const history = createHistory();
    for (const event of facts.slice(0, 200)) history.add(event);
    const { base } = history.save();
    expect(history.save().base).toBe(base);
    history.add(facts[200] as RecordedEvent);
    const saved = history.save();
    expect(saved.base).toBe(base);
    expect(saved.tail.length).toBeLessThan(60);
    let rewrites = 0;
    for (const event of facts.slice(201)) {
      const before = history.save().base;
      history.add(event);
      if (history.save().base !== before) rewrites += 1;
    }
    expect(rewrites).toBeGreaterThan(1);
    expect(rewrites).toBeLessThan(10);
    expect(openHistory(history.save()).table("behaviour-observed")?.length).toBe(400);
  });

  test("remembers an early reversal by its event id until the fact comes, through the store", () => {
    const [fact] = given({
      ...{ type: "transaction-posted", name: "late", occurredAt: 5 },
      data: { account: "core/1", direction: "debit", amount: { minorUnits: 1, currency: "CZK" } },
    });
    const history = createHistory();
    history.save();
    history.endEarly("transaction-posted", eventId("late"), 12);
    const again = openHistory(openHistory(history.save()).save());
    again.add(fact as RecordedEvent);
    const stored = openHistory(again.save());
    expect(stored.table("transaction-posted")?.ends()).toEqual([12]);
    const straight = createHistory();
    straight.add(fact as RecordedEvent);
    straight.end("transaction-posted", 5, 1, 12);
    expect(Buffer.from(stored.encode())).toEqual(Buffer.from(straight.encode()));
  });

  test("refuses bytes of another form", () => {
    expect(() => openHistory({ base: new Uint8Array([9, 0, 0]), tail: new Uint8Array(0) })).toThrow("form 9");
  });
});
