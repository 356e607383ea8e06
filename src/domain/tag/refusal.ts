import type { Fault } from "../fault.ts";
import type { TagCode } from "./definition.ts";
import type { TagUse } from "./tagUses.ts";

/** Why a definition, or a step in its life, was refused. `message` says what to do. */
export type TagRefusal =
  /** The definition itself: each fault with its path ("rule.statistic.facts.where.all[1].field"). */
  | {
      readonly kind: "invalid";
      readonly code: string | null;
      readonly faults: readonly Fault[];
      readonly message: string;
    }
  | { readonly kind: "unknownTag"; readonly code: string; readonly message: string }
  | { readonly kind: "unknownVersion"; readonly code: TagCode; readonly version: number; readonly message: string }
  /** Not possible in the state that the tag, or this version, is in. */
  | { readonly kind: "wrongStatus"; readonly code: TagCode; readonly message: string }
  /** Tags in force that are computed from this one would lose it, or no longer fit it; and so would other things that use it. */
  | {
      readonly kind: "dependents";
      readonly code: TagCode;
      readonly dependents: readonly { readonly code: TagCode; readonly version: number; readonly reason: string }[];
      readonly uses: readonly TagUse[];
      readonly message: string;
    }
  | { readonly kind: "tooMany"; readonly limit: number; readonly message: string }
  /** Others changed the same tag at the same time, again and again. Nothing was recorded; try again. */
  | { readonly kind: "conflict"; readonly code: TagCode; readonly message: string };
