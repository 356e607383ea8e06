import type { CustomerId } from "../../domain/ids.ts";
import type { RequestContext } from "../context.ts";
import { type CustomerNode, customerById } from "../customer/customerNode.ts";

/** The customer, or whoever it was merged into: where others point at it, the person is meant. */
export async function survivorById(context: RequestContext, id: CustomerId): Promise<CustomerNode | null> {
  let found = await customerById(context, id);
  while (found?.customer.mergedInto !== undefined)
    found = await customerById(context, found.customer.mergedInto.customer);
  return found;
}
