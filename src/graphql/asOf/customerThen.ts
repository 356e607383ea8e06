import type { CustomerId } from "../../domain/ids.ts";
import { type CustomerThen, customerAsOf } from "../../projections/asOf/customerAsOf.ts";
import type { Customer } from "../../projections/customer/customer.ts";
import type { Moment } from "../../projections/tags/evaluation/evaluateTag.ts";
import type { RequestContext } from "../context.ts";
import type { CustomerNode } from "../customer/customerNode.ts";

/** What stands in a profile of the past, and knows of when it is: entities read further from there. */
export type OfMoment = { readonly moment?: Moment; readonly holder?: CustomerId };

const ofRequest = new WeakMap<RequestContext, Map<string, Promise<CustomerNode | null>>>();

/** The customer as it was at a moment; null where nothing was known yet. Looked up once for each request. */
export function customerThen(context: RequestContext, id: CustomerId, moment: Moment): Promise<CustomerNode | null> {
  let known = ofRequest.get(context);
  if (known === undefined) {
    known = new Map();
    ofRequest.set(context, known);
  }
  const key = `${id}@${moment.at}/${moment.known}`;
  let found = known.get(key);
  if (found === undefined) {
    found = read(context, id, moment);
    known.set(key, found);
  }
  return found;
}

async function read(context: RequestContext, id: CustomerId, moment: Moment): Promise<CustomerNode | null> {
  const { log, upcast } = context.backend;
  const session = context.session();
  const group = await session.groupOf(id, moment.known);
  const view = await context.loaders().customer.load(group.survivor);
  const sameGroup = view !== null && view.degraded === null && view.customer.regroupedAt <= moment.known;
  const history = sameGroup ? await session.historyOf(group.survivor) : null;
  const then = await customerAsOf({ log, upcast, history }, id, group, { asOf: moment.at, known: moment.known });
  return then === null ? null : nodeThen(then, view?.row ?? -1, moment);
}

function nodeThen({ customer, degraded }: CustomerThen, row: number, moment: Moment): CustomerNode {
  return {
    row,
    customer: inMoment(customer, moment),
    customerId: customer.id,
    registeredAt: customer.registeredAt,
    eventCount: customer.eventCount,
    lastOccurredAt: customer.lastOccurredAt,
    lastPosition: customer.lastPosition,
    degraded: degraded !== null,
    degradation: degraded,
    moment,
  };
}

/** Everything that leads further is told of when it is, and whose. */
function inMoment(customer: Customer, moment: Moment): Customer {
  const mark = <Item extends object>(items: Readonly<Record<string, Item>>): Record<string, Item & OfMoment> =>
    Object.fromEntries(Object.entries(items).map(([key, item]) => [key, { ...item, moment, holder: customer.id }]));
  return {
    ...customer,
    accounts: mark(customer.accounts),
    holdings: mark(customer.holdings),
    cards: mark(customer.cards),
    loans: mark(customer.loans),
    standingOrders: mark(customer.standingOrders),
    relationships: mark(customer.relationships),
  };
}
