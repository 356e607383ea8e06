import type { Fault } from "../fault.ts";
import type { CampaignId } from "./campaign.ts";

export type Subject = "campaign" | "policy" | "offer";

/** Why a campaign, a policy or an offer, or a step in its life, was refused. `message` says what to do. */
export type CampaignRefusal =
  /** The definition itself: each fault with its path ("assignment.arms[1].share"). */
  | {
      readonly kind: "invalid";
      readonly subject: Subject;
      readonly id: string | null;
      readonly faults: readonly Fault[];
      readonly message: string;
    }
  | { readonly kind: "unknown"; readonly subject: Subject; readonly id: string; readonly message: string }
  | {
      readonly kind: "unknownVersion";
      readonly subject: Subject;
      readonly id: string;
      readonly version: number;
      readonly message: string;
    }
  /** Not possible in the state that it, or this version of it, is in. */
  | { readonly kind: "wrongStatus"; readonly subject: Subject; readonly id: string; readonly message: string }
  /** Whoever drafted a version of a campaign cannot approve it. */
  | {
      readonly kind: "sameAuthor";
      readonly id: CampaignId;
      readonly version: number;
      readonly author: string;
      readonly message: string;
    }
  /** A campaign was to be started of which no version was approved. */
  | { readonly kind: "notApproved"; readonly id: CampaignId; readonly version: number; readonly message: string }
  /** The campaign has started, and these members of its definition stay as they are. */
  | { readonly kind: "locked"; readonly id: CampaignId; readonly fields: readonly string[]; readonly message: string }
  /** Approved campaigns that are not finished would lose a policy or an offer. */
  | {
      readonly kind: "dependents";
      readonly subject: "policy" | "offer";
      readonly id: string;
      readonly dependents: readonly { readonly id: CampaignId; readonly version: number; readonly reason: string }[];
      readonly message: string;
    }
  | { readonly kind: "tooMany"; readonly subject: Subject; readonly limit: number; readonly message: string }
  /** Others changed the same thing at the same time, again and again. Nothing was recorded; try again. */
  | { readonly kind: "conflict"; readonly subject: Subject; readonly id: string; readonly message: string };
