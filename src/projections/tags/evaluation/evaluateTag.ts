import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";
import type { History } from "../history/history.ts";
import type { Evaluated, Evidence } from "./evaluated.ts";

/** Whom a tag is asked about: everything known of the customer, and the way to those related to it. */
export type TagSubject = {
  readonly customerId: CustomerId;
  readonly history: History;
  /** Null where the customer is not known (yet). */
  readonly related: (id: CustomerId) => TagSubject | null;
  /** Who an id stands for now, where that can be told without looking at the customer. */
  readonly survivorOf?: (id: CustomerId) => CustomerId;
  /**
   * The value of a tag of this customer where it is already known for the moment asked about, so that it need not be computed
   * again. Null where it is not; `explain` never asks.
   */
  readonly known?: (code: TagCode) => Evaluated | null;
};

/** The moment asked for. `known`: facts beyond this position are not known yet. */
export type Moment = { readonly at: Instant; readonly known: Position };

/** Definitions made ready for evaluation; one for each set of definitions, shared by all customers. */
export type TagProgram = {
  readonly versions: readonly TagVersion[];
  readonly find: (code: TagCode) => TagVersion | null;
  /** Codes whose own value may change when a fact of this type comes, is reversed or corrected; formulas after their inputs. */
  readonly touchedBy: (factType: string) => readonly TagCode[];
  /** All codes in an order in which each comes after those it is computed from; relation tags last. */
  readonly order: readonly TagCode[];
  /** Codes computed from a tag of the same customer, directly or not. */
  readonly dependents: (code: TagCode) => readonly TagCode[];
  /** Relation tags that look at this tag of related customers. */
  readonly watching: (code: TagCode) => readonly TagCode[];
  readonly evaluate: (code: TagCode, subject: TagSubject, moment: Moment) => Evaluated;
  readonly explain: (
    code: TagCode,
    subject: TagSubject,
    moment: Moment,
  ) => Evaluated & { readonly evidence: Evidence; readonly nextChange: Instant | null };
};
