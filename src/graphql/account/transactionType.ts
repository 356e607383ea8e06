import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/json.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { EventType } from "../event/eventType.ts";
import { MoneyType } from "../money/moneyType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";
import { PositionText } from "../scalars/position.ts";

export const Direction = { CREDIT: "credit", DEBIT: "debit" } as const;
export type Direction = (typeof Direction)[keyof typeof Direction];

registerEnumType(Direction, {
  name: "TransactionDirection",
  description: "Which way the money went.",
  valuesConfig: { CREDIT: { description: "Into the account." }, DEBIT: { description: "Out of the account." } },
});

@ObjectType("TransactionDetails", {
  simpleResolvers: true,
  description: "What the source says about a transaction. Personal values are null once the person was erased.",
})
export class TransactionDetailsType {
  @Field(() => Direction, { description: "Which way the money went." })
  direction!: Direction;

  @Field(() => String, { nullable: true, description: "How it was done, such as a card withdrawal." })
  operation?: string;

  @Field(() => String, { nullable: true, description: "What for, such as interest or a pension." })
  purpose?: string;

  @Field(() => String, { nullable: true, description: "The merchant category code (ISO 18245)." })
  mcc?: string;

  @Field(() => String, { nullable: true, description: "The merchant." })
  merchant?: string;

  @Field(() => String, { nullable: true, description: "The card that was used." })
  cardId?: string;

  @Field(() => String, { nullable: true, description: "The other side's account." })
  counterparty?: string;

  @Field(() => String, { nullable: true, description: "The text on the statement." })
  description?: string;

  @Field(() => Json, { nullable: true, description: "What else the source says, in its own codes." })
  details?: JsonObject;
}

@ObjectType("Transaction", { simpleResolvers: true, description: "A movement on an account." })
export class TransactionType {
  @Field(() => String, { nullable: true, description: "The source's id of it." })
  transactionId!: string | null;

  @Field(() => DateTime, { description: "When it happened." })
  occurredAt!: Instant;

  @Field(() => Int, { description: "Its order among the entries of the same account and instant." })
  sequence!: number;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;

  @Field(() => MoneyType, {
    description: "The amount with its sign: above zero into the account, below zero out of it.",
  })
  amount!: object;

  @Field(() => MoneyType, {
    nullable: true,
    description: "The balance that the source says holds after it; null where it says nothing.",
  })
  balanceAfter!: object | null;

  @Field(() => Boolean, { description: "Whether it was reversed. A reversed transaction counts for nothing." })
  reversed!: boolean;

  @Field(() => EventType, { nullable: true, description: "The event that reversed it." })
  reversal!: object | null;

  @Field(() => TransactionDetailsType, { description: "What the source says about it, from its event." })
  details!: object;

  @Field(() => EventType, { description: "The event it comes from." })
  event!: object;
}

export const TransactionConnection = connectionOf(() => TransactionType, "Transaction");
