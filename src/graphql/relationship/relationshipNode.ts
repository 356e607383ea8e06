import type { CustomerId } from "../../domain/ids.ts";
import type { Provenance, Relationship } from "../../projections/customer/customer.ts";
import type { IncomingRelationship } from "../../projections/readModels.ts";
import type { OfMoment } from "../asOf/customerThen.ts";
import type { RelationshipDirection } from "./relationshipType.ts";

/** A relationship as one of its two ends sees it. */
export type RelationshipNode = Pick<Relationship, "relationshipId" | "kind" | "status" | "since" | "until"> & {
  readonly direction: RelationshipDirection;
  readonly otherCustomerId: CustomerId | null;
  readonly accountRef: string | null;
  readonly provenance: Provenance;
} & OfMoment;

export const outgoing = (relationship: Relationship): RelationshipNode =>
  nodeOf(relationship, "outgoing", relationship.customer);

export const incoming = ({ from, relationship }: IncomingRelationship): RelationshipNode =>
  nodeOf(relationship, "incoming", from);

const nodeOf = (
  relationship: Relationship & OfMoment,
  direction: RelationshipDirection,
  otherCustomerId: CustomerId | null,
): RelationshipNode => ({
  relationshipId: relationship.relationshipId,
  kind: relationship.kind,
  status: relationship.status,
  since: relationship.since,
  until: relationship.until,
  direction,
  otherCustomerId,
  accountRef: relationship.account,
  provenance: relationship,
  ...(relationship.moment !== undefined && { moment: relationship.moment }),
});

/** Ids of relationships are a customer's own, so an incoming one is told apart by who says it. */
export const relationshipKey = ({ direction, otherCustomerId, relationshipId }: RelationshipNode): string =>
  direction === "outgoing" ? `0/${relationshipId}` : `1/${otherCustomerId}/${relationshipId}`;
