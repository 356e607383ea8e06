import type { JsonScalar } from "../../domain/json.ts";
import type { Customer, Identity, Provenance } from "./customer.ts";
import { endedSince, forgetEnd, ownValue, rememberEnd, withEntity, withoutEntity } from "./entities.ts";
import { keyIn } from "./factData.ts";
import { isNewer } from "./restate.ts";

/** Sets or (null) removes each attribute that no newer fact has spoken about. Erased values are simply not there. */
export function foldAttributes(
  customer: Customer,
  attributes: Readonly<Record<string, JsonScalar>> | undefined,
  by: Provenance,
): Customer {
  let next = customer;
  for (const [name, value] of Object.entries(attributes ?? {})) next = foldAttribute(next, name, value, by);
  return next;
}

function foldAttribute(customer: Customer, name: string, value: JsonScalar, by: Provenance): Customer {
  const key = `attribute/${name}`;
  const standing = ownValue(customer.attributes, name);
  if (endedSince(customer, key, by) || (standing !== null && !isNewer(by, standing))) return customer;
  return value === null
    ? rememberEnd(withoutEntity(customer, "attributes", name), key, by)
    : withEntity(forgetEnd(customer, key), "attributes", name, { name, value, ...by });
}

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
