import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { EventType } from "../../event/eventType.ts";
import { DateTime } from "../../scalars/dateTime.ts";

@ObjectType("ContactReceipt", { simpleResolvers: true, description: "What a channel reported of a contact." })
export class ContactReceiptType {
  @Field(() => DateTime, { description: "When it happened." })
  at!: Instant;

  @Field(() => String, {
    description:
      "What: `sent`, `delivered`, `bounced`, `opened`, `clicked`, `converted`, `unsubscribed`, or `withheld` (not handed over, since consent did not stand any more).",
  })
  status!: string;

  @Field(() => String, { nullable: true, description: "Why, in the channel's words; null where it gave none." })
  reason!: string | null;

  @Field(() => EventType, { description: "Its event." })
  event!: object;
}

@ObjectType("ContactResponse", { simpleResolvers: true, description: "What the customer answered to a contact." })
export class ContactResponseType {
  @Field(() => DateTime, { description: "When." })
  at!: Instant;

  @Field(() => String, { description: "What: `accepted`, `declined`, `later` …" })
  response!: string;

  @Field(() => EventType, { description: "Its event." })
  event!: object;
}
