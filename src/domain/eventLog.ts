import type { Actor, NewEvent, Position, RecordedEvent, WrittenEvent } from "./event.ts";
import type { EventId } from "./ids.ts";
import type { Instant } from "./instant.ts";

/** What the writer believes about a stream: its last revision (0 for the first event), its existence, or nothing. */
export type Expected = { readonly revision: number } | "noStream" | "exists" | "any";

/** Names something for good for one stream: "account cz/576 belongs to customer-…". The first claim wins. */
export type Claim = { readonly key: string; readonly stream: string };

/** All or nothing: every write and claim is stored, or none. */
export type AppendRequest<Event extends NewEvent | WrittenEvent = NewEvent> = {
  readonly writes: readonly {
    readonly stream: string;
    readonly expected: Expected;
    readonly events: readonly Event[];
  }[];
  readonly claims?: readonly Claim[];
  /** Makes a retry of a whole request safe: the same key and content gives the first outcome again, for ever. */
  readonly idempotencyKey?: string;
};

export type AnyAppendRequest = AppendRequest<NewEvent | WrittenEvent>;

export type AppendOutcome =
  | { readonly kind: "appended"; readonly first: Position; readonly last: Position; readonly recordedAt: Instant }
  /** Stored before with the same content: the first result, nothing written. */
  | { readonly kind: "duplicate"; readonly first: Position; readonly last: Position }
  | { readonly kind: "conflict"; readonly stream: string; readonly expected: Expected; readonly actual: number | null }
  /** The id (or idempotency key) is taken by other content. */
  | { readonly kind: "idReused"; readonly id: string; readonly position: Position }
  | { readonly kind: "claimed"; readonly key: string; readonly by: string };

/**
 * The one writer of a log. Requests of one call share one durable commit (fsync before the call returns), yet each
 * stands or falls alone. Throws StorageFailure when nothing of the call was stored and the store can be used again.
 */
export type LogWriter = {
  readonly logId: string;
  readonly append: (requests: readonly AnyAppendRequest[], now: Instant) => AppendOutcome[];
  readonly head: () => Position;
  readonly streamExists: (stream: string) => boolean;
  /** The stream that holds a claim, or null. */
  readonly claimant: (key: string) => string | null;
  readonly close: () => void;
};

/** `limit` bounds every read; a page shorter than it is the end for now. */
export type StreamQuery = {
  readonly stream: string;
  /** First revision wanted (inclusive): default 0 forwards, the last one backwards. */
  readonly from?: number;
  readonly direction?: "forward" | "backward";
  readonly limit: number;
  /** As in LogQuery. */
  readonly leaveSealed?: readonly string[];
};

export type LogQuery = {
  /** Positions strictly after this one, and strictly before that one. */
  readonly after?: Position;
  readonly before?: Position;
  readonly direction?: "forward" | "backward";
  readonly limit: number;
  readonly stream?: string;
  readonly types?: readonly string[];
  readonly actor?: Actor;
  readonly source?: string;
  readonly correlationId?: string;
  /**
   * Types whose personal values the reader does not look at: they are left sealed, and so out of `data`. Opening them
   * costs about as much as all the rest of reading an event. Filtered and backward reads may open them all the same.
   */
  readonly leaveSealed?: readonly string[];
  /** Half-open [from, to). */
  readonly occurred?: { readonly from?: Instant; readonly to?: Instant };
  readonly recorded?: { readonly from?: Instant; readonly to?: Instant };
};

export type LogReader = {
  readonly head: () => Promise<Position>;
  readonly readStream: (query: StreamQuery) => Promise<RecordedEvent[]>;
  /** Catch-up is a loop over this with `after` = the last position seen. */
  readonly read: (query: LogQuery) => Promise<RecordedEvent[]>;
  /** Events at these positions, in the order asked; null where there is none. */
  readonly readAt: (positions: readonly Position[]) => Promise<(RecordedEvent | null)[]>;
  readonly findById: (ids: readonly EventId[]) => Promise<(RecordedEvent | null)[]>;
  readonly close: () => void;
};

export type StorageFailureCode =
  | "STORAGE_FULL"
  | "STORAGE_READ_ONLY"
  | "STORAGE_CORRUPT"
  | "STORAGE_LOCKED"
  | "STORAGE_FAILED";

/** The store could not take or give data (disk full, I/O error, corrupt byte); `code` is stable, the message says what to do. */
export class StorageFailure extends Error {
  override readonly name = "StorageFailure";
  readonly code: StorageFailureCode;
  constructor(code: StorageFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
