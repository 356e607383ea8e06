import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { EventType } from "../event/eventType.ts";
import { MoneyType } from "../money/moneyType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";

@ObjectType("Balance", { simpleResolvers: true, description: "A balance and where it comes from." })
export class BalanceType {
  @Field(() => MoneyType, { description: "How much." })
  money!: object;

  @Field(() => DateTime, { description: "Of when the last entry is that counts in it." })
  asOf!: Instant;

  @Field(() => Boolean, {
    description: "False: as the source reported it at `asOf`. True: its last report, or zero, plus what followed.",
  })
  computed!: boolean;

  @Field(() => PositionText, { description: "Where in the log the last entry stands that counts in it." })
  position!: number;

  @Field(() => EventType, { description: "The event of that entry." })
  event!: object;
}
