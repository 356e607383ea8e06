import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Moment } from "../evaluation/evaluateTag.ts";
import type { Slot } from "./slot.ts";
import type { SlotValue } from "./tagRow.ts";

/** fact: it arrived; clock: its time came or went. */
export type TagChangeCause = "fact" | "clock" | "merge";

/** One customer's value of one tag in force, before and after. Never told where both are the same. */
export type TagChange = {
  readonly row: number;
  readonly customerId: CustomerId;
  readonly code: TagCode;
  readonly version: number;
  readonly slot: number;
  /** `undefined`: it could not be evaluated. */
  readonly before: SlotValue;
  readonly after: SlotValue;
  /** The instant from which it is so, in the log's time. */
  readonly at: Instant;
  readonly cause: TagChangeCause;
  /** The newest event that had a part in it; for the clock, the newest of the log. */
  readonly position: Position;
  /** A late, reversed or corrected fact is the cause: what was told before, of moments since `occurredAt`, was not so. */
  readonly corrected: boolean;
  /** When the fact was true; of a clock's change the instant itself. */
  readonly occurredAt: Instant;
};

/** Follows every customer's values as the stage keeps them. Called synchronously, in the order of the log. */
export type ValueObserver = {
  /** The customer has values from now on, all missing at first. */
  readonly placed: (row: number, id: CustomerId) => void;
  /** It was merged into another and has none any more; told after what became missing by it, before the instant is settled. */
  readonly gone: (row: number) => void;
  /** A value of a slot that is being filled, and the one before it: nobody is told of it yet. */
  readonly filled: (slot: number, row: number, value: SlotValue, before: SlotValue) => void;
  /** Wherever much is told of in a row: whatever has to be held for each is held once. */
  readonly atOnce: (tell: () => void) => void;
  /** Which slots there are. Values of those that stay are what they were; new ones are missing until they are filled. */
  readonly relaid: (slots: readonly Slot[], moment: Moment) => void;
  /**
   * The end of an instant, or of a part of it. What has changed in force since the end before; own tags by row, then tags that look at
   * related customers, by row.
   */
  readonly settled: (changes: readonly TagChange[], moment: Moment) => void;
};
