import { hash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type EventPlace, type EventTexts, eventHash } from "../../src/adapters/eventFormat/chain.ts";

const framed = (text: string | null): string => (text === null ? "-" : `${text.length}:${text}`);

/** The hash as an auditor would write it down from the description of the format. */
function asDescribed(previous: string, event: EventPlace, { flags, subject, data, personal }: EventTexts): string {
  const { actor } = event;
  const header = [
    ["c360-1", event.position, framed(event.stream), event.revision, framed(event.eventId), framed(event.type)],
    [event.schemaVersion, event.occurredAt, event.recordedAt, framed(actor.kind), framed(actor.id)],
    [framed(event.source), framed(event.sourceEventId), framed(event.correlationId), framed(event.causationId)],
    [framed(event.corrects), framed(flags), framed(subject), data.length, personal?.length ?? 0],
  ];
  const text = `${previous}${header.flat().join(",")}\n${data}${personal?.toString("hex") ?? ""}`;
  return hash("sha256", text, "hex");
}

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.string({ minLength: 95, maxLength: 105 }));
const textOrNull = fc.option(text);
const number = fc.oneof(fc.maxSafeInteger(), fc.nat(), fc.constantFrom(9, 10, 999_999_999, 1_000_000_000, 1e12, -1));
const place = fc.record({
  ...{ position: number, stream: text, revision: number, eventId: text, type: text, schemaVersion: number },
  ...{ occurredAt: number, recordedAt: number, source: text, sourceEventId: textOrNull, correlationId: textOrNull },
  ...{ causationId: textOrNull, corrects: textOrNull },
  actor: fc.record({ kind: fc.constantFrom("person" as const, "service" as const), id: text }),
});
const texts = fc.record({
  flags: textOrNull,
  subject: textOrNull,
  data: text,
  personal: fc.option(fc.uint8Array().map(bytes => Buffer.from(bytes))),
});

test("an event's hash is that of the described text, whatever stands in the event", () => {
  const previous = "5a".repeat(32);
  fc.assert(
    fc.property(place, texts, (event, held) => {
      expect(eventHash(previous, event, held)).toBe(asDescribed(previous, event, held));
    }),
  );
});

test("long data and personal bytes are hashed whole, and shorter ones after them too", () => {
  const [event] = fc.sample(place, 1) as [EventPlace];
  for (const length of [10, 20_000, 300_000, 10]) {
    const held = { flags: null, subject: null, data: "ž€".repeat(length), personal: Buffer.alloc(length, 7) };
    expect(eventHash("", event, held)).toBe(asDescribed("", event, held));
  }
});
