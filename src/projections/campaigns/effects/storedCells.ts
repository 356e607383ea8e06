import { dayKeyPrefix, parseDayKey } from "../../../domain/effect/cellKey.ts";
import type { StoredCell } from "../../../domain/effect/groupViews.ts";
import type { CampaignTables } from "../campaignTables.ts";

const rowsAtOnce = 1_000;

/** The cells of groups under a prefix (see effectsPrefix). */
export const groupCells = (tables: Pick<CampaignTables, "campaignRows">, prefix: string): Iterable<StoredCell> =>
  cells(tables, "group", prefix, prefix);

/** The cells of days under a prefix, by day; `from` and `to`: local days counted from 1970-01-01, both included. */
export function* dayCells(
  tables: Pick<CampaignTables, "campaignRows">,
  prefix: string,
  { from = null, to = null }: { readonly from?: number | null; readonly to?: number | null } = {},
): Iterable<StoredCell> {
  // No key is the beginning of a day's keys alone, so that what comes after it is that day from its first key on.
  for (const cell of cells(tables, "day", prefix, from === null ? prefix : prefix + dayKeyPrefix(from))) {
    if (to !== null && parseDayKey(cell.key).day > to) return;
    yield cell;
  }
}

function* cells(
  { campaignRows }: Pick<CampaignTables, "campaignRows">,
  kind: "group" | "day",
  prefix: string,
  from: string,
): Iterable<StoredCell> {
  for (let after = from; ; ) {
    const rows = campaignRows(kind, { prefix, after, limit: rowsAtOnce });
    for (const { key, text } of rows) yield { key: key.slice(prefix.length), text };
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)?.key as string;
  }
}
