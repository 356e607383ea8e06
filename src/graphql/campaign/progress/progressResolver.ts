import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Money } from "../../../domain/money.ts";
import { preparing } from "../../../projections/campaigns/campaignReadiness.ts";
import { spentOf, stateOf, wavesOf } from "../../../projections/campaigns/campaignReads.ts";
import type { WaveRecord } from "../../../projections/campaigns/stage/waves.ts";
import { embeddedPage } from "../../connection/embeddedPage.ts";
import type { Page } from "../../connection/page.ts";
import { PagingArgs } from "../../connection/pagingArgs.ts";
import type { RequestContext } from "../../context.ts";
import type { CampaignNode } from "../campaignNode.ts";
import { CampaignType } from "../campaignType.ts";
import {
  CampaignPreparingType,
  CampaignSpentType,
  CampaignWaitingType,
  CampaignWaveConnection,
} from "./progressType.ts";

@Resolver(() => CampaignType)
export class ProgressResolver {
  @FieldResolver(() => CampaignPreparingType, {
    nullable: true,
    description:
      "Why nothing is decided yet though the campaign is approved: what its rules look at is being worked out. Null when all is in force, and where there is nothing to decide.",
  })
  async preparing(@Root() { campaignState }: CampaignNode, @Ctx() context: RequestContext): Promise<object | null> {
    if (campaignState.status === "draft" || campaignState.status === "finished") return null;
    const standing = campaignState.versions.findLast(({ approved, ended }) => approved !== null && ended === null);
    if (standing === undefined) return null;
    const { definition } = standing;
    const session = context.session();
    const fills = await Promise.all([session.tagFills(), session.conditionFills()]);
    return preparing(definition, {
      fills: fills.flat(),
      stands: id => session.standingSegment(id)?.archived === false,
      policy: definition.policy === null ? null : stateOf(session, "policy", definition.policy),
      offers: definition.offers.map(id => stateOf(session, "offer", id)),
    });
  }

  @FieldResolver(() => CampaignSpentType, { description: "Sends so far, and what they cost." })
  spent(
    @Root() { campaignId, shown }: CampaignNode,
    @Ctx() context: RequestContext,
  ): { readonly contacts: number; readonly money: Money | null } {
    const { contacts, minorUnits } = spentOf(context.session(), campaignId);
    const currency = shown.definition.channels.find(({ unitCost }) => unitCost !== null)?.unitCost?.currency;
    return { contacts, money: currency === undefined ? null : { minorUnits, currency } };
  }

  @FieldResolver(() => CampaignWaitingType, { description: "Sends that no channel has taken yet." })
  async waiting(
    @Root() { campaignId }: CampaignNode,
    @Ctx() context: RequestContext,
  ): Promise<{ readonly sends: number; readonly exact: boolean }> {
    return context.loaders().waitingSends.load(campaignId);
  }

  @FieldResolver(() => CampaignWaveConnection, {
    description: "The waves that began, by when they were due. Campaigns that start by a trigger have none.",
  })
  waves(
    @Root() { campaignId }: CampaignNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ): Page<WaveRecord> {
    const keyOf = ({ at }: WaveRecord): string => String(at).padStart(16, "0");
    return embeddedPage(`waves:${campaignId}`, wavesOf(context.session(), campaignId), keyOf, paging);
  }
}
