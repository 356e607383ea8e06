import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import { connectionOf } from "../../connection/connectionOf.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { ActorType } from "../../event/actorType.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { PositionText } from "../../scalars/position.ts";
import { TagLiteral } from "../input/literal.ts";

export const TagProposalStatus = {
  OPEN: "open",
  APPROVED: "approved",
  REJECTED: "rejected",
  LAPSED: "lapsed",
} as const;
export type TagProposalStatus = (typeof TagProposalStatus)[keyof typeof TagProposalStatus];
registerEnumType(TagProposalStatus, {
  name: "TagProposalStatus",
  description: "What became of a proposal.",
  valuesConfig: {
    OPEN: { description: "It waits for a second person." },
    APPROVED: { description: "Its values are set." },
    REJECTED: { description: "It was given up." },
    LAPSED: { description: "Nobody decided in time." },
  },
});

@ObjectType("TagProposalDecision", { simpleResolvers: true, description: "Who settled a proposal, and why." })
export class ProposalDecisionType {
  @Field(() => ActorType, { description: "Who." })
  actor!: ActorType;

  @Field(() => DateTime, { description: "When." })
  at!: Instant;

  @Field(() => String, { description: "Why." })
  note!: string;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;
}

@ObjectType("TagProposalItem", { simpleResolvers: true, description: "One value of a proposal." })
export class ProposalItemType {
  @Field(() => CustomerType, { nullable: true, description: "Whose value it is." })
  customer!: object | null;

  @Field(() => TagLiteral, { nullable: true, description: "The value; null takes it away." })
  value!: unknown;

  @Field(() => DateTime, { nullable: true, description: "When it ends by itself; null for never." })
  expiresAt!: Instant | null;
}
export const ProposalItemConnection = connectionOf(() => ProposalItemType, "TagProposalItem", { counted: true });

@ObjectType("TagProposal", { simpleResolvers: true, description: "Values that somebody proposes to set by hand." })
export class ProposalType {
  @Field(() => String, { description: "Its id; unique for its tag." })
  proposalId!: string;

  @Field(() => TagProposalStatus, { description: "What became of it." })
  status!: TagProposalStatus;

  @Field(() => ActorType, { description: "Who proposes it." })
  proposer!: ActorType;

  @Field(() => DateTime, { description: "When it was proposed." })
  proposedAt!: Instant;

  @Field(() => String, { description: "What it is for." })
  note!: string;

  @Field(() => PositionText, { description: "Where its first event stands in the log." })
  position!: number;

  @Field(() => Int, { description: "How many values it holds; the approver says this number." })
  total!: number;

  @Field(() => ProposalDecisionType, { nullable: true, description: "Who settled it; null while nobody did." })
  settled!: object | null;
}
export const ProposalConnection = connectionOf(() => ProposalType, "TagProposal", { counted: true });
