import type { CustomerEvent } from "../../domain/customer/events.ts";
import { CustomerId } from "../../domain/ids.ts";
import type { Customer, Provenance } from "./customer.ts";
import { ownValue } from "./entities.ts";

type Data = Extract<CustomerEvent, { readonly type: "merge-proposal-rejected" }>["data"];

/** What was found to be no reason once stays none, so rejections add up. */
export function foldRejection(customer: Customer, data: Data, { source, occurredAt, position }: Provenance): Customer {
  const other = CustomerId.parse(data.customer);
  if (other === null) throw new Error(`customer: "${data.customer}" is no customer id`);
  const known = ownValue(customer.rejections ?? {}, other);
  const values = [...new Set([...(known?.values ?? []), ...(data.values ?? [])])].sort();
  const rejection = { customer: other, values, source, occurredAt, position };
  return { ...customer, rejections: { ...customer.rejections, [other]: rejection } };
}
