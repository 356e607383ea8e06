import type { CustomerId } from "../../domain/ids.ts";
import type { MaybePromise, ReadSession, TimelineKey, TimelineRow } from "../readModels.ts";

const types = ["delivery-reported", "campaign-responded"];
const rowsAtOnce = 500;

/** The places of all receipts and responses of a customer, in the order in which they happened. */
export async function followUpRows(
  session: Pick<ReadSession, "timeline">,
  id: CustomerId,
): Promise<readonly TimelineRow[]> {
  const found: TimelineRow[] = [];
  for (let after: TimelineKey | undefined; ; ) {
    const range = { direction: "forward", limit: rowsAtOnce, ...(after === undefined ? {} : { after }) } as const;
    const rows: MaybePromise<readonly TimelineRow[]> = session.timeline(id, range, types);
    const page = await rows;
    found.push(...page);
    if (page.length < rowsAtOnce) return found;
    after = page.at(-1);
  }
}
