import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { LogReader } from "../../../domain/eventLog.ts";

/** What a replay of policies needs of an event. `data`: the JSON text as it is stored, without personal values. */
export type LeanEvent = Pick<RecordedEvent, "position" | "stream" | "type" | "eventId" | "occurredAt" | "corrects"> & {
  readonly data: string;
};

/**
 * Reads events of a few types without what costs most: the others are not looked at, nothing is parsed, and hashes are left to
 * `verify`. Only for what changes nothing: whatever is folded or shown as truth is read by a LogReader.
 */
export type LeanLog = {
  readonly head: () => Promise<Position>;
  /** Of these types, strictly after one position and up to another, by position; all there are. */
  readonly between: (types: readonly string[], after: Position, to: Position) => Promise<readonly LeanEvent[]>;
};

/** The same over a reader of whole, checked events. */
export const leanLogOver = (log: Pick<LogReader, "head" | "read">): LeanLog => ({
  head: log.head,
  between: async (types, after, to) => {
    const events = await log.read({ after, before: to + 1, limit: to - after, leaveSealed: types });
    return events
      .filter(({ type }) => types.includes(type))
      .map(event => ({ ...event, data: JSON.stringify(event.data) }));
  },
});
