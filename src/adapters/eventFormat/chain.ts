import { hash } from "node:crypto";
import type { Actor } from "../../domain/event.ts";

/** The parts of an event that stand in it as they are stored. */
export type EventPlace = {
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
};

/** The parts that are stored as texts and bytes, exactly as they are hashed: personal values still encrypted. */
export type EventTexts = {
  /** JSON text of the flags, or null for none. */
  readonly flags: string | null;
  /** Whose key seals the personal values; null where it is the stream's own. */
  readonly subject: string | null;
  /** JSON text. */
  readonly data: string;
  readonly personal: Buffer | null;
};

/** What the first event of a log is chained to. */
export const chainStart: string = "0".repeat(64);

/** Length-framed, so that no character can move from one field to the next; "-" stands for null. */
const framed = (text: string | null): string => (text === null ? "-" : `${text.length}:${text}`);

/**
 * SHA-256 of a UTF-8 text: the previous hash in hex, a header, the data, and the personal bytes in hex. The header is
 * "c360-1", then the fields in the order below, joined by commas, numbers in decimal, each text as its length in UTF-16
 * units, a colon and itself; the lengths of data (in UTF-16 units) and personal (in bytes), and a line feed, end it.
 */
export function eventHash(previous: string, event: EventPlace, { flags, subject, data, personal }: EventTexts): string {
  const header = `c360-1,${event.position},${framed(event.stream)},${event.revision},${framed(event.eventId)},${framed(event.type)},${event.schemaVersion},${event.occurredAt},${event.recordedAt},${framed(event.actor.kind)},${framed(event.actor.id)},${framed(event.source)},${framed(event.sourceEventId)},${framed(event.correlationId)},${framed(event.causationId)},${framed(event.corrects)},${framed(flags)},${framed(subject)},${data.length},${personal?.length ?? 0}\n`;
  return hash("sha256", `${previous}${header}${data}${personal?.toString("hex") ?? ""}`, "hex");
}
