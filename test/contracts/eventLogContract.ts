import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KeyVault } from "../../src/adapters/eventFormat/keyVault.ts";
import type { NewEvent } from "../../src/domain/event.ts";
import type { AppendOutcome, AppendRequest, Expected, LogReader, LogWriter } from "../../src/domain/eventLog.ts";
import type { EventId } from "../../src/domain/ids.ts";
import { newEvent } from "../support/newEvent.ts";

export type OpenLog = {
  readonly writer: LogWriter;
  readonly reader: LogReader;
  readonly vault: KeyVault;
  readonly close: () => void;
};

const noon = Date.UTC(2026, 5, 1, 12);
const to = (stream: string, events: NewEvent[], expected: Expected = "any"): AppendRequest => ({
  writes: [{ stream, expected, events }],
});

/** What every event log promises, whatever keeps it. */
export function eventLogContract(name: string, open: () => OpenLog): void {
  describe(`${name}, an event log`, () => {
    let log: OpenLog;
    beforeEach(() => {
      log = open();
    });
    afterEach(() => log.close());
    const append = (request: AppendRequest, now = noon): AppendOutcome =>
      log.writer.append([request], now)[0] as AppendOutcome;

    test("gives positions without gaps and revisions per stream, all or nothing over several streams", async () => {
      const outcome = append({
        writes: [
          {
            stream: "tag-a",
            expected: "noStream",
            events: [newEvent({ data: { n: 1 } }), newEvent({ data: { n: 2 } })],
          },
          { stream: "tag-b", expected: "noStream", events: [newEvent({ data: { n: 3 } })] },
        ],
      });
      expect(outcome).toEqual({ kind: "appended", first: 1, last: 3, recordedAt: noon });
      const events = await log.reader.read({ limit: 10 });
      expect(events.map(({ position, stream, revision, data }) => [position, stream, revision, data.n])).toEqual([
        [1, "tag-a", 0, 1],
        [2, "tag-a", 1, 2],
        [3, "tag-b", 0, 3],
      ]);
      const refused = append({
        writes: [
          { stream: "tag-a", expected: "any", events: [newEvent()] },
          { stream: "tag-b", expected: "noStream", events: [newEvent()] },
        ],
      });
      expect(refused).toEqual({ kind: "conflict", stream: "tag-b", expected: "noStream", actual: 0 });
      expect(await log.reader.head()).toBe(3);
    });

    test.each<[Expected, boolean, boolean]>([
      ["any", true, true],
      ["noStream", true, false],
      ["exists", false, true],
      [{ revision: 0 }, false, true],
      [{ revision: 1 }, false, false],
    ])("expecting %j: on a new stream %j, on a stream of one event %j", (expected, onNew, onOne) => {
      append(to("one", [newEvent()]));
      expect(append(to("new", [newEvent()], expected)).kind === "appended").toBe(onNew);
      expect(append(to("one", [newEvent()], expected)).kind === "appended").toBe(onOne);
    });

    test("one request's conflict fails no neighbour of the same commit", async () => {
      const [first, second, third] = log.writer.append(
        [to("a", [newEvent()]), to("a", [newEvent()], "noStream"), to("a", [newEvent()], { revision: 0 })],
        noon,
      );
      expect([first?.kind, second?.kind, third?.kind]).toEqual(["appended", "conflict", "appended"]);
      expect((await log.reader.readStream({ stream: "a", limit: 9 })).map(event => event.revision)).toEqual([0, 1]);
    });

    test("the same event sent again gives the first result, whatever revision is expected by then", async () => {
      const event = newEvent({ personal: { subject: "a", fields: { "/name": "Ada" } } });
      append(to("a", [event], "noStream"));
      append(to("a", [newEvent()]));
      expect(append(to("a", [event], "noStream"))).toEqual({ kind: "duplicate", first: 1, last: 1 });
      expect(append(to("a", [{ ...event, correlationId: "another batch" }]))).toMatchObject({ kind: "duplicate" });
      expect(log.writer.append([to("b", [newEvent()]), to("a", [event])], noon)[1]).toMatchObject({
        kind: "duplicate",
      });
      expect(await log.reader.head()).toBe(3);
    });

    test("a repeat within one commit is a duplicate too", () => {
      const event = newEvent();
      const outcomes = log.writer.append([to("a", [event]), to("a", [event])], noon);
      expect(outcomes[1]).toEqual({ kind: "duplicate", first: 1, last: 1 });
    });

    test.each<[string, Partial<NewEvent>, string]>([
      ["other data", { data: { name: "colour", value: "red" } }, "a"],
      ["another time", { occurredAt: 5 }, "a"],
      ["another type", { type: "preference-unset" }, "a"],
      ["other personal values", { personal: { subject: "a", fields: { "/name": "Eve" } } }, "a"],
      ["another stream", {}, "b"],
    ])("the same id with %s is refused", (_, change, stream) => {
      const event = newEvent({ personal: { subject: "a", fields: { "/name": "Ada" } } });
      append(to("a", [event]));
      expect(append(to(stream, [{ ...event, ...change }]))).toEqual({
        kind: "idReused",
        id: event.eventId,
        position: 1,
      });
      expect(log.writer.head()).toBe(1);
    });

    test("an idempotency key gives the first result again, and refuses other content", () => {
      const event = newEvent();
      expect(append({ ...to("a", [event]), idempotencyKey: "k" }).kind).toBe("appended");
      expect(append({ ...to("a", [event]), idempotencyKey: "k" })).toEqual({ kind: "duplicate", first: 1, last: 1 });
      expect(append({ ...to("a", [newEvent()]), idempotencyKey: "k" })).toEqual({
        kind: "idReused",
        id: "k",
        position: 1,
      });
    });

    test("a claim may be made for a stream that has no event yet, and is the stream's once it has", () => {
      append({ ...to("a", [newEvent()]), claims: [{ key: "identity:x/1", stream: "b" }] });
      expect(log.writer.claimant("identity:x/1")).toBe("b");
      expect(log.writer.streamExists("b")).toBe(false);
      const first = { writes: [{ stream: "b", expected: "noStream" as const, events: [newEvent()] }] };
      expect(append(first).kind).toBe("appended");
      expect(log.writer.streamExists("b")).toBe(true);
      expect(append({ ...to("b", [newEvent()]), claims: [{ key: "identity:x/1", stream: "b" }] }).kind).toBe(
        "appended",
      );
    });

    test("a claim holds for good; claiming again for the same stream is fine", () => {
      append({ ...to("a", [newEvent()]), claims: [{ key: "account:x/1", stream: "a" }] });
      expect(log.writer.claimant("account:x/1")).toBe("a");
      expect(log.writer.claimant("account:x/2")).toBeNull();
      const rival = append({ ...to("b", [newEvent()]), claims: [{ key: "account:x/1", stream: "b" }] });
      expect(rival).toEqual({ kind: "claimed", key: "account:x/1", by: "a" });
      expect(append({ ...to("a", [newEvent()]), claims: [{ key: "account:x/1", stream: "a" }] }).kind).toBe("appended");
    });

    test("recordedAt never decreases, even when the clock does", async () => {
      append(to("a", [newEvent()]), noon);
      append(to("a", [newEvent()]), noon - 60_000);
      append(to("a", [newEvent()]), noon + 1);
      expect((await log.reader.read({ limit: 9 })).map(event => event.recordedAt)).toEqual([noon, noon, noon + 1]);
    });

    test("gives back every field as it was handed in", async () => {
      const event = newEvent({
        occurredAt: Date.UTC(1931, 3, 5),
        actor: { kind: "person", id: "clerk-7" },
        sourceEventId: "trans/77",
        correlationId: "import-1",
        causationId: randomUUID() as EventId,
        corrects: randomUUID() as EventId,
        flags: ["answered-before-received"],
        data: { text: "Žižkov ☂ \n line", amount: { minorUnits: -5, currency: "CZK" } },
        personal: { subject: "customer-x", fields: { "/attributes/email": "ada@example.com", "/attributes/a~1b": 7 } },
      });
      append(to("customer-x", [event]));
      const [read] = await log.reader.read({ limit: 1 });
      const { personal: _, data, ...header } = event;
      expect(read).toMatchObject({ ...header, stream: "customer-x", revision: 0, erased: false });
      expect(read?.data).toEqual({ ...data, attributes: { email: "ada@example.com", "a/b": 7 } });
    });

    test("leaves personal values of the types named sealed, read by stream or as a whole", async () => {
      const personal = { subject: "a", fields: { "/name": "Ada" } };
      append(
        to("a", [
          newEvent({ data: { n: 1 }, personal }),
          newEvent({ type: "call-recorded", data: { n: 2 }, personal }),
        ]),
      );
      const leaveSealed = ["call-recorded"];
      for (const events of [
        await log.reader.read({ limit: 9, leaveSealed }),
        await log.reader.readStream({ stream: "a", limit: 9, leaveSealed }),
        await log.reader
          .readStream({ stream: "a", limit: 9, direction: "backward", leaveSealed })
          .then(found => found.reverse()),
      ])
        expect(events.map(({ data, erased }) => [data, erased])).toEqual([
          [{ n: 1, name: "Ada" }, false],
          [{ n: 2 }, false],
        ]);
    });

    test("destroying a key erases the personal values and nothing else, and the chain stays", async () => {
      const event = newEvent({ data: { kept: 1 }, personal: { subject: "a", fields: { "/name": "Ada" } } });
      append(to("a", [event]));
      const [before] = await log.reader.read({ limit: 1 });
      log.vault.destroy("a");
      const [after] = await log.reader.read({ limit: 1 });
      expect(before?.data).toEqual({ kept: 1, name: "Ada" });
      expect(after).toEqual({ ...before, data: { kept: 1 }, erased: true });
      append(to("a", [newEvent({ personal: { subject: "a", fields: { "/name": "Ada again" } } })]));
      const later = await log.reader.readStream({ stream: "a", limit: 9 });
      expect(later.map(({ data, erased }) => [data.name, erased])).toEqual([
        [undefined, true],
        ["Ada again", false],
      ]);
    });

    test("streams are read in both directions from any revision", async () => {
      append(to("other", [newEvent()]));
      for (let n = 0; n < 7; n += 1) append(to("a", [newEvent({ data: { n } })]));
      const read = async (query: object) =>
        (await log.reader.readStream({ stream: "a", limit: 3, ...query })).map(event => event.revision);
      expect(await read({})).toEqual([0, 1, 2]);
      expect(await read({ from: 5 })).toEqual([5, 6]);
      expect(await read({ direction: "backward" })).toEqual([6, 5, 4]);
      expect(await read({ direction: "backward", from: 1 })).toEqual([1, 0]);
      expect(await log.reader.readStream({ stream: "nobody", limit: 3 })).toEqual([]);
    });

    test("a pull loop over pages sees every event once, in order", async () => {
      for (let n = 0; n < 25; n += 1) append(to(`s${n % 4}`, [newEvent({ data: { n } })]));
      const seen: unknown[] = [];
      for (let after = 0; ; ) {
        const page = await log.reader.read({ after, limit: 4 });
        seen.push(...page.map(event => event.data.n));
        after = page.at(-1)?.position ?? after;
        if (page.length < 4) break;
      }
      expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => n));
    });

    describe("searched by an auditor", () => {
      const clerk = { kind: "person", id: "clerk-7" } as const;
      beforeEach(() => {
        for (let n = 0; n < 40; n += 1)
          append(
            to(`s${n % 3}`, [
              newEvent({
                type: n % 2 === 0 ? "even" : "odd",
                occurredAt: 1000 * ((n * 7) % 40),
                actor: n % 5 === 0 ? clerk : { kind: "service", id: "core-bank" },
                source: n % 4 === 0 ? "crm" : "core-bank",
                correlationId: n < 30 ? `run-${n % 2}` : null,
                data: { n },
              }),
            ]),
            noon + n * 10,
          );
      });
      const all = Array.from({ length: 40 }, (_, n) => n);
      const cases: [string, Parameters<LogReader["read"]>[0], (n: number) => boolean][] = [
        ["type", { types: ["even"], limit: 99 }, n => n % 2 === 0],
        ["several types", { types: ["odd", "even", "none"], limit: 99 }, () => true],
        ["an unknown type", { types: ["none"], limit: 99 }, () => false],
        ["actor", { actor: clerk, limit: 99 }, n => n % 5 === 0],
        ["source", { source: "crm", limit: 99 }, n => n % 4 === 0],
        ["correlation", { correlationId: "run-1", limit: 99 }, n => n < 30 && n % 2 === 1],
        ["stream and type", { stream: "s1", types: ["even"], limit: 99 }, n => n % 3 === 1 && n % 2 === 0],
        ["occurred", { occurred: { from: 5000, to: 9000 }, limit: 99 }, n => (n * 7) % 40 >= 5 && (n * 7) % 40 < 9],
        ["recorded", { recorded: { from: noon + 95, to: noon + 200 }, limit: 99 }, n => n >= 10 && n < 20],
        [
          "type and recorded",
          { types: ["odd"], recorded: { from: noon + 100 }, limit: 99 },
          n => n >= 10 && n % 2 === 1,
        ],
        ["positions", { after: 5, before: 9, limit: 99 }, n => n >= 5 && n < 8],
        [
          "type and positions",
          { types: ["odd"], after: 5, before: 30, limit: 99 },
          n => n >= 5 && n < 29 && n % 2 === 1,
        ],
        ["source and actor", { source: "crm", actor: clerk, limit: 99 }, n => n % 20 === 0],
      ];
      test.each(cases)("by %s, in both directions and page by page", async (_, query, wanted) => {
        const expected = all.filter(wanted);
        const numbers = async (more: object) =>
          (await log.reader.read({ ...query, ...more })).map(event => event.data.n);
        expect(await numbers({})).toEqual(expected);
        expect(await numbers({ direction: "backward" })).toEqual(expected.toReversed());
        expect(await numbers({ limit: 3 })).toEqual(expected.slice(0, 3));
        expect(await numbers({ limit: 3, direction: "backward" })).toEqual(expected.toReversed().slice(0, 3));
      });
    });

    test("events are found by id and by position, missing ones as null", async () => {
      const events = [newEvent(), newEvent(), newEvent()];
      for (const event of events) append(to("a", [event]));
      const ids = [events[2]?.eventId, randomUUID(), events[0]?.eventId] as EventId[];
      expect((await log.reader.findById(ids)).map(event => event?.position)).toEqual([3, undefined, 1]);
      expect((await log.reader.readAt([2, 99, 1])).map(event => event?.position)).toEqual([2, undefined, 1]);
    });

    test("each event's hash depends on all before it", async () => {
      const events = [newEvent(), newEvent()];
      for (const event of events) append(to("a", [event]), noon);
      const other = open();
      other.writer.append([to("a", [newEvent({ ...events[0], occurredAt: 1 } as NewEvent)])], noon);
      other.writer.append([to("a", [events[1] as NewEvent])], noon);
      const [mine, theirs] = [await log.reader.read({ limit: 9 }), await other.reader.read({ limit: 9 })];
      other.close();
      expect(mine.map(event => event.hash)).not.toContain(theirs[1]?.hash);
      expect(new Set([...mine, ...theirs].map(event => event.hash)).size).toBe(4);
    });

    test("a stream or claim the log never saw is unknown", () => {
      expect(log.writer.streamExists("a")).toBe(false);
      append(to("a", [newEvent()]));
      expect(log.writer.streamExists("a")).toBe(true);
      expect(log.writer.head()).toBe(1);
    });
  });
}
