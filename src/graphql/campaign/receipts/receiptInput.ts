import { Field, ID, InputType } from "type-graphql";
import { receiptStatuses } from "../../../campaigns/receipts.ts";

@InputType({
  description:
    "What a channel's provider tells of a contact. Texts, unjudged: what is wrong with one comes back as its outcome, and it is kept.",
})
export class ReceiptInput {
  @Field(() => String, {
    nullable: true,
    description:
      "The provider's own id of this receipt. Without one the first of each status counts, and others are duplicates.",
  })
  id?: string | null;

  @Field(() => ID, { description: "The contact: the `decisionId` that came with its message." })
  contactId!: string;

  @Field(() => String, { description: `What became of it: ${receiptStatuses.map(word => `\`${word}\``).join(", ")}.` })
  status!: string;

  @Field(() => String, { nullable: true, description: "When, as an RFC 3339 timestamp. Default: when it comes in." })
  occurredAt?: string | null;

  @Field(() => String, { nullable: true, description: "Why, in the channel's words." })
  reason?: string | null;
}
