import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import { FactQuarantined } from "../intake/factOutcomeType.ts";
import { CustomerUnknown } from "../operations/retryType.ts";
import { PositionText } from "../scalars/position.ts";

@ObjectType("CustomersMerged", { simpleResolvers: true, description: "The two are one from now on." })
export class CustomersMerged {
  @Field(() => PositionText, { description: "Where the merge stands in the log. Hand it back as `minPosition`." })
  position!: number;

  @Field(() => ID, { description: "The id of the merge's event." })
  eventId!: string;

  @Field(() => ID, { description: "The bare id of the customer that goes on." })
  survivorId!: string;

  @Field(() => ID, { description: "The bare id of the customer that was merged into it." })
  absorbedId!: string;
}

@ObjectType("CustomersSplit", { simpleResolvers: true, description: "The two are two again, as if never merged." })
export class CustomersSplit {
  @Field(() => PositionText, { description: "Where the split stands in the log. Hand it back as `minPosition`." })
  position!: number;

  @Field(() => ID, { description: "The id of the split's event." })
  eventId!: string;

  @Field(() => ID, { description: "The bare id of the customer that had gone on." })
  survivorId!: string;

  @Field(() => ID, { description: "The bare id of the customer that is its own again." })
  absorbedId!: string;
}

@ObjectType("CustomersAreSame", {
  simpleResolvers: true,
  description: "Both names mean one customer; nothing was done.",
})
export class CustomersAreSame {
  @Field(() => ID, { description: "That customer's bare id." })
  customerId!: string;
}

@ObjectType("CustomerAlreadyMerged", {
  simpleResolvers: true,
  description: "One of the two is merged into another already, who stands for it; nothing was done.",
})
export class CustomerAlreadyMerged {
  @Field(() => ID, { description: "Its bare id." })
  customerId!: string;

  @Field(() => ID, { description: "The bare id of the customer it was merged into." })
  survivorId!: string;
}

@ObjectType("CustomerNotMerged", { simpleResolvers: true, description: "It stands for itself; nothing was done." })
export class CustomerNotMerged {
  @Field(() => ID, { description: "Its bare id." })
  customerId!: string;
}

@ObjectType("MergeProposalNotOpen", {
  simpleResolvers: true,
  description: "There is no such open proposal: it was decided, or the two have nothing in common any more.",
})
export class MergeProposalNotOpen {
  @Field(() => ID, { description: "The id that was asked for." })
  proposalId!: string;
}

@ObjectType("MergeProposalRejected", {
  simpleResolvers: true,
  description: "The two are not proposed again for what they have in common now.",
})
export class MergeProposalRejected {
  @Field(() => PositionText, { description: "Where the decision stands in the log. Hand it back as `minPosition`." })
  position!: number;

  @Field(() => ID, { description: "The proposal." })
  proposalId!: string;
}

const typeOfKind = {
  merged: "CustomersMerged",
  split: "CustomersSplit",
  same: "CustomersAreSame",
  alreadyMerged: "CustomerAlreadyMerged",
  notMerged: "CustomerNotMerged",
  unknown: "CustomerUnknown",
  quarantined: "FactQuarantined",
  notOpen: "MergeProposalNotOpen",
  rejected: "MergeProposalRejected",
} as const;
export type MergeResultKind = keyof typeof typeOfKind;
const resolveType = (value: object) => typeOfKind[(value as { readonly kind: MergeResultKind }).kind];

export const MergeCustomersResult = createUnionType({
  name: "MergeCustomersResult",
  description: "What came of a merge.",
  types: () => [CustomersMerged, CustomersAreSame, CustomerAlreadyMerged, CustomerUnknown, FactQuarantined] as const,
  resolveType,
});

export const SplitCustomersResult = createUnionType({
  name: "SplitCustomersResult",
  description: "What came of a split.",
  types: () => [CustomersSplit, CustomerNotMerged, CustomerUnknown, FactQuarantined] as const,
  resolveType,
});

export const ApproveMergeProposalResult = createUnionType({
  name: "ApproveMergeProposalResult",
  description: "What came of the approval of a proposal.",
  types: () => [CustomersMerged, MergeProposalNotOpen, CustomerAlreadyMerged, FactQuarantined] as const,
  resolveType,
});

export const RejectMergeProposalResult = createUnionType({
  name: "RejectMergeProposalResult",
  description: "What came of the rejection of a proposal.",
  types: () => [MergeProposalRejected, MergeProposalNotOpen, FactQuarantined] as const,
  resolveType,
});
