import type { CampaignDefinition } from "../campaign/campaign.ts";
import type { OfferId } from "../campaign/offer.ts";
import type { PolicyDefinition } from "../campaign/policy.ts";
import type { Position } from "../event.ts";
import type { CustomerId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { EarlierAssignment } from "./assign.ts";
import type { Spent } from "./budget.ts";
import type { Contact } from "./caps.ts";
import type { Gate } from "./decision.ts";
import type { ZoneOffsets } from "./quietHours.ts";
import type { Schedule } from "./schedule.ts";
import type { Truth } from "./truth.ts";

/** The statement that stands about contact through one channel for the campaign's purpose, and where it was made. */
export type ConsentStatement = { readonly granted: boolean; readonly position: Position };

/** Gates that stop a contact before anything else is looked at. */
export type TooLate = Extract<Gate, "stale" | "ended" | "degraded">;

/** What became of the choice among a campaign's offers. */
export type OfferAnswer =
  | { readonly kind: "chosen"; readonly offerId: OfferId; readonly tier: string | null; readonly detail: string }
  | { readonly kind: "none" | "unknown"; readonly detail: string };

/**
 * What the gates look at. The functions are asked only when their gate is come to, since some take a look at the customer's whole
 * history; `consent` may be asked for the same channel more than once.
 */
export type GateInputs = {
  readonly definition: CampaignDefinition;
  readonly policy: PolicyDefinition | null;
  readonly customerId: CustomerId;
  readonly at: Instant;
  /** Why nothing is decided any more, where that is so. */
  readonly tooLate: { readonly gate: TooLate; readonly detail: string } | null;
  /** Of the policy's rule; asked only where it has one. */
  readonly suppression: () => Truth;
  readonly earlier: EarlierAssignment | null;
  /** Of a wave in customers' own zones, and of what it held; null for all others. */
  readonly schedule: Schedule | null;
  /** Whether the customer is still in the audience, of a release; null where that has been asked already. */
  readonly audience: (() => Truth) | null;
  /** Asked only where the campaign has offers. */
  readonly offer: () => OfferAnswer;
  /** By time, earliest first. Those on their way into the log count too: every send decided before this decision. */
  readonly contacts: () => readonly Contact[];
  /** The value of the profile attribute that the quiet hours name. */
  readonly customersZone: () => string | null;
  readonly offsets: ZoneOffsets;
  /** Null where nothing was ever said, which lets nothing through. */
  readonly consent: (channel: string) => ConsentStatement | null;
  /** With all sends decided before this decision. */
  readonly spent: Spent;
};
