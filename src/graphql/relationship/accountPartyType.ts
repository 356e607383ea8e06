import { Field, ID, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { CustomerType } from "../customer/customerType.ts";
import { ProvenanceType, provenanceOption } from "../event/provenanceType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { RelationshipStatus } from "./relationshipType.ts";

@ObjectType("AccountParty", {
  simpleResolvers: true,
  description: "A customer who has something to do with an account.",
})
export class AccountPartyType {
  @Field(() => String, { description: "The source's id of the relationship." })
  relationshipId!: string;

  @Field(() => String, { description: "What the customer is on the account: `owner`, `disponent` …" })
  kind!: string;

  @Field(() => RelationshipStatus, { description: "Whether it holds." })
  status!: RelationshipStatus;

  @Field(() => DateTime, { description: "Since when." })
  since!: Instant;

  @Field(() => DateTime, { nullable: true, description: "Until when; null while it holds." })
  until!: Instant | null;

  @Field(() => ID, { description: "The customer's bare id." })
  customerId!: string;

  @Field(() => CustomerType, { nullable: true, description: "The customer." })
  customer!: object | null;

  @Field(() => ProvenanceType, provenanceOption)
  provenance!: object;
}
export const AccountPartyConnection = connectionOf(() => AccountPartyType, "AccountParty", { counted: true });
