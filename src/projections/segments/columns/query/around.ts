import type { CustomerId } from "../../../../domain/ids.ts";
import type { Instant } from "../../../../domain/instant.ts";
import type { SegmentId } from "../../../../domain/segment/segment.ts";
import type { TagCode } from "../../../../domain/tag/definition.ts";

/** What a plan names that is in no column of a tag. */
export type Around = {
  /** The name of the bits in the columns that hold a segment's members; null where it does not stand. */
  readonly segmentBits: (id: SegmentId) => string | null;
  /** By row, lowest bit of each byte first; null where nothing was recorded of it. */
  readonly snapshot: (segment: SegmentId, at: Instant) => Uint8Array | null;
};

/** Why there is no answer; never an answer that is not exact. */
export type QueryRefusal =
  /** Values that could not be evaluated, of customers for whom they would decide. */
  | {
      readonly kind: "failed";
      readonly code: TagCode;
      readonly customers: number;
      readonly examples: readonly CustomerId[];
    }
  | { readonly kind: "unknownColumn"; readonly code: TagCode }
  | { readonly kind: "unknownSegment"; readonly id: SegmentId }
  | { readonly kind: "unknownSnapshot"; readonly id: SegmentId; readonly at: Instant }
  /** `top` and what orders by a column needs numbers, money or dates. */
  | { readonly kind: "notNumeric"; readonly code: TagCode };

/** Customers by bits of their rows, lowest bit of each byte first; all of them live. */
export type Members = { readonly bits: Uint8Array; readonly count: number };
