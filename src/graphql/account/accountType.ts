import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/json.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { CustomerType } from "../customer/customerType.ts";
import { ProvenanceType, provenanceOption } from "../event/provenanceType.ts";
import { NodeType } from "../node/nodeType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";
import { AccountStatus } from "./accountStatus.ts";
import { BalanceType } from "./balanceType.ts";

@ObjectType("Account", {
  implements: NodeType,
  simpleResolvers: true,
  description: "An account as its system of record knows it.",
})
export class AccountType {
  @Field(() => String, { description: "The account's key everywhere in facts: `system/id`." })
  ref!: string;

  @Field(() => String, { description: "The system of record." })
  system!: string;

  @Field(() => String, { description: "The id that system gave it." })
  accountId!: string;

  @Field(() => String, { nullable: true, description: "The product, in the source's words." })
  product!: string | null;

  @Field(() => String, { nullable: true, description: "The ISO 4217 code it is kept in, where the source says so." })
  currency!: string | null;

  @Field(() => AccountStatus, { description: "Open, closed, or not known." })
  status!: AccountStatus;

  @Field(() => DateTime, { nullable: true, description: "When it was opened; null where that is not known." })
  openedAt!: Instant | null;

  @Field(() => DateTime, { nullable: true, description: "When it was closed." })
  closedAt!: Instant | null;

  @Field(() => Json, { description: "What else the source says of it, in its own codes." })
  details!: JsonObject;

  @Field(() => ProvenanceType, provenanceOption)
  provenance!: object;

  @Field(() => CustomerType, { nullable: true, description: "The customer who holds it." })
  holder!: object | null;

  @Field(() => BalanceType, { nullable: true, description: "The balance now; null before the first entry." })
  balance!: object | null;
}

export const AccountConnection = connectionOf(() => AccountType, "Account", { counted: true });
