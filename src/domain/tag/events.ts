import type { CustomerId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { JsonScalar } from "../json.ts";
import type { TagCode, TagDefinition } from "./definition.ts";

type EventOf<Type extends string, Data> = { readonly type: Type; readonly data: Data };

/** What is recorded on the stream `tag-<code>`. A definition is stored in its parsed form. */
export type TagEvent =
  /** A new draft; it replaces an earlier draft and leaves a published version in force. */
  | EventOf<"tag-drafted", { readonly version: number; readonly definition: TagDefinition }>
  | EventOf<"tag-published", { readonly version: number }>
  | EventOf<"tag-retired", { readonly version: number; readonly reason: string }>
  /** Values to be set by hand that wait for a second person. */
  | EventOf<
      "tag-assignment-proposed",
      { readonly proposalId: string; readonly note: string; readonly assignments: readonly TagAssignment[] }
    >
  | EventOf<"tag-assignment-approved", { readonly proposalId: string; readonly note: string }>
  | EventOf<"tag-assignment-rejected", { readonly proposalId: string; readonly note: string }>
  /** A population-relative tag is computed anew from what was true at `asOf`, of what the log holds before this event. */
  | EventOf<"tag-refreshed", { readonly asOf: Instant }>;

export type TagAssignment = {
  readonly customerId: CustomerId;
  /** Null takes the value away. In the type's outside form: "12.30" for a number or money, RFC 3339 for a date. */
  readonly value: JsonScalar | readonly string[] | null;
  readonly expiresAt: Instant | null;
};

/** Recorded on a customer's stream once an assignment is in force. */
export type TagAssigned = EventOf<
  "tag-assigned",
  {
    readonly tag: TagCode;
    readonly value: JsonScalar | readonly string[] | null;
    readonly expiresAt?: string;
    readonly proposalId?: string;
  }
>;
