import { Field, InputType, Int, registerEnumType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import type { OutsideLiteral } from "../../../domain/tag/outside.ts";
import { CustomerRefInput } from "../../customer/customerRefInput.ts";
import { ActorInput } from "../../event/actorType.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { TagLiteral } from "../input/literal.ts";

@InputType({ description: "A value to set by hand, at once." })
export class AssignTagInput {
  @Field(() => String, { description: "The code of a manual tag." })
  code!: string;

  @Field(() => CustomerRefInput, { description: "Whose value it is." })
  customer!: CustomerRefInput;

  @Field(() => TagLiteral, { nullable: true, description: "The value; null takes it away." })
  value?: OutsideLiteral | null;

  @Field(() => DateTime, { nullable: true, description: "When it ends by itself. Default: never." })
  expiresAt?: Instant | null;

  @Field(() => String, {
    nullable: true,
    description: "An id of your own that makes a retry harmless: the same id with the same content changes nothing.",
  })
  requestId?: string | null;

  @Field(() => ActorInput, { description: "Who does it. Stays on record." })
  actor!: ActorInput;
}

const TagListFormat = { CSV: "csv", NDJSON: "ndjson" } as const;
type TagListFormat = (typeof TagListFormat)[keyof typeof TagListFormat];
registerEnumType(TagListFormat, {
  name: "TagListFormat",
  description: "How a list of customers is written.",
  valuesConfig: {
    CSV: { description: "With a header line of `system`, `id` and, where needed, `value` and `expiresAt`." },
    NDJSON: { description: "One JSON object a line, with these members." },
  },
});

@InputType({ description: "A list of values to set by hand, for a second person to approve." })
export class ProposeTagListInput {
  @Field(() => String, { description: "The code of a manual tag." })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: "An id of your own. That of an open proposal of the same person adds to it. Default: a new one.",
  })
  proposalId?: string | null;

  @Field(() => TagListFormat, { description: "How the list is written." })
  format!: TagListFormat;

  @Field(() => String, { description: "The list." })
  content!: string;

  @Field(() => String, { description: "What it is for. Stays on record." })
  note!: string;

  @Field(() => Boolean, { defaultValue: false, description: "True: only say what would be proposed." })
  check!: boolean;

  @Field(() => ActorInput, { description: "Who proposes it. Stays on record." })
  actor!: ActorInput;
}

@InputType({ description: "What to do with a proposal." })
export class SettleTagListInput {
  @Field(() => String, { description: "The tag's code." })
  code!: string;

  @Field(() => String, { description: "The proposal's id." })
  proposalId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many assignments the approver has seen; refused where it holds another number. Not for a rejection.",
  })
  assignments?: number | null;

  @Field(() => String, { description: "Why. Stays on record." })
  note!: string;

  @Field(() => ActorInput, { description: "Who decides. Stays on record." })
  actor!: ActorInput;
}
