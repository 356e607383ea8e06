import type { JsonScalar } from "../../domain/json.ts";
import type { Consent, Customer, Provenance } from "./customer.ts";
import { ownValue, withEntity } from "./entities.ts";
import { isNewer } from "./restate.ts";

export function foldPreference(
  customer: Customer,
  { name, value }: { readonly name: string; readonly value: JsonScalar },
  by: Provenance,
): Customer {
  const standing = ownValue(customer.preferences, name);
  if (standing !== null && !isNewer(by, standing)) return customer;
  return withEntity(customer, "preferences", name, { name, value, ...by });
}

export function foldConsent(
  customer: Customer,
  { channel, purpose }: { readonly channel: string; readonly purpose: string },
  status: Consent["status"],
  by: Provenance,
): Customer {
  const key = `${channel}/${purpose}`;
  const standing = ownValue(customer.consents, key);
  if (standing !== null && !isNewer(by, standing)) return customer;
  return withEntity(customer, "consents", key, { channel, purpose, status, ...by });
}
