import type { Merge } from "../../domain/customer/mergeGraph.ts";
import type { Position } from "../../domain/event.ts";
import { CustomerId } from "../../domain/ids.ts";
import type { ProposalKey, ProposalRow, RejectionRow } from "../../projections/identity/proposals.ts";
import type { MergeProposalStatus } from "./mergeProposalType.ts";

export type MergeProposalNode = ProposalKey & {
  readonly proposalId: string;
  readonly status: MergeProposalStatus;
  readonly customerIds: readonly CustomerId[];
  readonly reasons: readonly { readonly rule: string; readonly since: Position }[];
  readonly decidedAt: Position | null;
};

/** Made of the two, so that it is the same for as long as they are proposed. */
const idOf = (customers: readonly CustomerId[]): string => customers.join(".");

export function customersOf(proposalId: string): readonly [CustomerId, CustomerId] | null {
  const [a, b, ...more] = proposalId.split(".").map(CustomerId.parse);
  return a == null || b == null || more.length > 0 ? null : [a, b];
}

export const openProposal = ({ first, second, customers, values }: ProposalRow): MergeProposalNode => ({
  first,
  second,
  proposalId: idOf(customers),
  status: "open",
  customerIds: customers,
  reasons: values.map(({ rule, since }) => ({ rule, since })),
  decidedAt: null,
});

export const approvedProposal = ({ position, survivor, absorbed, proposalId }: Merge): MergeProposalNode => ({
  first: position,
  second: 0,
  proposalId: proposalId ?? idOf([survivor, absorbed]),
  status: "approved",
  customerIds: [survivor, absorbed],
  reasons: [],
  decidedAt: position,
});

export const rejectedProposal = ({ position, customers }: RejectionRow): MergeProposalNode => ({
  first: position,
  second: 0,
  proposalId: idOf(customers),
  status: "rejected",
  customerIds: customers,
  reasons: [],
  decidedAt: position,
});
