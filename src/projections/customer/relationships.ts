import type { CustomerEvent } from "../../domain/customer/events.ts";
import { CustomerId } from "../../domain/ids.ts";
import type { Customer, Provenance, Relationship } from "./customer.ts";
import { endOf, forgetEnd, ownValue, rememberEnd, withEntity } from "./entities.ts";
import { keyIn, optionalAccountIn } from "./factData.ts";
import { isNewer, nothingStated, restate } from "./restate.ts";

type DataOf<Type extends CustomerEvent["type"]> = Extract<CustomerEvent, { readonly type: Type }>["data"];
const parts = ["kind", "target", "since", "status"] as const;

export function foldRelationshipEstablished(
  customer: Customer,
  data: DataOf<"relationship-established">,
  by: Provenance,
): Customer {
  const relationshipId = keyIn("relationshipId", data.relationshipId);
  const key = `relationship/${relationshipId}`;
  const standing = ownValue(customer.relationships, relationshipId) ?? blank(relationshipId, data.kind, by);
  const relationship = restate(standing, parts, by, {
    kind: { kind: data.kind },
    target: { customer: otherCustomer(data.customer), account: optionalAccountIn("account", data.account) },
    since: { since: by.occurredAt },
    status: { status: "active", until: null },
  });
  const end = endOf(customer, key);
  const settled = end === null ? relationship : endedBy(relationship, end);
  return withEntity(forgetEnd(customer, key), "relationships", relationshipId, settled);
}

/** An end that comes before its beginning waits for it: a relationship without a kind would say nothing. */
export function foldRelationshipEnded(
  customer: Customer,
  data: DataOf<"relationship-ended">,
  by: Provenance,
): Customer {
  const relationshipId = keyIn("relationshipId", data.relationshipId);
  const standing = ownValue(customer.relationships, relationshipId);
  if (standing !== null) return withEntity(customer, "relationships", relationshipId, endedBy(standing, by));
  const key = `relationship/${relationshipId}`;
  const waiting = endOf(customer, key);
  return waiting !== null && !isNewer(by, waiting) ? customer : rememberEnd(customer, key, by);
}

const endedBy = (relationship: Relationship, end: Provenance): Relationship =>
  restate(relationship, parts, end, { status: { status: "ended", until: end.occurredAt } });

function otherCustomer(raw: string | undefined): CustomerId | null {
  if (raw === undefined || raw === null) return null;
  const id = CustomerId.parse(raw);
  if (id === null) throw new Error(`customer: "${raw}" is no customer id`);
  return id;
}

const blank = (relationshipId: string, kind: string, by: Provenance): Relationship => ({
  relationshipId,
  kind,
  customer: null,
  account: null,
  status: "active",
  since: by.occurredAt,
  until: null,
  ...by,
  older: nothingStated(parts),
});
