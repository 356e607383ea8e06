import type { CustomerId } from "../../../domain/ids.ts";
import type { Plan } from "../../../domain/segment/plan.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { TagChange } from "../../tags/stage/tagChange.ts";
import type { RowBits } from "../columns/columns.ts";
import type { Origin } from "./origin.ts";

/** A published version of a segment, in the form in which its members are kept. */
export type StandingVersion = { readonly id: SegmentId; readonly version: number; readonly plan: Plan };

/** What became of one value: what the standing segments need to know of a `TagChange`. */
export type ValueChange = Omit<TagChange, "version" | "slot">;

/** One customer's entry into a segment or exit from it, and what brought it about. */
export type Flip = Origin & {
  readonly id: SegmentId;
  readonly version: number;
  readonly row: number;
  readonly customerId: CustomerId;
  readonly kind: "entered" | "exited";
};

/** How the members of a segment differ from before it was worked out as a whole; rows ascending. */
export type Refill = {
  readonly id: SegmentId;
  readonly version: number;
  readonly entered: readonly number[];
  readonly exited: readonly number[];
};

/**
 * Who belongs to which published segment, kept up to date value by value. It reads the columns and writes nothing but the bits
 * `membersName(id)`. Whatever it is told of has to stand in the columns before.
 */
export type Standing = {
  /** The first version of segments: works out their members, with whom their feeds begin. They may name each other, in any order. */
  readonly publish: (versions: readonly StandingVersion[]) => void;
  /** Segments whose members stand in the columns' bits already, such as after a restart. */
  readonly resume: (versions: readonly StandingVersion[]) => void;
  /** Another version takes effect. Tells of the segment and of all that name it, in the order of their references, where members differ. */
  readonly replace: (version: StandingVersion) => readonly Refill[];
  /** Its members are forgotten. Throws while another segment names it. */
  readonly archive: (id: SegmentId) => void;
  /**
   * Works segments out as a whole, and those that name them: after a column was filled or begun anew, of which no changes are told.
   * Tells what differs, as `replace` does.
   */
  readonly recompute: (ids: readonly SegmentId[]) => readonly Refill[];
  /** A new customer, part of the instant that the next `apply` ends: without any value it may be a member already. */
  readonly placed: (row: number, origin: Origin) => void;
  /** A customer that stands for itself again, such as after a split; its values may be there already. */
  readonly returned: (row: number, origin: Origin) => void;
  /** A customer that was merged into another, and is a member of nothing. */
  readonly gone: (row: number, origin: Origin) => void;
  /**
   * Ends an instant: all changes of it, in the order in which they came about. At most one flip of each segment and customer; what
   * cancels out is not told. Segments in the order of their references, then by id; then by row.
   */
  readonly apply: (changes: readonly ValueChange[]) => readonly Flip[];
  readonly ids: () => readonly SegmentId[];
  /** Members now. Throws for a segment that does not stand; so do the others. */
  readonly size: (id: SegmentId) => number;
  readonly members: (id: SegmentId) => RowBits;
  /**
   * Customers whose membership hangs on a value that could not be evaluated: it is left as it was before, until it can be told.
   * `examples`: the first rows.
   */
  readonly undetermined: (id: SegmentId) => { readonly customers: number; readonly examples: readonly number[] };
};

/** Under which name the columns hold the members of a segment. */
export const membersName = (id: SegmentId): string => `segment ${id}`;
