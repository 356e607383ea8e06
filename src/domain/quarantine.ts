import type { Fault } from "./fault.ts";

/*
 * Refused facts live in the log, in the stream of their source. The raw fact is a personal value under a key of its
 * own (subject `quarantine-<quarantineId>`), so that it can be erased like anything else.
 */
export type QuarantineEvent =
  | {
      readonly type: "fact-quarantined";
      readonly data: {
        /** The event's own id. The same refused fact always gets the same id, so sending it again adds nothing. */
        readonly quarantineId: string;
        readonly factType: string | null;
        readonly faults: readonly Fault[];
        /** "fact": `raw` is a Fact; "cloudevent": parsed JSON; "text": a line that is not JSON; "row": a RefusedRow of a file. */
        readonly form: "fact" | "cloudevent" | "text" | "row";
        /** The refused fact, whole. Personal: absent once erased. */
        readonly raw?: unknown;
      };
    }
  | {
      readonly type: "quarantine-settled";
      readonly data: {
        readonly quarantineId: string;
        readonly status: "accepted" | "discarded";
        /** The event that the repaired fact became. */
        readonly acceptedEventId: string | null;
        readonly note: string;
        /** Dotted paths whose values the repair changed. */
        readonly changed: readonly string[];
      };
    };
