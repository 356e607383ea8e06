import type { Actor } from "../../domain/event.ts";
import { beginText, endLine, putFramed, putNumber, putPlain, textHash } from "./hashedText.ts";

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

/**
 * SHA-256 of a UTF-8 text: the previous hash in hex, a header, the data, and the personal bytes in hex. The header is
 * "c360-1", then the fields in the order below, joined by commas, numbers in decimal, each text as its length in UTF-16
 * units, a colon and itself; the lengths of data (in UTF-16 units) and personal (in bytes), and a line feed, end it.
 */
export function eventHash(previous: string, event: EventPlace, { flags, subject, data, personal }: EventTexts): string {
  beginText();
  putPlain(previous);
  putPlain("c360-1,");
  putNumber(event.position);
  putFramed(event.stream);
  putNumber(event.revision);
  putFramed(event.eventId);
  putFramed(event.type);
  putNumber(event.schemaVersion);
  putNumber(event.occurredAt);
  putNumber(event.recordedAt);
  putFramed(event.actor.kind);
  putFramed(event.actor.id);
  putFramed(event.source);
  putFramed(event.sourceEventId);
  putFramed(event.correlationId);
  putFramed(event.causationId);
  putFramed(event.corrects);
  putFramed(flags);
  putFramed(subject);
  putNumber(data.length);
  putNumber(personal === null ? 0 : personal.length);
  endLine();
  putPlain(data);
  if (personal !== null) putPlain(personal.toString("hex"));
  return textHash();
}
