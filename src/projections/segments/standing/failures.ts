import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Columns } from "../columns/columns.ts";
import { createRowSet, type RowSet } from "./rowSet.ts";

/** Which values that segments hang on could not be evaluated, by customer. */
export type Failures = {
  readonly note: (code: TagCode, row: number, failed: boolean) => void;
  readonly has: (code: TagCode, row: number) => boolean;
  /** Whether anything of the customer failed. Quick, as it is asked at every change. */
  readonly any: (row: number) => boolean;
  readonly codesAt: (row: number) => readonly TagCode[];
  /** All rows with a failed value of one of these columns, ascending. */
  readonly rowsOf: (codes: readonly TagCode[]) => readonly number[];
  /** From now on these columns are watched; those that are new to it, or in `anew`, are read from memory. */
  readonly watch: (codes: ReadonlySet<TagCode>, anew: ReadonlySet<TagCode>) => void;
};

export function createFailures(columns: Columns): Failures {
  const byCode = new Map<TagCode, RowSet>();
  const anywhere = createRowSet();

  const has = (code: TagCode, row: number): boolean => byCode.get(code)?.has(row) ?? false;
  const codesAt = (row: number): TagCode[] => [...byCode.keys()].filter(code => has(code, row));
  const note = (code: TagCode, row: number, failed: boolean): void => {
    const rows = byCode.get(code);
    if (rows === undefined || rows.has(row) === failed) return;
    rows.set(row, failed);
    anywhere.set(row, failed || codesAt(row).length > 0);
  };
  const forget = (code: TagCode): void => {
    const rows = byCode.get(code);
    if (rows === undefined) return;
    for (const row of rows.first(rows.count())) note(code, row, false);
    byCode.delete(code);
  };

  return {
    note,
    has,
    any: row => anywhere.has(row),
    codesAt,
    rowsOf: codes => {
      if (anywhere.count() === 0) return [];
      return anywhere.first(anywhere.count()).filter(row => codes.some(code => has(code, row)));
    },
    watch: (codes, anew) => {
      for (const code of [...byCode.keys()]) if (!codes.has(code) || anew.has(code)) forget(code);
      for (const code of codes) {
        if (byCode.has(code)) continue;
        byCode.set(code, createRowSet());
        if (columns.failed(code) === 0) continue;
        for (let row = 0; row < columns.rows(); row += 1)
          if (columns.isLive(row) && columns.read(code, row) === undefined) note(code, row, true);
      }
    },
  };
}
