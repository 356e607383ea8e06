import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { Provenance } from "../../projections/customer/customer.ts";
import type { IncomingRelationship } from "../../projections/readModels.ts";
import { customerThen, type OfMoment } from "../asOf/customerThen.ts";
import type { RequestContext } from "../context.ts";
import { type CustomerNode, customerById } from "../customer/customerNode.ts";
import { AccountPartyType } from "./accountPartyType.ts";
import type { RelationshipStatus } from "./relationshipType.ts";

type Party = { readonly from: IncomingRelationship["from"]; readonly relationship: OfMoment };

@Resolver(() => AccountPartyType)
export class AccountPartyResolver {
  @FieldResolver()
  relationshipId(@Root() { relationship }: IncomingRelationship): string {
    return relationship.relationshipId;
  }

  @FieldResolver()
  kind(@Root() { relationship }: IncomingRelationship): string {
    return relationship.kind;
  }

  @FieldResolver()
  status(@Root() { relationship }: IncomingRelationship): RelationshipStatus {
    return relationship.status;
  }

  @FieldResolver()
  since(@Root() { relationship }: IncomingRelationship): Instant {
    return relationship.since;
  }

  @FieldResolver()
  until(@Root() { relationship }: IncomingRelationship): Instant | null {
    return relationship.until;
  }

  @FieldResolver()
  customerId(@Root() { from }: IncomingRelationship): string {
    return from;
  }

  @FieldResolver()
  customer(@Root() { from, relationship }: Party, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    if (relationship.moment !== undefined) return customerThen(context, from, relationship.moment);
    return customerById(context, from);
  }

  @FieldResolver()
  provenance(@Root() { relationship }: IncomingRelationship): Provenance {
    return relationship;
  }
}
