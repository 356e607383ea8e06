import type { Actor, Position } from "../domain/event.ts";
import type { Fault } from "../domain/fault.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { ExternalRef } from "../intake/fact.ts";
import type { ListFormat } from "./assignmentList.ts";
import type { ListReport } from "./matchAssignments.ts";
import type { ProposalStatus } from "./tagProposal.ts";

/** What people and schedules may do to the values of a tag. */
export type ManualTagCommand =
  /** Sets one customer's value at once; for tags whose sensitivity does not ask for a second person. */
  | {
      readonly kind: "assign";
      readonly code: string;
      readonly customer: ExternalRef | { readonly customerId: string };
      /** A JSON literal of the tag's type; null takes the value away. */
      readonly value: unknown;
      /** RFC 3339; null for no end. */
      readonly expiresAt: string | null;
      /** Makes a retry harmless: the same id with the same content changes nothing. */
      readonly requestId: string | null;
      readonly actor: Actor;
    }
  /** Proposes a list. With the id of an open proposal of the same person it adds to that one. */
  | {
      readonly kind: "propose";
      readonly code: string;
      readonly proposalId: string | null;
      readonly format: ListFormat;
      readonly content: string;
      readonly note: string;
      /** Only look: say what would be proposed, and propose nothing. */
      readonly check: boolean;
      readonly actor: Actor;
    }
  /** Puts a proposal in force. Asking again finishes what was interrupted. `assignments`: as many as the approver has seen. */
  | {
      readonly kind: "approve";
      readonly code: string;
      readonly proposalId: string;
      readonly assignments: number | null;
      readonly note: string;
      readonly actor: Actor;
    }
  | {
      readonly kind: "reject";
      readonly code: string;
      readonly proposalId: string;
      readonly note: string;
      readonly actor: Actor;
    }
  /** Recomputes a population-relative tag as of an instant (RFC 3339; null: now). */
  | { readonly kind: "refresh"; readonly code: string; readonly asOf: string | null; readonly actor: Actor };

export type ManualTagDone =
  | { readonly kind: "assigned"; readonly customerId: CustomerId; readonly position: Position }
  /** `position` is null where nothing was proposed: only looked at, or no line could be used. `total` counts all parts. */
  | {
      readonly kind: "proposed";
      readonly proposalId: string | null;
      readonly position: Position | null;
      readonly total: number;
      readonly report: ListReport;
    }
  /** Every assignment is on its customer's stream, the last one at `position`. */
  | { readonly kind: "approved"; readonly assigned: number; readonly position: Position }
  | { readonly kind: "rejected"; readonly position: Position }
  | { readonly kind: "refreshed"; readonly asOf: Instant; readonly position: Position };

/** Why nothing was done. `message` says what to do. */
export type ManualTagRefusal = { readonly message: string } & (
  | { readonly kind: "unknownTag"; readonly code: string }
  /** The tag is not published, or retired; it is of a kind that such a command is not for. */
  | { readonly kind: "wrongStatus" | "wrongKind"; readonly code: string }
  | { readonly kind: "invalid"; readonly faults: readonly Fault[] }
  | { readonly kind: "unknownCustomer" }
  | { readonly kind: "secondPersonNeeded" }
  /** The request id was used before for something else. */
  | { readonly kind: "requestIdReused"; readonly position: Position }
  | { readonly kind: "unknownProposal"; readonly proposalId: string }
  /** Somebody else made the proposal. */
  | { readonly kind: "notYours"; readonly proposalId: string }
  | { readonly kind: "proposalSettled"; readonly proposalId: string; readonly status: ProposalStatus }
  /** It holds another number of assignments than the approver has seen. */
  | { readonly kind: "proposalChanged"; readonly proposalId: string; readonly assignments: number }
  | { readonly kind: "tooMany"; readonly limit: number }
  | { readonly kind: "conflict" }
);

export type ManualTagOutcome = ManualTagDone | ManualTagRefusal;

/**
 * The door for values set by hand and for refreshes. Answers after fsync. Rejects with StorageFailure, or IntakeTimeout
 * (outcome unknown: asking again is safe for all but `assign` without a request id and `propose` without a proposal id).
 */
export type ManualTags = {
  readonly run: (command: ManualTagCommand) => Promise<ManualTagOutcome>;
  /** Finishes approvals that a crash interrupted; how many there were. */
  readonly resume: () => Promise<number>;
};
