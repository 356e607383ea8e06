import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { JsonScalar } from "../../domain/json.ts";

/**
 * Every fact of one customer that a tag may ask about, whatever tags there are: one table per fact type, rows in order of
 * (occurredAt, position). Values of a field are in a column under its dotted path: `amount.minorUnits`, `details.cds`. All that a tag
 * says at any instant, as known at any position, follows from this and the definitions.
 */
export type History = {
  /** Takes up a fact, wherever it belongs by `occurredAt`. Repeats of a position are dropped. Throws where it cannot be read. */
  readonly add: (event: RecordedEvent) => void;
  /** The fact at `position` counts no more, as known from `by` on (it was reversed, or replaced by a correction). The first one counts. */
  readonly end: (type: string, occurredAt: Instant, position: Position, by: Position) => void;
  /** Another customer says that it is related to this one, or is no longer. Told beside `add` of the fact to that customer. */
  readonly addIncoming: (from: CustomerId, event: RecordedEvent) => void;
  readonly table: (type: string) => FactTable | null;
  readonly types: () => readonly string[];
  /** Rows in all tables. */
  readonly size: () => number;
};

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
};
