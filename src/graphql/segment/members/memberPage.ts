import type { MaybePromise } from "../../../projections/readModels.ts";
import type { ForwardArgs } from "../../connection/forwardArgs.ts";
import { numberKey } from "../../connection/keyFormat.ts";
import type { KeysetList } from "../../connection/keysetList.ts";
import type { Page } from "../../connection/page.ts";
import { paginate } from "../../connection/paginate.ts";
import type { CustomerNode } from "../../customer/customerNode.ts";

/** A member's profile, and its place in the order of members, which a profile of the past does not tell. */
export type MemberNode = CustomerNode & { readonly memberRow: number };

/** A page of an audience by ascending row. `name` tells the audience from every other list; `read` gives members strictly after a row. */
export function memberPage(
  name: string,
  read: (afterRow: number, limit: number) => MaybePromise<readonly MemberNode[]>,
  { first, after }: ForwardArgs,
): MaybePromise<Page<MemberNode>> {
  const list: KeysetList<number, MemberNode> = {
    name,
    format: numberKey,
    keyOf: ({ memberRow }) => memberRow,
    fetch: ({ after: afterRow = -1, limit }) => read(afterRow, limit),
  };
  return paginate(list, { ...(first != null && { first }), ...(after != null && { after }) });
}

export const memberNodes = (
  customers: readonly CustomerNode[],
  rowOf: (index: number) => number,
): readonly MemberNode[] => customers.map((customer, index) => ({ ...customer, memberRow: rowOf(index) }));
