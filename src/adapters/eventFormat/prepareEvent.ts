import type { NewEvent, RecordedEvent } from "../../domain/event.ts";
import type { EventId } from "../../domain/ids.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { ChainedEvent } from "./chain.ts";
import type { KeyVault } from "./keyVault.ts";
import { openPersonal, restorePersonal, sealedGeneration, sealPersonal } from "./personalFields.ts";

export type StoredEvent = ChainedEvent & { readonly hash: Buffer };

/** The stored texts of a new event; sealing binds the personal values to the log and the event. */
export function prepareEvent(
  event: NewEvent,
  place: { readonly position: number; readonly stream: string; readonly revision: number; readonly recordedAt: number },
  logId: string,
  vault: KeyVault,
): ChainedEvent {
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
    data: JSON.stringify(event.data),
    subject: event.personal === null || event.personal.subject === place.stream ? null : event.personal.subject,
    personal:
      event.personal === null
        ? null
        : sealPersonal(vault.ensure(event.personal.subject), logId + event.eventId, event.personal.fields),
  };
}

/** The JSON text of an event's personal fields; null when it has none, "erased" when its key is gone. */
export function personalText(stored: StoredEvent, logId: string, vault: KeyVault): string | null | "erased" {
  if (stored.personal === null) return null;
  const key = vault.find(stored.subject ?? stored.stream, sealedGeneration(stored.personal));
  return key === null ? "erased" : openPersonal(key, logId + stored.eventId, stored.personal);
}

export function recordedEvent(stored: StoredEvent, logId: string, vault: KeyVault): RecordedEvent {
  const data = JSON.parse(stored.data) as JsonObject;
  const personal = personalText(stored, logId, vault);
  return {
    position: stored.position,
    stream: stored.stream,
    revision: stored.revision,
    eventId: stored.eventId as EventId,
    type: stored.type,
    schemaVersion: stored.schemaVersion,
    occurredAt: stored.occurredAt,
    recordedAt: stored.recordedAt,
    actor: stored.actor,
    source: stored.source,
    sourceEventId: stored.sourceEventId,
    correlationId: stored.correlationId,
    causationId: stored.causationId,
    corrects: stored.corrects as EventId | null,
    flags: stored.flags === null ? [] : JSON.parse(stored.flags),
    data: personal === null || personal === "erased" ? data : restorePersonal(data, JSON.parse(personal)),
    erased: personal === "erased",
    hash: stored.hash.toString("hex"),
  };
}

/** Whether a new event says just what a stored one says: who handed it in, when, and in which batch, does not matter. */
export function sameContent(
  event: NewEvent,
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
    stored.data !== JSON.stringify(event.data)
  )
    return false;
  const personal = personalText(stored, logId, vault);
  return personal === "erased" || personal === (event.personal && JSON.stringify(event.personal.fields));
}
