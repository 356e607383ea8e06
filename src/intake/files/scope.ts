import type { CodeReader } from "./codeTable.ts";
import type { NumberStyle } from "./decimalText.ts";
import type { Lookup } from "./lookup.ts";
import type { CodeTable } from "./mapping.ts";
import type { zonedClock } from "./zonedTime.ts";

/** What the values of one file may refer to, besides the row itself. */
export type Scope = {
  /** A column's place in the row; -1 for an optional column that this extract does not have. */
  readonly columnIndex: (column: string) => number;
  readonly lookup: (name: string) => Lookup;
  readonly codes: (table: string) => { readonly table: CodeTable; readonly read: CodeReader };
  readonly clock: (zone?: string) => ReturnType<typeof zonedClock>;
  readonly numbers: NumberStyle;
  readonly currency: string | null;
  readonly customerSystem: string;
  readonly accountSystem: string;
  readonly twoDigitYearsFrom: number | undefined;
  /** Texts that stand for "nothing", besides the empty one. */
  readonly empty: readonly string[];
};
