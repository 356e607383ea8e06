import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import { campaignStream, type Kpi } from "../../domain/campaign/campaign.ts";
import type { CampaignState, Said } from "../../domain/campaign/campaignCatalogue.ts";
import { standingCampaignVersion } from "../../domain/campaign/campaignGraph.ts";
import { describeCampaign, describeKpi } from "../../domain/campaign/describe/describeCampaign.ts";
import type { OutsideCampaign, OutsideKpi } from "../../domain/campaign/outside.ts";
import { printCampaign } from "../../domain/campaign/print/printCampaign.ts";
import { printKpi } from "../../domain/campaign/print/printKpi.ts";
import type { RecordedEvent } from "../../domain/event.ts";
import { standards } from "../../intake/standards.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { ListOrder, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { EventConnection } from "../event/eventType.ts";
import { globalId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { type OfferNode, offerNamed } from "../offer/offerNode.ts";
import { type PolicyNode, policyNamed } from "../policy/policyNode.ts";
import { type CampaignNode, type CampaignVersionNode, campaignVersionNode } from "./campaignNode.ts";
import { CampaignKpiType, CampaignType } from "./campaignType.ts";
import { definitionEvents } from "./definitionEvents.ts";

type KpiNode = Kpi & { readonly added: boolean };

@Resolver(() => CampaignType)
export class CampaignResolver {
  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { campaignId }: CampaignNode): string {
    return globalId("Campaign", campaignId);
  }

  @FieldResolver()
  definition(@Root() { shown }: CampaignNode): OutsideCampaign {
    return printCampaign(shown.definition, standards);
  }

  @FieldResolver()
  sentence(@Root() { shown }: CampaignNode): string {
    return describeCampaign(shown.definition, standards);
  }

  @FieldResolver()
  async policy(@Root() { shown }: CampaignNode, @Ctx() context: RequestContext): Promise<PolicyNode | null> {
    const { policy } = shown.definition;
    return policy === null ? null : policyNamed(context, policy);
  }

  @FieldResolver()
  async offers(@Root() { shown }: CampaignNode, @Ctx() context: RequestContext): Promise<readonly OfferNode[]> {
    const offers = await Promise.all(shown.definition.offers.map(id => offerNamed(context, id)));
    return offers.filter(offer => offer !== null);
  }

  @FieldResolver()
  kpis(@Root() { shown, campaignState }: CampaignNode): readonly KpiNode[] {
    return [
      ...shown.definition.kpis.map(kpi => ({ ...kpi, added: false })),
      ...campaignState.addedKpis.map(kpi => ({ ...kpi, added: true })),
    ];
  }

  @FieldResolver()
  current(@Root() { campaignState }: CampaignNode): CampaignVersionNode | null {
    const standing = standingCampaignVersion(campaignState);
    return standing === null ? null : campaignVersionNode(campaignState, standing);
  }

  @FieldResolver()
  draft(@Root() { campaignState }: CampaignNode): CampaignVersionNode | null {
    const newest = campaignState.versions.at(-1)!;
    return newest.approved === null && newest.ended === null ? campaignVersionNode(campaignState, newest) : null;
  }

  @FieldResolver()
  versions(@Root() { campaignState }: CampaignNode): readonly CampaignVersionNode[] {
    return campaignState.versions.map(version => campaignVersionNode(campaignState, version));
  }

  @FieldResolver()
  started(@Root() { campaignState }: CampaignNode): Said | null {
    return campaignState.started;
  }

  @FieldResolver()
  finished(@Root() { campaignState }: CampaignNode): Said | null {
    return campaignState.finished;
  }

  @FieldResolver()
  course(@Root() { campaignState }: CampaignNode): CampaignState["course"] {
    return campaignState.course;
  }

  @FieldResolver(() => EventConnection, {
    description: "What happened to the definition: every draft, approval, step and KPI, by whom and when.",
  })
  definitionEvents(
    @Root() { campaignId }: CampaignNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<RecordedEvent>> {
    return definitionEvents(context, campaignStream(campaignId), paging, order);
  }
}

@Resolver(() => CampaignKpiType)
export class CampaignKpiResolver {
  @FieldResolver()
  sentence(@Root() kpi: KpiNode): string {
    return describeKpi(kpi, standards);
  }

  @FieldResolver()
  definition(@Root() kpi: KpiNode): OutsideKpi {
    return printKpi(kpi, standards);
  }
}
