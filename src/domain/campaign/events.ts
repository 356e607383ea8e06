import type { CampaignDefinition, Kpi } from "./campaign.ts";
import type { OfferDefinition } from "./offer.ts";
import type { PolicyDefinition } from "./policy.ts";

type EventOf<Type extends string, Data> = { readonly type: Type; readonly data: Data };

/** What is recorded on the stream `campaign-<id>`. Definitions are stored in their parsed form. */
export type CampaignEvent =
  /** A new draft; a version that was approved goes on until the draft is approved too. */
  | EventOf<"campaign-drafted", { readonly version: number; readonly definition: CampaignDefinition }>
  /** By another person than the draft's author. While the campaign runs the version takes effect at once. */
  | EventOf<"campaign-approved", { readonly version: number }>
  | EventOf<"campaign-started", { readonly version: number }>
  | EventOf<"campaign-paused", { readonly reason: string }>
  | EventOf<"campaign-resumed", object>
  /** For good: nothing is decided any more; outcomes go on being counted. */
  | EventOf<"campaign-finished", { readonly reason: string }>
  /** A further KPI, whatever the status; it counts from the first assignment on. */
  | EventOf<"campaign-kpi-added", { readonly kpi: Kpi }>;

/** On the stream `policy-<id>`. */
export type PolicyEvent =
  | EventOf<"policy-drafted", { readonly version: number; readonly definition: PolicyDefinition }>
  | EventOf<"policy-published", { readonly version: number }>
  | EventOf<"policy-retired", { readonly version: number; readonly reason: string }>;

/** On the stream `offer-<id>`. */
export type OfferEvent =
  | EventOf<"offer-drafted", { readonly version: number; readonly definition: OfferDefinition }>
  | EventOf<"offer-published", { readonly version: number }>
  | EventOf<"offer-retired", { readonly version: number; readonly reason: string }>;
