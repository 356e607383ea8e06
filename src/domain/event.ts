import type { EventId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { JsonObject, JsonValue } from "./json.ts";

/** A place in the log: 1, 2, 3 … without gaps, given at commit. 0 is "before everything". Opaque text in the API. */
export type Position = number;

/** Who caused an event: a person, a machine ("service"), or this system itself. */
export type Actor = { readonly kind: "person" | "service" | "system"; readonly id: string };

/** Personal values by JSON pointer into `data` ("/attributes/email"). */
export type PersonalFields = Readonly<Record<string, JsonValue>>;

/** What stands the same before and after an event is stored. */
type EventHeader = {
  readonly eventId: EventId;
  readonly type: string;
  readonly schemaVersion: number;
  /** When it was true. */
  readonly occurredAt: Instant;
  readonly actor: Actor;
  /** The upstream system that told us. */
  readonly source: string;
  /** The id under which that system knows the fact. */
  readonly sourceEventId: string | null;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  /** The event that this one reverses or corrects. */
  readonly corrects: EventId | null;
  /** Oddities found at the door that were no reason to refuse the fact, such as an answer dated before its question. */
  readonly flags: readonly string[];
};

/** An event as it is handed to the log. `data` holds no personal value; those are in `personal`, to be encrypted. */
export type NewEvent = EventHeader & {
  readonly data: JsonObject;
  readonly personal: { readonly subject: string; readonly fields: PersonalFields } | null;
};

/** A new event whose data is JSON text already, as JSON.stringify writes it: the log stores that text as it stands, unread. */
export type WrittenEvent = EventHeader & { readonly dataText: string; readonly personal: null };

/** An event as the log gives it back: personal values decrypted and put where they belong in `data`. */
export type RecordedEvent = EventHeader & {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  /** When we learned it; never decreases along positions. */
  readonly recordedAt: Instant;
  readonly data: JsonObject;
  /** True once the key of its personal values was destroyed: they are missing from `data` for good. */
  readonly erased: boolean;
  /** SHA-256 of the previous event's hash and this event's stored bytes, in hex. */
  readonly hash: string;
};
