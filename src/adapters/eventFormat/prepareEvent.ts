import type { NewEvent, RecordedEvent, WrittenEvent } from "../../domain/event.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { EventPlace, EventTexts } from "./chain.ts";
import type { KeyVault } from "./keyVault.ts";
import { openPersonal, restorePersonal, sealedGeneration, sealPersonal } from "./personalFields.ts";

export type StoredEvent = EventPlace & EventTexts & { readonly hash: string };

/** The stored texts of a new event; sealing binds the personal values to the log and the event. */
export function prepareEvent(
  event: NewEvent | WrittenEvent,
  place: { readonly position: number; readonly stream: string; readonly revision: number; readonly recordedAt: number },
  logId: string,
  vault: KeyVault,
): EventPlace & EventTexts {
  return {
    ...place,
    eventId: event.eventId,
    type: event.type,
    schemaVersion: event.schemaVersion,
    occurredAt: event.occurredAt,
    actor: event.actor,
    source: event.source,
    sourceEventId: event.sourceEventId,
    correlationId: event.correlationId,
    causationId: event.causationId,
    corrects: event.corrects,
    flags: event.flags.length === 0 ? null : JSON.stringify(event.flags),
    data: dataTextOf(event),
    subject: event.personal === null || event.personal.subject === place.stream ? null : event.personal.subject,
    personal:
      event.personal === null
        ? null
        : sealPersonal(vault.ensure(event.personal.subject), logId + event.eventId, event.personal.fields),
  };
}

const dataTextOf = (event: NewEvent | WrittenEvent): string =>
  "dataText" in event ? event.dataText : JSON.stringify(event.data);

/** The JSON text of an event's personal fields; null when it has none, "erased" when its key is gone. */
export function personalText(
  event: EventPlace,
  texts: EventTexts,
  logId: string,
  vault: KeyVault,
): string | null | "erased" {
  if (texts.personal === null) return null;
  const key = vault.find(texts.subject ?? event.stream, sealedGeneration(texts.personal));
  return key === null ? "erased" : openPersonal(key, logId + event.eventId, texts.personal);
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Puts what the texts hold into an event that has its place already. It changes the event it is given: every replayed
 * event passes here, and a second object for each would cost a tenth of the replay.
 */
export function fillEvent(event: RecordedEvent, texts: EventTexts, logId: string, vault: KeyVault): RecordedEvent {
  const filled: Mutable<RecordedEvent> = event;
  if (texts.flags !== null) filled.flags = JSON.parse(texts.flags);
  filled.data = JSON.parse(texts.data) as JsonObject;
  if (texts.personal === null) return filled;
  const personal = personalText(event, texts, logId, vault);
  if (personal === "erased") filled.erased = true;
  else if (personal !== null) filled.data = restorePersonal(filled.data, JSON.parse(personal));
  return filled;
}

/** What stands in an event before it is filled. */
export const unfilled: Pick<RecordedEvent, "flags" | "data" | "erased"> = {
  flags: Object.freeze([]),
  data: {},
  erased: false,
};

/** Whether a new event says just what a stored one says: who handed it in, when, and in which batch, does not matter. */
export function sameContent(
  event: NewEvent | WrittenEvent,
  stream: string,
  stored: StoredEvent,
  logId: string,
  vault: KeyVault,
): boolean {
  if (
    stored.stream !== stream ||
    stored.type !== event.type ||
    stored.schemaVersion !== event.schemaVersion ||
    stored.occurredAt !== event.occurredAt ||
    stored.corrects !== event.corrects ||
    stored.data !== dataTextOf(event)
  )
    return false;
  const personal = personalText(stored, stored, logId, vault);
  return personal === "erased" || personal === (event.personal && JSON.stringify(event.personal.fields));
}
