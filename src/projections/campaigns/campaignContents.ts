import { type CampaignTables, campaignRowKinds, isDerived } from "./campaignTables.ts";

const rowsAtOnce = 1_000;

/** The rows that follow from the log, for digests. */
export function* campaignContents({ campaignRows }: CampaignTables): Iterable<readonly string[]> {
  for (const kind of campaignRowKinds.filter(isDerived))
    for (let after: string | undefined; ; ) {
      const page = campaignRows(kind, { limit: rowsAtOnce, ...(after === undefined ? {} : { after }) });
      for (const { key, text } of page) yield [kind, key, text];
      after = page.at(-1)?.key;
      if (after === undefined) break;
    }
}
