import type { JsonScalar } from "../../domain/json.ts";
import type { Attribute, Customer, Identity, Provenance } from "./customer.ts";
import { endedSince, forgetEnd, ownValue, rememberEnd, withoutEntity } from "./entities.ts";
import { keyIn } from "./factData.ts";
import { isNewer } from "./restate.ts";

/** Sets or (null) removes each attribute that no newer fact has spoken about. Erased values are simply not there. */
export function foldAttributes(
  customer: Customer,
  attributes: Readonly<Record<string, JsonScalar>> | undefined,
  by: Provenance,
): Customer {
  const stands = new Map<string, Attribute>();
  const removed: string[] = [];
  for (const [name, value] of Object.entries(attributes ?? {})) {
    const standing = ownValue(customer.attributes, name);
    if (endedSince(customer, endKey(name), by) || (standing !== null && !isNewer(by, standing))) continue;
    if (value === null) removed.push(name);
    else stands.set(name, { name, value, ...by });
  }
  if (stands.size === 0 && removed.length === 0) return customer;
  const next = { ...customer, attributes: { ...customer.attributes, ...Object.fromEntries(stands) } };
  const settled = [...stands.keys()].reduce((known, name) => forgetEnd(known, endKey(name)), next as Customer);
  return removed.reduce(
    (known, name) => rememberEnd(withoutEntity(known, "attributes", name), endKey(name), by),
    settled,
  );
}

const endKey = (name: string): string => `attribute/${name}`;

export function foldIdentity(
  customer: Customer,
  { system, id, primary }: { readonly system: string; readonly id?: string; readonly primary?: boolean },
  by: Provenance,
): Customer {
  if (id === undefined) return customer; // erased: the link itself stays in the timeline
  const identity: Identity = { system: keyIn("system", system), id: keyIn("id", id), primary: primary ?? false, ...by };
  const index = customer.identities.findIndex(known => known.system === system && known.id === id);
  const standing = customer.identities[index];
  if (standing === undefined) return { ...customer, identities: [...customer.identities, identity] };
  return isNewer(by, standing) ? { ...customer, identities: customer.identities.with(index, identity) } : customer;
}
