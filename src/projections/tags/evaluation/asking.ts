import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonValue } from "../../../domain/json.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import type { Evaluated } from "./evaluated.ts";
import type { TagSubject } from "./evaluateTag.ts";

/** Takes the evidence while a tag is evaluated. */
export type Collector = {
  readonly positions: Position[];
  readonly inputs: { readonly code: TagCode; readonly value: TagValue }[];
  readonly related: { readonly customerId: CustomerId; readonly value: TagValue }[];
  readonly arithmetic: string[];
  readonly details: Record<string, JsonValue>;
};

/** One question put to a tag's rule. `collector` is null unless the answer has to be explained. */
export type Asking = {
  readonly subject: TagSubject;
  readonly at: Instant;
  readonly known: Position;
  readonly collector: Collector | null;
};

export type RuleEvaluator = (asking: Asking) => Evaluated;

/** The earlier of two ends of validity; null is never. */
export const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null || a < b ? a : b;
