import { Field, ID, InputType } from "type-graphql";
import { CustomerRefInput } from "../customer/customerRefInput.ts";
import { ActorInput } from "../event/actorType.ts";

@InputType({ description: "Two customers are one person." })
export class MergeCustomersInput {
  @Field(() => CustomerRefInput, { description: "The customer that goes on." })
  survivor!: CustomerRefInput;

  @Field(() => CustomerRefInput, { description: "The customer that is merged into it." })
  absorbed!: CustomerRefInput;

  @Field(() => ActorInput, { description: "Who decides it. Stays on record." })
  actor!: ActorInput;

  @Field(() => String, { description: "Why. Stays on record." })
  reason!: string;
}

@InputType({ description: "A merge was wrong: take it back." })
export class SplitCustomersInput {
  @Field(() => ID, {
    description: "The customer that was merged into another: its global id, or the bare `customerId`.",
  })
  absorbed!: string;

  @Field(() => ActorInput, { description: "Who decides it. Stays on record." })
  actor!: ActorInput;

  @Field(() => String, { description: "Why. Stays on record." })
  reason!: string;
}

@InputType({ description: "The two customers of a proposal are one person." })
export class ApproveMergeProposalInput {
  @Field(() => ID, { description: "The proposal." })
  proposalId!: string;

  @Field(() => ID, { nullable: true, description: "Which of the two goes on; default: the one who appeared first." })
  survivor?: string | null;

  @Field(() => ActorInput, { description: "Who decides it. Stays on record." })
  actor!: ActorInput;

  @Field(() => String, { description: "Why. Stays on record." })
  reason!: string;
}

@InputType({ description: "The two customers of a proposal are two people." })
export class RejectMergeProposalInput {
  @Field(() => ID, { description: "The proposal." })
  proposalId!: string;

  @Field(() => ActorInput, { description: "Who decides it. Stays on record." })
  actor!: ActorInput;

  @Field(() => String, { description: "Why. Stays on record." })
  reason!: string;
}
