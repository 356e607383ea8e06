import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { ColumnTest } from "../../../domain/segment/plan.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import type { ImageSaving } from "./image/saveImage.ts";
import type { ColumnsView } from "./query/columnsView.ts";
import type { ColumnQueries } from "./query/createQueries.ts";
import type { SharedBlocks } from "./sharedBlocks.ts";

/** `undefined`: the value could not be evaluated. */
export type ColumnValue = TagValue | undefined;

/**
 * Values of tags and conditions, of every customer, in memory that several threads see. One thread writes. `row` is the read
 * models' row of the customer.
 */
export type Columns = {
  readonly codes: () => readonly TagCode[];
  readonly typeOf: (code: TagCode) => ValueType | null;
  /** A new column is missing everywhere. Adding one that is there with another type throws. */
  readonly add: (code: TagCode, type: ValueType) => void;
  readonly drop: (code: TagCode) => void;
  /** One more than the highest row met. */
  readonly rows: () => number;
  /** Makes room for the row and says whose it is. It is live from then on. */
  readonly place: (row: number, id: CustomerId) => void;
  /** False for a customer that was merged into another: it counts for nothing. */
  readonly live: (row: number, live: boolean) => void;
  readonly isLive: (row: number) => boolean;
  readonly idAt: (row: number) => CustomerId | null;
  readonly write: (code: TagCode, row: number, value: ColumnValue) => void;
  readonly read: (code: TagCode, row: number) => ColumnValue;
  /** Live customers whose value could not be evaluated. */
  readonly failed: (code: TagCode) => number;
  /** How to ask one row at a time; stays good as values and dictionaries change, until the column is dropped. */
  readonly leaf: (code: TagCode, test: ColumnTest) => (row: number) => boolean;
  /** Bits by row that belong to no column: members of a segment. All clear at first. */
  readonly bits: (name: string) => RowBits;
  readonly dropBits: (name: string) => void;
  readonly bitNames: () => readonly string[];
  /** Questions about all customers at once, asked by the writing thread itself. */
  readonly queries: () => ColumnQueries;
  /** The memory itself, for who asks single rows so often that closures are too dear. */
  readonly view: () => ColumnsView;
  /** Keeps readers out while one instant's changes are applied: they see all of them or none. */
  readonly apply: <Value>(work: () => Value) => Value;
  /** Says of what log position and time the values are, from now on; part of what is applied. */
  readonly reflect: (reflected: Reflected) => void;
  readonly reflects: () => Reflected;
  /** Bytes of memory in use by chunks. */
  readonly used: () => number;
  /** What another thread needs to read the same memory; for one reader, with its port to be transferred. */
  readonly shared: () => SharedBlocks;
  /**
   * Saves everything to a file that `loadImage` reads. `origin` says whose columns they are, `rowsChanged` what they hold, in the
   * store's own count.
   */
  readonly save: (file: string, origin: string, rowsChanged: number) => ImageSaving;
  /** Takes away what a reader that has died still holds. */
  readonly forgetReader: () => void;
};

/** Everything in the log up to a position, as things are at an instant. */
export type Reflected = { readonly position: Position; readonly at: Instant };

/** The columns in another thread than the one that writes them; one at a time. */
export type ColumnsReader = {
  /**
   * What the question gives is of one state of the columns: the writer waits meanwhile. Throws `ColumnsHeld` when there was no turn
   * within the time.
   */
  readonly ask: <Value>(question: (columns: AskedColumns) => Value, timeoutMs: number) => Value;
  readonly close: () => void;
};

export type AskedColumns = {
  readonly queries: ColumnQueries;
  readonly reflects: () => Reflected;
  readonly rows: () => number;
  /** Live ones. */
  readonly customers: () => number;
  readonly typeOf: (code: TagCode) => ValueType | null;
  readonly idAt: (row: number) => CustomerId | null;
  readonly read: (code: TagCode, row: number) => ColumnValue;
  readonly hasBits: (name: string) => boolean;
};

export type RowBits = {
  readonly has: (row: number) => boolean;
  readonly set: (row: number, value: boolean) => void;
  readonly count: () => number;
  /** The bits of one block of rows, 32 to a word, the lowest first; null where all are clear. To look at at once: memory may move. */
  readonly words: (block: number) => Uint32Array | null;
  /** Sets all bits of one block. */
  readonly putWords: (block: number, words: Uint32Array) => void;
};
