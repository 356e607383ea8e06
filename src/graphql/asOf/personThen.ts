import { accountRef, type CustomerId } from "../../domain/ids.ts";
import type { RequestContext } from "../context.ts";
import type { CustomerNode } from "../customer/customerNode.ts";
import type { ExternalRefInput } from "../customer/identityType.ts";
import { membersNow } from "./accountThen.ts";
import { customerThen } from "./customerThen.ts";
import { type MomentArgs, momentOf } from "./momentArgs.ts";

type Named = {
  readonly identity: ExternalRefInput | null | undefined;
  readonly account: ExternalRefInput | null | undefined;
};

/**
 * Who was known by an identity or account at a moment: of customers who are one person today, the one it was then. Null where
 * nobody was. By id it is that very customer.
 */
export async function personThen(
  context: RequestContext,
  found: CustomerId,
  { identity, account }: Named,
  args: MomentArgs,
): Promise<CustomerNode | null> {
  const moment = await momentOf(context, context.session(), args);
  if (identity == null && account == null) return customerThen(context, found, moment);
  const members = await membersNow(context, found);
  if (members.length === 1) return customerThen(context, found, moment);
  for (const id of members) {
    const node = await customerThen(context, id, moment);
    if (node === null) continue;
    const { identities, accounts } = node.customer;
    const isMeant =
      account == null
        ? identities.some(({ system, id }) => system === identity?.system && id === identity.id)
        : Object.hasOwn(accounts, accountRef(account.system, account.id));
    if (isMeant) return node;
  }
  return null;
}
