import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { CustomerId, EventId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonObject, JsonScalar } from "../../../domain/json.ts";

/**
 * Every fact of one customer that a tag may ask about, whatever tags there are: one table per fact type, rows in order of
 * (occurredAt, position). Values of a field are in a column under its dotted path: `amount.minorUnits`, `details.cds`;
 * `attributes.x` is null where a fact removes the attribute. A list of scalars is one value: its JSON text. All that a tag says at
 * any instant, as known at any position, follows from this and the definitions.
 */
export type History = {
  /** Takes up a fact, wherever it belongs by `occurredAt`. Repeats of a position are dropped. Throws where it cannot be read. */
  readonly add: (event: RecordedEvent) => void;
  /** The fact at `position` counts no more, as known from `by` on (it was reversed, or replaced by a correction). The first one counts. It may come before the fact. */
  readonly end: (type: string, occurredAt: Instant, position: Position, by: Position) => void;
  /** The same for a fact of which only the id is known, because it is yet to come. */
  readonly endEarly: (type: string, eventId: EventId, by: Position) => void;
  /**
   * Another customer says that it is related to this one, or is no longer: rows of the tables `incoming:<type>`, with the
   * fact's own fields and `from`. A relationship that was turned to another customer is told to both, so that `customer`
   * of the newest row under (`from`, `relationshipId`) says whose it is. See relationsToTell.
   */
  readonly addIncoming: (from: CustomerId, fact: IncomingFact) => void;
  /** What the system itself found out about the customer: a row of a table that is no fact type (`refreshed:<tag code>`). */
  readonly addFound: (table: string, occurredAt: Instant, position: Position, data: JsonObject) => void;
  readonly table: (type: string) => FactTable | null;
  readonly types: () => readonly string[];
  /** Rows in all tables. */
  readonly size: () => number;
};

export type IncomingFact = Pick<RecordedEvent, "type" | "occurredAt" | "position" | "data">;

export type FactTable = {
  readonly type: string;
  readonly length: number;
  /** Changes whenever something else than an addition behind the last row happened: what was derived from rows is stale then. */
  readonly disorder: number;
  readonly occurredAt: (row: number) => Instant;
  readonly position: (row: number) => Position;
  /** The position from which on the fact counts no more; 0 where it counts. */
  readonly endedBy: (row: number) => Position;
  /** Undefined where the fact has no such field. */
  readonly value: (row: number, field: string) => JsonScalar | undefined;
  /** The first row later than the instant, which is also how many rows there are up to it. */
  readonly indexAfter: (at: Instant) => number;
  /** Whole columns for tight loops. They grow with additions; ask again when `disorder` has changed. */
  readonly times: () => readonly Instant[];
  readonly positions: () => readonly Position[];
  /** As `endedBy`, for all rows; null while no fact of the table has ended. */
  readonly ends: () => readonly Position[] | null;
  readonly column: (field: string) => FactColumn | null;
  readonly fields: () => readonly string[];
};

/** The values of one field, one for each row. */
export type FactColumn =
  /** All there are, are numbers. NaN where the fact has no such field. */
  | { readonly kind: "numbers"; readonly numbers: readonly number[] }
  /** Each row's code is a place in `values`, −1 where the fact has no such field. Values are without repeats and keep their places. */
  | { readonly kind: "codes"; readonly codes: readonly number[]; readonly values: readonly JsonScalar[] };
