import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { connectionOf } from "../../connection/connectionOf.ts";
import { EventType } from "../../event/eventType.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { CampaignType } from "../campaignType.ts";
import { CampaignDecisionType } from "../decision/decisionType.ts";
import { ContactReceiptType, ContactResponseType } from "./followUpType.ts";

export const ContactOrigin = { DECIDED: "decided", REPORTED: "reported" } as const;
export type ContactOrigin = (typeof ContactOrigin)[keyof typeof ContactOrigin];

registerEnumType(ContactOrigin, {
  name: "ContactOrigin",
  description: "How we know of a contact.",
  valuesConfig: {
    DECIDED: { description: "It was decided about here." },
    REPORTED: { description: "Somebody who runs a campaign elsewhere reported it." },
  },
});

@ObjectType("CustomerContact", {
  simpleResolvers: true,
  description:
    "A contact with a customer, or a decision that there was none: the same shape whoever made it, so that a contact history is one list.",
})
export class CustomerContactType {
  @Field(() => String, { description: "Its id, by which receipts name it." })
  contactId!: string;

  @Field(() => ContactOrigin, { description: "How we know of it." })
  origin!: ContactOrigin;

  @Field(() => DateTime, { description: "When it was decided, or made." })
  at!: Instant;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;

  @Field(() => Boolean, {
    description: "Whether it was made, or is on its way: false of what was skipped, is held, or was withheld.",
  })
  contacted!: boolean;

  @Field(() => String, { description: "Why the customer was contacted, was not, or not yet: a sentence." })
  why!: string;

  @Field(() => String, { description: "The campaign's id." })
  campaignId!: string;

  @Field(() => CampaignType, { nullable: true, description: "The campaign; null where it is not known here." })
  campaign!: object | null;

  @Field(() => String, { nullable: true, description: "The channel." })
  channel!: string | null;

  @Field(() => String, { nullable: true, description: "The purpose; null where it was not reported." })
  purpose!: string | null;

  @Field(() => String, { nullable: true, description: "The arm; null where it is not known." })
  arm!: string | null;

  @Field(() => String, { nullable: true, description: "The variant; null where it is not known." })
  variant!: string | null;

  @Field(() => String, { nullable: true, description: "The id of the offer; null where there was none." })
  offerId!: string | null;

  @Field(() => CampaignDecisionType, {
    nullable: true,
    description: "All that was decided, with every gate; null of a contact that was reported.",
  })
  decision!: object | null;

  @Field(() => [ContactReceiptType], { description: "What the channel reported of it since, in order of its time." })
  receipts!: readonly object[];

  @Field(() => [ContactResponseType], { description: "What the customer answered, in order of time." })
  responses!: readonly object[];

  @Field(() => EventType, { description: "Its event." })
  event!: object;
}

export const CustomerContactConnection = connectionOf(() => CustomerContactType, "CustomerContact");
