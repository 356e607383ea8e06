import { hash } from "node:crypto";
import type { Actor } from "../../domain/event.ts";

/** The stored form of one event, exactly as it is hashed: every text as stored, personal values still encrypted. */
export type ChainedEvent = {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly source: string;
  readonly sourceEventId: string | null;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  readonly corrects: string | null;
  /** JSON text of the flags, or null for none. */
  readonly flags: string | null;
  /** JSON text. */
  readonly data: string;
  readonly personal: Buffer | null;
  /** Whose key seals the personal values; null where it is the stream's own. */
  readonly subject: string | null;
};

/** What the first event of a log is chained to. */
export const chainStart: Buffer = Buffer.alloc(32);

let scratch = Buffer.allocUnsafe(64 * 1024);

/** Length-framed, so that no character can move from one field to the next; "-" stands for null. */
const framed = (text: string | null): string => (text === null ? "-" : `${text.length}:${text}`);

/**
 * SHA-256(previous hash ‖ header ‖ data ‖ personal). The header is UTF-8 text: "c360-1", then the fields in the order
 * below, joined by commas, numbers in decimal, each text as its length in UTF-16 units, a colon and itself; the byte
 * lengths of data and personal, and a line feed, end it.
 */
export function eventHash(previous: Buffer, event: ChainedEvent): Buffer {
  const { data, personal } = event;
  const personalLength = personal === null ? 0 : personal.length;
  const dataLength = Buffer.byteLength(data);
  const header = `c360-1,${event.position},${framed(event.stream)},${event.revision},${framed(event.eventId)},${framed(event.type)},${event.schemaVersion},${event.occurredAt},${event.recordedAt},${framed(event.actor.kind)},${framed(event.actor.id)},${framed(event.source)},${framed(event.sourceEventId)},${framed(event.correlationId)},${framed(event.causationId)},${framed(event.corrects)},${framed(event.flags)},${framed(event.subject)},${dataLength},${personalLength}\n`;
  const needed = 32 + header.length * 3 + dataLength + personalLength;
  if (scratch.length < needed) scratch = Buffer.allocUnsafe(needed * 2);
  previous.copy(scratch, 0);
  let end = 32;
  end += scratch.write(header, end, "utf8");
  end += scratch.write(data, end, "utf8");
  if (personal !== null) end += personal.copy(scratch, end);
  return hash("sha256", scratch.subarray(0, end), "buffer");
}
