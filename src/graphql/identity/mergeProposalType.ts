import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../connection/connectionOf.ts";
import { CustomerType } from "../customer/customerType.ts";
import { EventType } from "../event/eventType.ts";
import { PositionText } from "../scalars/position.ts";

export const MergeProposalStatus = { OPEN: "open", APPROVED: "approved", REJECTED: "rejected" } as const;
export type MergeProposalStatus = (typeof MergeProposalStatus)[keyof typeof MergeProposalStatus];

registerEnumType(MergeProposalStatus, {
  name: "MergeProposalStatus",
  description: "What became of a proposal to merge two customers.",
  valuesConfig: {
    OPEN: { description: "Somebody has to look at it." },
    APPROVED: { description: "The two were merged (and perhaps split since)." },
    REJECTED: { description: "They were found to be two people." },
  },
});

@ObjectType("MergeReason", { simpleResolvers: true, description: "Something that two customers have in common." })
export class MergeReasonType {
  @Field(() => String, { description: "The matching rule of the identity policy: `email`, `phone` …" })
  rule!: string;

  @Field(() => PositionText, { description: "The position since which both have it." })
  since!: number;
}

@ObjectType("MergeProposal", {
  simpleResolvers: true,
  description: "Two customers who may be one person. Nothing is merged before somebody approves it.",
})
export class MergeProposalType {
  @Field(() => ID, { description: "Names the proposal in `approveMergeProposal` and `rejectMergeProposal`." })
  proposalId!: string;

  @Field(() => MergeProposalStatus, { description: "What became of it." })
  status!: MergeProposalStatus;

  @Field(() => [CustomerType], { description: "The two; of an open one, the customer who appeared first comes first." })
  customers!: readonly object[];

  @Field(() => [MergeReasonType], { description: "What they have in common; empty once decided." })
  reasons!: readonly MergeReasonType[];

  @Field(() => EventType, { nullable: true, description: "The decision; null while it is open." })
  decision!: object | null;
}

export const MergeProposalConnection = connectionOf(() => MergeProposalType, "MergeProposal");
