import type { CampaignTables } from "./campaignTables.ts";
import { outboxEntryIn } from "./outboxRows.ts";

/** Sends that no channel has taken yet, by campaign; `exact`: all were counted. */
export type WaitingSends = { readonly byCampaign: ReadonlyMap<string, number>; readonly exact: boolean };

const rowsAtOnce = 1_000;

/** Counts the rows of the outbox, the first `most` of them. */
export function waitingSends(tables: CampaignTables, most: number): WaitingSends {
  const byCampaign = new Map<string, number>();
  let after: string | undefined;
  for (let counted = 0; counted < most; ) {
    const rows = tables.campaignRows("outbox", { limit: rowsAtOnce, ...(after === undefined ? {} : { after }) });
    for (const row of rows) {
      const { campaignId } = outboxEntryIn(row);
      byCampaign.set(campaignId, (byCampaign.get(campaignId) ?? 0) + 1);
    }
    counted += rows.length;
    after = rows.at(-1)?.key;
    if (rows.length < rowsAtOnce) return { byCampaign, exact: true };
  }
  return { byCampaign, exact: false };
}
