import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { EventType } from "../event/eventType.ts";
import { MoneyType } from "../money/moneyType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";
import { BalanceType } from "./balanceType.ts";

export const EntryKind = { TRANSACTION: "transaction", BALANCE_REPORT: "balance" } as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

registerEnumType(EntryKind, {
  name: "EntryKind",
  description: "What kind of entry an account's history consists of.",
  valuesConfig: {
    TRANSACTION: { description: "A movement of money." },
    BALANCE_REPORT: { description: "A balance that the source reported." },
  },
});

@ObjectType("BalancePoint", {
  simpleResolvers: true,
  description: "One point in an account's balance history: a movement or a balance report.",
})
export class BalancePointType {
  @Field(() => DateTime, { description: "When it happened." })
  occurredAt!: Instant;

  @Field(() => Int, { description: "Its order among the entries of the same account and instant." })
  sequence!: number;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;

  @Field(() => EntryKind, { description: "Movement or report." })
  kind!: EntryKind;

  @Field(() => MoneyType, {
    nullable: true,
    description: "What a movement added (or, below zero, took); null for a report.",
  })
  change!: object | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: "The balance that the source says holds after this entry; null where it says nothing.",
  })
  reportedBalance!: object | null;

  @Field(() => BalanceType, {
    nullable: true,
    description:
      "The balance at the end of this instant, all its entries counted; null where nothing up to then counts.",
  })
  balance!: object | null;

  @Field(() => Boolean, { description: "Whether the movement was reversed; it counts for nothing then." })
  reversed!: boolean;

  @Field(() => EventType, { description: "The event it comes from." })
  event!: object;
}

export const BalancePointConnection = connectionOf(() => BalancePointType, "BalancePoint");
