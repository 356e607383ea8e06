import type { Tie } from "./askRelationships.ts";
import type { Table } from "./tables.ts";

/** What disp.csv says: an owner of an account, or a disponent of the account of its owner. */
export function tiesOfRows(disp: Table): readonly Tie[] {
  const owners = new Map(disp.filter(({ type }) => type === "OWNER").map(row => [row.account_id, row.client_id!]));
  return disp
    .map(({ disp_id, client_id, account_id, type }) => ({
      relationshipId: `disp/${disp_id}`,
      kind: type!.toLowerCase(),
      from: client_id!,
      to: type === "OWNER" ? null : (owners.get(account_id) ?? null),
      account: account_id!,
    }))
    .sort((a, b) => (a.relationshipId < b.relationshipId ? -1 : 1));
}
