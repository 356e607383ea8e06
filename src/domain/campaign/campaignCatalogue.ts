import type { Actor, Position } from "../event.ts";
import type { Instant } from "../instant.ts";
import type { CampaignDefinition, CampaignId, Kpi } from "./campaign.ts";
import type { OfferDefinition, OfferId } from "./offer.ts";
import type { PolicyDefinition, PolicyId } from "./policy.ts";

/** Where the log says something, when and by whom. */
export type Said = { readonly position: Position; readonly at: Instant; readonly actor: Actor };

export type CampaignStatus = "draft" | "approved" | "running" | "paused" | "finished";

export type CampaignVersionRecord = {
  readonly version: number;
  readonly definition: CampaignDefinition;
  readonly drafted: Said;
  readonly approved: Said | null;
  /** When a newer approved version took its place, or the campaign was finished. */
  readonly ended: Said | null;
};

/** One campaign with its whole past, folded from the stream `campaign-<id>`. */
export type CampaignState = {
  readonly id: CampaignId;
  readonly status: CampaignStatus;
  /** By version, from 1. */
  readonly versions: readonly CampaignVersionRecord[];
  readonly started: Said | null;
  readonly finished: Said | null;
  /** In the order in which they were added. */
  readonly addedKpis: readonly Kpi[];
  /** Starts, pauses, resumptions and the end, in order. */
  readonly course: readonly (Said & {
    readonly what: "started" | "paused" | "resumed" | "finished";
    readonly reason: string;
  })[];
  /** Revision of the last event of the stream. */
  readonly revision: number;
};

export type VersionStatus = "draft" | "published" | "retired";
/** A policy or an offer with its whole past. */
type Versioned<Id, Definition> = {
  readonly id: Id;
  readonly status: VersionStatus;
  readonly versions: readonly {
    readonly version: number;
    readonly definition: Definition;
    readonly drafted: Said;
    readonly published: Said | null;
    readonly ended: Said | null;
  }[];
  readonly revision: number;
};
export type PolicyState = Versioned<PolicyId, PolicyDefinition>;
export type OfferState = Versioned<OfferId, OfferDefinition>;

/** All campaigns, policies and offers, as told by the log up to a position. */
export type CampaignCatalogue = {
  readonly position: Position;
  readonly campaigns: ReadonlyMap<CampaignId, CampaignState>;
  readonly policies: ReadonlyMap<PolicyId, PolicyState>;
  readonly offers: ReadonlyMap<OfferId, OfferState>;
};
