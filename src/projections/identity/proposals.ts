import type { Merge } from "../../domain/customer/mergeGraph.ts";
import type { Position } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";
import type { MaybePromise, Range } from "../readModels.ts";
import type { MatchValue } from "./matching.ts";

/** In order of first appearance of the older, then the younger customer. */
export type ProposalKey = { readonly first: number; readonly second: number };

/** Two customers who may be one person, for somebody to look at. The older one comes first. */
export type ProposalRow = ProposalKey & {
  readonly customers: readonly [CustomerId, CustomerId];
  /** What both have; of what was rejected for them before, nothing. */
  readonly values: readonly MatchValue[];
};

/** The newest decision that two customers are two people. */
export type RejectionRow = { readonly position: Position; readonly customers: readonly [CustomerId, CustomerId] };

export type ProposalReads = {
  readonly openProposals: (range: Range<ProposalKey>) => MaybePromise<ProposalRow[]>;
  /** The open proposal of two customers, in either order. */
  readonly proposalOf: (a: CustomerId, b: CustomerId) => MaybePromise<ProposalRow | null>;
  readonly rejectedProposals: (range: Range<Position>) => MaybePromise<RejectionRow[]>;
  /** Merges that came of a proposal, also those taken back since. */
  readonly approvedProposals: (range: Range<Position>) => MaybePromise<Merge[]>;
};
