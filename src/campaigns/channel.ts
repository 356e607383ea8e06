import type { CampaignId, VariantContent } from "../domain/campaign/campaign.ts";
import type { OfferId } from "../domain/campaign/offer.ts";
import type { CustomerId, EventId } from "../domain/ids.ts";

/** One message to one customer, as a channel is handed it. */
export type ChannelMessage = {
  /** The same however often the message is handed over: whoever has taken it once need not take it again. Receipts name it `contactId`. */
  readonly decisionId: EventId;
  readonly campaignId: CampaignId;
  readonly campaignVersion: number;
  readonly customerId: CustomerId;
  /** Under which the bank's systems know the customer; who has an address for whom is theirs to say. */
  readonly identities: readonly { readonly system: string; readonly id: string }[];
  readonly channel: string;
  readonly purpose: string;
  readonly arm: string | null;
  readonly variant: string | null;
  readonly content: VariantContent;
  readonly offerId: OfferId | null;
  /** RFC 3339, UTC. */
  readonly decidedAt: string;
};

/** `ref`: the receiver's own name for what it took. `reason`: in its words; trying again would change nothing. */
export type Delivery =
  | { readonly kind: "accepted"; readonly ref?: string }
  | { readonly kind: "rejected"; readonly reason: string };

/**
 * Something that takes messages. Whatever it throws means: try again. It has to let go when the signal is aborted; a message may
 * come again, also after it was taken, since nobody can tell that it was if the process ends before that is written down.
 */
export type Channel = {
  readonly name: string;
  readonly deliver: (message: ChannelMessage, signal: AbortSignal) => Promise<Delivery>;
  readonly close?: () => Promise<void>;
};

/** The receiver asks to be left alone for a while. */
export class TryLater extends Error {
  override readonly name = "TryLater";
  /** Milliseconds. */
  readonly afterMs: number;
  constructor(message: string, afterMs: number) {
    super(message);
    this.afterMs = afterMs;
  }
}
