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

/**
 * SHA-256(previous hash ‖ header ‖ LF ‖ data ‖ LF ‖ personal). The header is a JSON array of the event's fields in the
 * order below, ending with the byte lengths of data and personal, so that no byte can move from one part to another.
 */
export function eventHash(previous: Buffer, event: ChainedEvent): Buffer {
  const dataLength = Buffer.byteLength(event.data);
  const personalLength = event.personal?.length ?? 0;
  const header = JSON.stringify([
    "c360-1",
    event.position,
    event.stream,
    event.revision,
    event.eventId,
    event.type,
    event.schemaVersion,
    event.occurredAt,
    event.recordedAt,
    event.actor.kind,
    event.actor.id,
    event.source,
    event.sourceEventId,
    event.correlationId,
    event.causationId,
    event.corrects,
    event.flags,
    event.subject,
    dataLength,
    personalLength,
  ]);
  const needed = 34 + header.length * 3 + dataLength + personalLength;
  if (scratch.length < needed) scratch = Buffer.allocUnsafe(needed * 2);
  previous.copy(scratch, 0);
  let end = 32;
  end += scratch.write(header, end, "utf8");
  scratch[end++] = 10;
  end += scratch.write(event.data, end, "utf8");
  scratch[end++] = 10;
  if (event.personal !== null) end += event.personal.copy(scratch, end);
  return hash("sha256", scratch.subarray(0, end), "buffer");
}
