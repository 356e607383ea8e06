import type { NewEvent, Position, WrittenEvent } from "../../domain/event.ts";
import type { AnyAppendRequest, AppendOutcome, Expected } from "../../domain/eventLog.ts";

/** Whether a stream of this length is what the writer expected. */
export function meets(expected: Expected, length: number): boolean {
  if (expected === "any") return true;
  if (expected === "noStream") return length === 0;
  if (expected === "exists") return length > 0;
  return length === expected.revision + 1;
}

/**
 * What a request is when some of its event ids are stored already: null when none is, the first result when all are
 * there with the same content, else the reused id. Ids are checked before revisions, so a retry never looks like a
 * conflict.
 */
export function repeatOf<Stored extends { readonly position: Position }>(
  request: AnyAppendRequest,
  find: (eventId: string) => Stored | null,
  same: (event: NewEvent | WrittenEvent, stream: string, stored: Stored) => boolean,
): AppendOutcome | null {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  let reused: { readonly id: string; readonly position: Position } | null = null;
  let fresh = 0;
  const seen = new Set<string>();
  for (const { stream, events } of request.writes)
    for (const event of events) {
      if (seen.has(event.eventId)) throw new RangeError(`event id ${event.eventId} stands twice in one append request`);
      seen.add(event.eventId);
      const stored = find(event.eventId);
      if (stored === null) {
        fresh += 1;
        continue;
      }
      if (reused === null && !same(event, stream, stored)) reused = { id: event.eventId, position: stored.position };
      first = Math.min(first, stored.position);
      last = Math.max(last, stored.position);
    }
  if (last === 0) return null;
  if (reused !== null) return { kind: "idReused", ...reused };
  // Part of the request was stored by another one: it can be neither repeated nor completed as a whole.
  if (fresh > 0) return { kind: "idReused", id: storedId(request, find), position: first };
  return { kind: "duplicate", first, last };
}

function storedId(request: AnyAppendRequest, find: (eventId: string) => unknown): string {
  for (const { events } of request.writes)
    for (const event of events) if (find(event.eventId) !== null) return event.eventId;
  throw new Error("no event of the request is stored");
}
