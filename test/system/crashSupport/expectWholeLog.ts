import { expect } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import type { LogReader } from "../../../src/domain/eventLog.ts";
import { allEvents } from "./readLog.ts";

/** The log has no gap, nothing twice, nothing half there, and every index of it finds what a scan finds. */
export async function expectWholeLog(log: LogReader): Promise<RecordedEvent[]> {
  const events = await allEvents(log);
  expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
  expect(await log.head()).toBe(events.length);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  expectWholeAppends(events);

  const streams = Map.groupBy(events, ({ stream }) => stream);
  for (const [stream, ofStream] of streams) {
    expect(ofStream.map(({ revision }) => revision)).toEqual(ofStream.map((_, index) => index));
    const found = await log.readStream({ stream, limit: events.length });
    expect(positionsOf(found)).toEqual(positionsOf(ofStream));
  }
  expect(positionsOf(await log.findById(events.map(({ eventId }) => eventId)))).toEqual(positionsOf(events));
  const limit = events.length + 1;
  for (const [type, ofType] of Map.groupBy(events, ({ type }) => type))
    expect(positionsOf(await log.read({ types: [type], limit }))).toEqual(positionsOf(ofType));
  return events;
}

/** A customer's first contact is stored together with the fact that made it, or not at all. */
function expectWholeAppends(events: readonly RecordedEvent[]): void {
  for (const [index, { actor, causationId, stream }] of events.entries())
    if (actor.kind === "system" && causationId !== null)
      expect(events[index + 1], `the fact that made the first contact at ${index + 1}`).toMatchObject({
        eventId: causationId,
        stream,
        revision: 1,
      });
}

const positionsOf = (events: readonly (RecordedEvent | null)[]) => events.map(event => event?.position);
