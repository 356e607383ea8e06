import type { SegmentDefinition } from "./segment.ts";

type EventOf<Type extends string, Data> = { readonly type: Type; readonly data: Data };

/** What is recorded on the stream `segment-<id>`. A definition is stored in its parsed form. */
export type SegmentEvent =
  /** A new draft; it replaces an earlier draft and leaves a published version standing. */
  | EventOf<"segment-drafted", { readonly version: number; readonly definition: SegmentDefinition }>
  | EventOf<"segment-published", { readonly version: number }>
  | EventOf<"segment-archived", { readonly version: number; readonly reason: string }>;
