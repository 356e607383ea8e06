import { Field, Int, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { Money } from "../../domain/money.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { MoneyType } from "../money/moneyType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";

@ObjectType("Loan", { simpleResolvers: true, description: "A loan granted to the customer." })
export class LoanType {
  @Field(() => String, { description: "The source's id of the loan." })
  loanId!: string;

  @Field(() => MoneyType, { nullable: true, description: "How much was lent." })
  principal!: Money | null;

  @Field(() => MoneyType, { nullable: true, description: "The regular payment." })
  payment!: Money | null;

  @Field(() => Int, { nullable: true, description: "For how many months." })
  durationMonths!: number | null;

  @Field(() => String, { nullable: true, description: "How it stands, in the source's own code." })
  status!: string | null;

  @Field(() => DateTime, { description: "When it was granted." })
  grantedAt!: Instant;

  @Field(() => Json, { description: "What else the source says of it, in its own codes." })
  details!: JsonObject;
}
export const LoanConnection = connectionOf(() => LoanType, "Loan", { counted: true });
