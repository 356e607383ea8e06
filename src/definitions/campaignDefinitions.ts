import type {
  CampaignCatalogue,
  CampaignState,
  OfferState,
  PolicyState,
} from "../domain/campaign/campaignCatalogue.ts";
import type { CampaignRefusal } from "../domain/campaign/refusal.ts";
import type { Actor, Position } from "../domain/event.ts";
import type { Result } from "../domain/result.ts";

/** `position` is where the log holds what was asked for: of the new event, or, when unchanged, at or after the one that said so before. */
type Done<Kind extends string, Subject> = Subject & {
  readonly kind: Kind | "unchanged";
  readonly version: number;
  readonly position: Position;
};
export type CampaignDone = Done<
  "drafted" | "approved" | "started" | "paused" | "resumed" | "finished" | "kpiAdded",
  { readonly campaign: CampaignState }
>;
export type PolicyDone = Done<"drafted" | "published" | "retired", { readonly policy: PolicyState }>;
export type OfferDone = Done<"drafted" | "published" | "retired", { readonly offer: OfferState }>;
export type CampaignOutcome = Result<CampaignDone, CampaignRefusal>;
export type PolicyOutcome = Result<PolicyDone, CampaignRefusal>;
export type OfferOutcome = Result<OfferDone, CampaignRefusal>;

/**
 * The door for definitions of campaigns, policies and offers. Every command decides on what the log holds, one after the other with
 * those about tags and segments, and answers after fsync. Rejects with StorageFailure, or IntakeTimeout (outcome unknown: asking again
 * is safe). `json` is in the outside form; the same definition as the newest version again changes nothing.
 */
export type CampaignDefinitions = {
  readonly draft: (json: unknown, actor: Actor) => Promise<CampaignOutcome>;
  /** Refused to whoever drafted this version. While the campaign runs, the version takes effect at once. */
  readonly approve: (id: string, version: number, actor: Actor) => Promise<CampaignOutcome>;
  readonly start: (id: string, actor: Actor) => Promise<CampaignOutcome>;
  readonly pause: (id: string, reason: string, actor: Actor) => Promise<CampaignOutcome>;
  readonly resume: (id: string, actor: Actor) => Promise<CampaignOutcome>;
  readonly finish: (id: string, reason: string, actor: Actor) => Promise<CampaignOutcome>;
  readonly addKpi: (id: string, json: unknown, actor: Actor) => Promise<CampaignOutcome>;
  readonly draftPolicy: (json: unknown, actor: Actor) => Promise<PolicyOutcome>;
  readonly publishPolicy: (id: string, version: number, actor: Actor) => Promise<PolicyOutcome>;
  readonly retirePolicy: (id: string, reason: string, actor: Actor) => Promise<PolicyOutcome>;
  readonly draftOffer: (json: unknown, actor: Actor) => Promise<OfferOutcome>;
  readonly publishOffer: (id: string, version: number, actor: Actor) => Promise<OfferOutcome>;
  readonly retireOffer: (id: string, reason: string, actor: Actor) => Promise<OfferOutcome>;
  /** As the log has it now. */
  readonly catalogue: () => Promise<CampaignCatalogue>;
};
