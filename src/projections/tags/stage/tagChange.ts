import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";

/** fact: it arrived; clock: its time came or went; definition: the tag was retired; backfill: a version took effect. */
export type TagChangeCause = "fact" | "clock" | "definition" | "backfill" | "merge" | "rebuild";

/** One customer's value of one tag in force, before and after. Never told where both are the same. */
export type TagChange = {
  readonly row: number;
  readonly customerId: CustomerId;
  readonly code: TagCode;
  readonly version: number;
  readonly before: TagValue;
  readonly after: TagValue;
  /** The instant from which it is so, in the log's time. */
  readonly at: Instant;
  readonly cause: TagChangeCause;
  /** The newest event that had a part in it; for the clock and back-fills, the newest of the log. */
  readonly position: Position;
  /** A late, reversed or corrected fact is the cause: what was told before, of moments since `occurredAt`, was not so. */
  readonly corrected: boolean;
  /** When the fact was true; of a clock's change the instant itself. */
  readonly occurredAt: Instant;
};

/** In log order; within one instant own tags by row, then tags that look at related customers, by row. */
export type OnTagChanges = (changes: readonly TagChange[]) => void;
