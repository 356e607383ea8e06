import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/json.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";

const CardStatus = { ACTIVE: "active", BLOCKED: "blocked", CLOSED: "closed" } as const;
type CardStatus = (typeof CardStatus)[keyof typeof CardStatus];

registerEnumType(CardStatus, {
  name: "CardStatus",
  description: "Whether a card can be used.",
  valuesConfig: {
    ACTIVE: { description: "It can be used." },
    BLOCKED: { description: "It cannot be used for now." },
    CLOSED: { description: "It cannot be used any more." },
  },
});

@ObjectType("Card", { simpleResolvers: true, description: "A payment card." })
export class CardType {
  @Field(() => String, { description: "The source's id of the card; never its number." })
  cardId!: string;

  @Field(() => String, { nullable: true, description: "The product, in the source's words." })
  product!: string | null;

  @Field(() => CardStatus, { description: "Whether it can be used." })
  status!: CardStatus;

  @Field(() => DateTime, { description: "When it was issued." })
  issuedAt!: Instant;

  @Field(() => Json, { description: "What else the source says of it, in its own codes." })
  details!: JsonObject;
}
export const CardConnection = connectionOf(() => CardType, "Card", { counted: true });
