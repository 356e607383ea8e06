import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { TagState } from "../../../domain/tag/tagCatalogue.ts";
import type { Slot } from "./slot.ts";
import type { SpreadChange } from "./spread.ts";

/** What is written of one customer; null stays as it is stored. */
export type CustomerTagsChange = {
  readonly row: number;
  /** `base` null: only the tail is new. */
  readonly history: { readonly base: Uint8Array | null; readonly tail: Uint8Array } | null;
  /** `bytes` null: the customer has no values of its own (it was merged into another). `due`: when the first of them expires. */
  readonly values: { readonly bytes: Uint8Array | null; readonly due: Instant | null } | null;
};

/** Slots that are being filled, row by row: those before `nextRow` have them. */
export type Filling = { readonly nextRow: number; readonly total: number };

export type SlotTable = { readonly slots: readonly Slot[]; readonly nextSlot: number };

/** Something another customer said of one who has no fact of its own yet: it waits here until the first comes. */
export type WaitingRelation = { readonly customerId: CustomerId; readonly key: string; readonly text: string };

/** What one commit changes of the stored tags; filled by the tag stage, written by the adapters. */
export type TagChanges = {
  /** The newest recordedAt of the log so far, with every timer up to it fired. */
  readonly logTime: Instant;
  /** By ascending row. */
  readonly customers: readonly CustomerTagsChange[];
  /** Null where nothing changed. A slot that is not listed is gone, and its counts with it. */
  readonly slots: SlotTable | null;
  /** Null while nothing is being filled. */
  readonly filling: Filling | null;
  readonly spread: readonly SpreadChange[];
  /** Tags with news in their own streams. */
  readonly states: readonly TagState[];
  readonly waiting: readonly WaitingRelation[];
  /** Customers whose waiting relations were told. */
  readonly told: readonly CustomerId[];
};
