import type { TagCode } from "../../../../domain/tag/definition.ts";
import type { Columns } from "../../columns/columns.ts";
import { type Ranked, ranksBefore } from "./rankedRows.ts";
import type { ScanBest } from "./topOrder.ts";

export type TopOrdering = "highest" | "lowest";

/** A value as a key of which the lower is the better; null where it is missing or could not be evaluated. */
export const rankKey = (value: unknown, order: TopOrdering): number | null =>
  typeof value !== "number" ? null : order === "highest" ? -value : value;

/** Reads the whole column. At any time at most twice the limit are kept, so that each row costs little more than its reading. */
export const scanBestOf =
  (columns: Columns, code: TagCode, order: TopOrdering): ScanBest =>
  limit => {
    const kept: Ranked[] = [];
    let cut: Ranked | null = null;
    const shrink = (): void => {
      kept.sort((a, b) => a.key - b.key || a.row - b.row);
      kept.length = Math.min(kept.length, limit);
      if (kept.length === limit) cut = kept.at(-1) ?? null;
    };
    for (let row = 0; row < columns.rows(); row += 1) {
      if (!columns.isLive(row)) continue;
      const key = rankKey(columns.read(code, row), order);
      if (key === null) continue;
      const entry = { key, row };
      if (cut !== null && !ranksBefore(entry, cut)) continue;
      kept.push(entry);
      if (kept.length >= 2 * limit) shrink();
    }
    shrink();
    return kept;
  };
