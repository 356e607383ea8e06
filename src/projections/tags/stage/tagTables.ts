import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { TagState } from "../../../domain/tag/tagCatalogue.ts";
import type { StoredHistory } from "../history/customerHistory.ts";
import type { SpreadKey } from "./spread.ts";
import type { Filling, SlotTable } from "./tagChanges.ts";

export type KeptCustomer = {
  readonly row: number;
  readonly id: CustomerId;
  readonly history: StoredHistory;
  readonly bytes: Uint8Array | null;
};

/** The stored tags of one generation of read models, as rows and bytes; `TagReads` and the stage make sense of them. */
export type TagTables = {
  readonly position: () => Position;
  /** Null before the first commit. */
  readonly logTime: () => Instant | null;
  readonly customerCount: () => number;
  /** Without those that were merged into others. */
  readonly countingCustomers: () => number;
  readonly rowOf: (id: CustomerId) => number | null;
  readonly idAt: (row: number) => CustomerId | null;
  readonly history: (row: number) => StoredHistory | null;
  /** Both of one customer in one look; null where there is no history. */
  readonly kept: (row: number) => { readonly history: StoredHistory; readonly bytes: Uint8Array | null } | null;
  /** The same of several, and their ids, in any order; none of those without a history. */
  readonly keptOf: (rows: readonly number[]) => readonly KeptCustomer[];
  readonly tagRow: (row: number) => Uint8Array | null;
  /** Rows with values strictly after one, ascending. */
  readonly tagRowsAfter: (
    row: number,
    limit: number,
  ) => readonly { readonly row: number; readonly bytes: Uint8Array }[];
  readonly slots: () => SlotTable;
  readonly filling: () => Filling | null;
  readonly covered: (slot: number) => number;
  /** Every key that counts somebody, in any order. */
  readonly spread: (slot: number) => readonly { readonly key: SpreadKey; readonly customers: number }[];
  readonly states: () => readonly TagState[];
  readonly dues: () => Iterable<readonly [row: number, due: Instant]>;
  /** Texts by key, in any order. */
  readonly waiting: (id: CustomerId) => readonly { readonly key: string; readonly text: string }[];
};
