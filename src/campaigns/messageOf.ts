import type { VariantContent } from "../domain/campaign/campaign.ts";
import type { CampaignState } from "../domain/campaign/campaignCatalogue.ts";
import type { Decision } from "../domain/decision/decision.ts";
import type { Position } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import type { CustomerId } from "../domain/ids.ts";
import { formatInstant } from "../domain/instant.ts";
import type { OutboxEntry } from "../projections/campaigns/outboxRows.ts";
import type { CustomerView, ReadModels, ReadSession } from "../projections/readModels.ts";
import type { ChannelMessage } from "./channel.ts";
import { deliveryIds } from "./deliveryReports.ts";

export type MessageParts = {
  readonly readModels: Pick<ReadModels, "open">;
  readonly log: Pick<LogReader, "readAt" | "findById">;
};

/** What was reported of a send already, though the outbox does not know it yet: after a crash the read models may be behind the log. */
export type Reported = { readonly reportedAt: Position };

/** Why a send is not handed over after all. */
export type Withheld = { readonly withheld: string };

/**
 * Makes the message of a send, if consent to it still stands: it may have waited for its channel. Rejects where the log or the read
 * models do not (yet) say what it has to be.
 */
export type MessageOf = (entry: OutboxEntry, position: Position) => Promise<ChannelMessage | Reported | Withheld>;

export function messageMaker({ readModels, log }: MessageParts): MessageOf {
  const stateOf = rememberedStates();
  return async (entry, position) => {
    const reports = await log.findById(deliveryIds(entry.decisionId));
    const reported = reports.find(event => event !== null);
    if (reported != null) return { reportedAt: reported.position };
    const [event] = await log.readAt([position]);
    const decision = event?.data as unknown as Omit<Decision, "customerId"> | undefined;
    if (event == null || decision?.decisionId !== entry.decisionId)
      throw new Error(`there is no decision ${entry.decisionId} at position ${position}`);
    const session = readModels.open();
    try {
      const { campaignId, campaignVersion, channel, purpose, arm, variant, offerId, at } = decision;
      const view = await personOf(entry.customerId, session);
      const withheld = whyWithheld(view, channel ?? entry.channel, purpose);
      if (withheld !== null) return { withheld };
      return {
        ...{ decisionId: entry.decisionId, campaignId, campaignVersion, customerId: entry.customerId },
        identities: (view?.customer.identities ?? []).map(({ system, id }) => ({ system, id })),
        ...{ channel: channel ?? entry.channel, purpose, arm, variant },
        content: contentOf(decision, stateOf(campaignId, await session.campaignRow("campaign", campaignId))),
        ...{ offerId, decidedAt: formatInstant(at) },
      };
    } finally {
      session.release();
    }
  };
}

/** The person as known now: whoever it was merged into since. */
async function personOf(id: CustomerId, session: ReadSession): Promise<CustomerView | null> {
  const { survivor } = await session.groupOf(id, session.position);
  const [view] = await session.customers([survivor]);
  return view ?? null;
}

function whyWithheld(view: CustomerView | null, channel: string, purpose: string): string | null {
  if (view === null) return "nothing is known of the customer any more";
  if (view.degraded !== null) return "a fact of the customer could not be folded, and nothing since is known";
  const consent = view.customer.consents[`${channel}/${purpose}`];
  if (consent?.status === "granted") return null;
  return `consent to ${channel} for ${purpose} does not stand any more`;
}

const statesKept = 100;

/** A campaign's past is long where it was changed often, and its messages are many. */
function rememberedStates(): (id: string, text: string | null) => CampaignState | null {
  const known = new Map<string, { readonly text: string; readonly state: CampaignState }>();
  return (id, text) => {
    if (text === null) return null;
    const before = known.get(id);
    if (before?.text === text) return before.state;
    if (known.size >= statesKept) known.clear();
    const state = JSON.parse(text) as CampaignState;
    known.set(id, { text, state });
    return state;
  };
}

function contentOf(
  { campaignId, campaignVersion, arm, variant }: Omit<Decision, "customerId">,
  state: CampaignState | null,
): VariantContent {
  const version = state?.versions.find(({ version }) => version === campaignVersion);
  if (version === undefined) throw new Error(`version ${campaignVersion} of campaign ${campaignId} is not known`);
  if (variant === null) return {};
  const found = version.definition.assignment.arms
    .find(({ name }) => name === arm)
    ?.variants.find(({ name }) => name === variant);
  if (found === undefined) throw new Error(`campaign ${campaignId} has no variant ${variant} in arm ${arm}`);
  return found.content;
}
