import type { TagCode } from "../../../domain/tag/definition.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";

/**
 * Where the values of one tag are kept in each customer's row. A slot's number is never given out twice. A tag has two
 * while it is filled anew, be it that a version was published or that a tag which it is computed from changes.
 */
export type Slot = {
  readonly slot: number;
  readonly code: TagCode;
  readonly version: number;
  readonly type: ValueType;
  readonly state: "serving" | "filling";
};
