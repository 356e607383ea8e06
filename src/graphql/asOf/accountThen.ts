import type { CustomerId } from "../../domain/ids.ts";
import type { Account } from "../../projections/customer/customer.ts";
import type { IncomingRelationship } from "../../projections/readModels.ts";
import type { Moment } from "../../projections/tags/evaluation/evaluateTag.ts";
import type { RequestContext } from "../context.ts";
import type { CustomerNode } from "../customer/customerNode.ts";
import { customerThen, type OfMoment } from "./customerThen.ts";

/** The holder of an account at a moment. A claim on an account is for good; only merges move it. */
export async function holderThen(context: RequestContext, ref: string, moment: Moment): Promise<CustomerNode | null> {
  const session = context.session();
  const holder = await session.customerOfAccount(ref);
  if (holder === null) return null;
  for (const id of await membersNow(context, holder)) {
    const then = await customerThen(context, id, moment);
    if (then !== null && Object.hasOwn(then.customer.accounts, ref)) return then;
  }
  return null;
}

export async function accountThen(context: RequestContext, ref: string, moment: Moment): Promise<Account | null> {
  return (await holderThen(context, ref, moment))?.customer.accounts[ref] ?? null;
}

/** Everybody who is one person with a customer today: before a merge each of them was somebody. */
export async function membersNow(context: RequestContext, id: CustomerId): Promise<readonly CustomerId[]> {
  const session = context.session();
  return (await session.groupOf(id, session.position)).members;
}

/** Who had something to do with an account. Candidates are those who say so today, or said so and ended it. */
export async function partiesThen(
  context: RequestContext,
  ref: string,
  moment: Moment,
): Promise<IncomingRelationship[]> {
  const candidates = new Set((await context.loaders().accountParties.load(ref)).map(({ from }) => from));
  return relationsOf(context, candidates, moment, relationship => relationship.account === ref);
}

/** Who said to be related to a customer. Whoever ever said so stands in the customer's history. */
export async function incomingThen(
  context: RequestContext,
  id: CustomerId,
  moment: Moment,
): Promise<IncomingRelationship[]> {
  const session = context.session();
  const { survivor } = await session.groupOf(id, session.position);
  const history = await session.historyOf(survivor);
  const candidates = new Set((await context.loaders().incomingRelationships.load(survivor)).map(({ from }) => from));
  const told = history?.table("incoming:relationship-established");
  for (let row = 0; row < (told?.length ?? 0); row += 1) candidates.add(told?.value(row, "from") as CustomerId);
  const meant = new Set((await session.groupOf(id, moment.known)).members);
  return relationsOf(context, candidates, moment, ({ customer }) => customer !== null && meant.has(customer));
}

type Relation = IncomingRelationship["relationship"] & OfMoment;

async function relationsOf(
  context: RequestContext,
  candidates: Iterable<CustomerId>,
  moment: Moment,
  isMeant: (relationship: Relation) => boolean,
): Promise<IncomingRelationship[]> {
  const found = await Promise.all([...candidates].map(from => customerThen(context, from, moment)));
  return found.flatMap(node =>
    node === null
      ? []
      : Object.values(node.customer.relationships)
          .filter(isMeant)
          .map(relationship => ({ from: node.customerId, relationship })),
  );
}
