import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import type { Decision } from "../../../src/domain/decision/decision.ts";
import type { NewEvent } from "../../../src/domain/event.ts";
import type { EventId } from "../../../src/domain/ids.ts";
import type { JsonObject } from "../../../src/domain/json.ts";
import {
  type PendingEvent,
  pendingCount,
  pendingDecisionText,
  pendingEventsIn,
  pendingRequests,
  pendingSome,
  pendingText,
} from "../../../src/projections/campaigns/pendingRows.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\n", "\r\n", "\u2028", "\ud800", '"\\', "žluťoučký 🐎", "__proto__", "10", "9", "toString"),
);
const textOrNull = fc.option(text);
const value = fc.letrec(tie => ({
  json: fc.oneof(
    { depthSize: "small" },
    ...[text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null)],
    ...[fc.array(tie("json")), fc.dictionary(text, tie("json"))],
  ),
})).json;
const event = fc.record({
  ...{ type: text, schemaVersion: fc.nat(), occurredAt: fc.integer(), source: text, sourceEventId: textOrNull },
  ...{ correlationId: textOrNull, causationId: textOrNull, corrects: fc.option(fc.uuid().map(id => id as EventId)) },
  actor: fc.record({ kind: fc.constantFrom("person" as const, "system" as const), id: text }),
  flags: fc.array(text, { maxLength: 2 }),
  data: fc.dictionary(text, value).map(data => data as JsonObject),
  personal: fc.constant(null),
});
const pending = fc.record({ stream: text, event });
const batch = fc
  .array(pending, { maxLength: 6 })
  .map(all =>
    all.map(({ stream, event }, index): PendingEvent => ({ stream, event: { ...event, eventId: idOf(index) } })),
  );
const idOf = (index: number): EventId => `00000000-0000-4000-8000-00000000000${index}` as EventId;

/** What a log holds, and hashes, of events that were read and appended one by one. */
const asParsed = ({ stream, event }: PendingEvent) => ({
  writes: [{ stream, expected: "any" as const, events: [JSON.parse(JSON.stringify(event)) as NewEvent] }],
});

test("texts of pending rows put together are stored and hashed just as the events that they are of", async () => {
  await fc.assert(
    fc.asyncProperty(batch, batch, async (first, second) => {
      const [byEvents, byText] = [createMemoryLog({ logId: "log" }), createMemoryLog({ logId: "log" })];
      const again = second.map(({ stream, event }) => ({ stream, event: { ...event, eventId: `${event.eventId}b` } }));
      const all = [...first, ...(again as PendingEvent[])];
      const together = all.map(pendingText).join("");
      const outcomes = byEvents.writer.append(all.map(asParsed), 5);
      expect(byText.writer.append(pendingRequests(together), 5)).toEqual(outcomes);
      expect(pendingCount(together)).toBe(all.length);
      const read = await byText.reader.read({ limit: 100 });
      expect(read).toEqual(await byEvents.reader.read({ limit: 100 }));
      expect(read).toHaveLength(all.length);
      // Either way of writing an event knows the other for the same.
      const duplicates = outcomes.map(() => "duplicate");
      expect(byText.writer.append(all.map(asParsed), 6).map(({ kind }) => kind)).toEqual(duplicates);
      expect(byEvents.writer.append(pendingRequests(together), 6).map(({ kind }) => kind)).toEqual(duplicates);
    }),
  );
});

/** Compared as text, for keys such as "__proto__". */
const withDataText = ({ stream, event: { data, ...event } }: PendingEvent) => ({
  ...{ stream, event },
  data: JSON.stringify(data),
});

test("a row gives its events back", () => {
  fc.assert(
    fc.property(batch, events => {
      const row = { key: "1", text: events.map(pendingText).join("") };
      expect(pendingEventsIn(row).map(withDataText)).toEqual(events.map(withDataText));
    }),
  );
});

test("a decision is an event of its customer's stream that names its campaign and what caused it", () => {
  const data = { campaignId: "spring", at: 7, outcome: "send", gates: [{ gate: "cap", detail: "1 of at most 3\n" }] };
  const causes = [
    { kind: "trigger", eventId: idOf(1), position: 5 },
    { kind: "release", of: idOf(2) },
    { kind: "wave", at: 6 },
  ];
  const decisions = causes.map((cause, index) => ({ ...data, cause, decisionId: idOf(7 + index), customerId: "ada" }));
  const text = decisions.map(decision => pendingDecisionText(decision as unknown as Decision)).join("");
  expect(pendingEventsIn({ key: "1", text })).toEqual(
    causes.map((cause, index) => ({
      stream: "customer-ada",
      event: {
        ...{ eventId: idOf(7 + index), type: "campaign-decided", schemaVersion: 1, occurredAt: 7, source: "c360" },
        ...{ sourceEventId: null, correlationId: "campaign-spring", causationId: [idOf(1), idOf(2), null][index] },
        ...{ actor: { kind: "system", id: "campaigns" }, corrects: null, flags: [], personal: null },
        data: { ...data, cause, decisionId: idOf(7 + index) },
      },
    })),
  );
  const [first] = pendingRequests(text);
  expect(first).toMatchObject({
    writes: [
      {
        ...{ stream: "customer-ada", expected: "any" },
        events: [{ eventId: idOf(7), dataText: JSON.stringify({ ...data, cause: causes[0], decisionId: idOf(7) }) }],
      },
    ],
  });
  expect(pendingCount(text)).toBe(3);
});

test("a row without some of its events holds the others, as they were", () => {
  fc.assert(
    fc.property(batch, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (events, kept) => {
      const text = events.map(pendingText).join("");
      const left = events.filter((_, at) => kept[at]);
      expect(pendingSome(text, at => kept[at] === true)).toBe(left.map(pendingText).join(""));
    }),
  );
});

test("an event under an id that stands for other data is told from it, though its text was not read", () => {
  const { writer } = createMemoryLog();
  const [decided] = fc.sample(
    batch.filter(events => events.length > 0),
    1,
  )[0] as PendingEvent[];
  const { stream, event } = decided as PendingEvent;
  const textWith = (data: JsonObject): string => pendingText({ stream, event: { ...event, data } });
  writer.append(pendingRequests(textWith({ arm: "a" })), 1);
  expect(writer.append(pendingRequests(textWith({ arm: "b" })), 2)).toEqual([
    { kind: "idReused", id: event.eventId, position: 1 },
  ]);
});
