import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { AccountType } from "../account/accountType.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { CustomerType } from "../customer/customerType.ts";
import { ProvenanceType, provenanceOption } from "../event/provenanceType.ts";
import { DateTime } from "../scalars/dateTime.ts";

export const RelationshipStatus = { ACTIVE: "active", ENDED: "ended" } as const;
export type RelationshipStatus = (typeof RelationshipStatus)[keyof typeof RelationshipStatus];

registerEnumType(RelationshipStatus, {
  name: "RelationshipStatus",
  description: "Whether a relationship holds.",
  valuesConfig: { ACTIVE: { description: "It holds." }, ENDED: { description: "It was ended." } },
});

export const RelationshipDirection = { OUTGOING: "outgoing", INCOMING: "incoming" } as const;
export type RelationshipDirection = (typeof RelationshipDirection)[keyof typeof RelationshipDirection];

registerEnumType(RelationshipDirection, {
  name: "RelationshipDirection",
  description: "Who says it.",
  valuesConfig: {
    OUTGOING: { description: "This customer is it to the other one, or on an account." },
    INCOMING: { description: "The other customer is it to this one." },
  },
});

export const RelationshipSelection = { ...RelationshipDirection, BOTH: "both" } as const;
export type RelationshipSelection = (typeof RelationshipSelection)[keyof typeof RelationshipSelection];

registerEnumType(RelationshipSelection, {
  name: "RelationshipSelection",
  description: "Which relationships of a customer.",
  valuesConfig: {
    OUTGOING: { description: "What this customer is to others, or on accounts." },
    INCOMING: { description: "What others are to this customer." },
    BOTH: { description: "Both." },
  },
});

@ObjectType("Relationship", {
  simpleResolvers: true,
  description: "A tie between this customer and another one, or an account: spouse, guarantor, owner, disponent …",
})
export class RelationshipType {
  @Field(() => String, { description: "The source's id of the relationship." })
  relationshipId!: string;

  @Field(() => String, { description: "What the one who says it is: `spouse`, `guarantor`, `owner` …" })
  kind!: string;

  @Field(() => RelationshipDirection, { description: "Who says it: this customer, or the other one." })
  direction!: RelationshipDirection;

  @Field(() => RelationshipStatus, { description: "Whether it holds." })
  status!: RelationshipStatus;

  @Field(() => DateTime, { description: "Since when." })
  since!: Instant;

  @Field(() => DateTime, { nullable: true, description: "Until when; null while it holds." })
  until!: Instant | null;

  @Field(() => ID, { nullable: true, description: "The other customer's bare id; null for a tie to an account." })
  otherCustomerId!: string | null;

  @Field(() => CustomerType, {
    nullable: true,
    description: "The other customer; null for a tie to an account, or while nothing else is known of them.",
  })
  customer!: object | null;

  @Field(() => String, { nullable: true, description: "The `ref` of the account, for a tie to one." })
  accountRef!: string | null;

  @Field(() => AccountType, {
    nullable: true,
    description: "The account, for a tie to one; null while nothing else is known of it.",
  })
  account!: object | null;

  @Field(() => ProvenanceType, provenanceOption)
  provenance!: object;
}
export const RelationshipConnection = connectionOf(() => RelationshipType, "Relationship", { counted: true });
