import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonValue } from "../../../domain/json.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";

/** `validUntil`: the value holds before this instant if no other fact arrives; from it on it has to be asked again. Null: for good. */
export type Evaluated = { readonly value: TagValue; readonly validUntil: Instant | null };

/** Why a tag has its value; gathered by the evaluation itself, only when asked for. */
export type Evidence = {
  /** The facts that make up the value, in order of (occurredAt, position). */
  readonly positions: readonly Position[];
  /** Own tags that the value was computed from. */
  readonly inputs: readonly { readonly code: TagCode; readonly value: TagValue }[];
  /** Values of related customers that the value was computed from. */
  readonly related: readonly { readonly customerId: CustomerId; readonly value: TagValue }[];
  /** The steps of the computation, one a line, in words and figures: "sum of amount over 3 facts = 120.00 CZK". */
  readonly arithmetic: readonly string[];
  /** Whatever the kind of rule has to say beside: the window's bounds, the tier that matched, the refresh it stands on. */
  readonly details: Readonly<Record<string, JsonValue>>;
};
