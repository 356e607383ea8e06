import type { Position } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Customer } from "../../projections/customer/customer.ts";
import type { CustomerView, Degraded } from "../../projections/readModels.ts";
import type { Moment } from "../../projections/tags/evaluation/evaluateTag.ts";
import type { RequestContext } from "../context.ts";

/** A customer as the API reads it: flat properties for what compiled queries read inline, the read model for the rest. */
export type CustomerNode = {
  readonly row: number;
  readonly customer: Customer;
  readonly customerId: CustomerId;
  readonly registeredAt: Instant | null;
  readonly eventCount: number;
  readonly lastOccurredAt: Instant;
  readonly lastPosition: Position;
  readonly degraded: boolean;
  readonly degradation: Degraded | null;
  /** The moment of the past that this is of; null for the present. */
  readonly moment: Moment | null;
};

export const customerNode = ({ row, customer, degraded }: CustomerView): CustomerNode => ({
  row,
  customer,
  customerId: customer.id,
  registeredAt: customer.registeredAt,
  eventCount: customer.eventCount,
  lastOccurredAt: customer.lastOccurredAt,
  lastPosition: customer.lastPosition,
  degraded: degraded !== null,
  degradation: degraded,
  moment: null,
});

/** Looked up together with the other customers that this answer mentions. */
export async function customerById(context: RequestContext, id: CustomerId): Promise<CustomerNode | null> {
  const view = await context.loaders().customer.load(id);
  return view === null ? null : customerNode(view);
}
