import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, ID, Info, InputType, Query, Resolver } from "type-graphql";
import type { CampaignState } from "../../domain/campaign/campaignCatalogue.ts";
import type { Position } from "../../domain/event.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { ForwardArgs } from "../connection/forwardArgs.ts";
import type { Page } from "../connection/page.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { PositionText } from "../scalars/position.ts";
import { CampaignStatus } from "./campaignEnums.ts";
import { type CampaignNode, campaignById, campaignKey, campaignNode } from "./campaignNode.ts";
import { CampaignConnection, CampaignType } from "./campaignType.ts";
import { statePage } from "./statePage.ts";
import { wordsIn } from "./wordsIn.ts";

@InputType({ description: "Which campaigns; all that is given must hold." })
export class CampaignFilter {
  @Field(() => String, {
    nullable: true,
    description: "Words that stand in id, name, description or owner, all of them, in upper or lower case.",
  })
  search?: string | null;

  @Field(() => [CampaignStatus], { nullable: true, description: "Only these. An empty list lets nothing through." })
  status?: CampaignStatus[] | null;
}

@Resolver()
export class CampaignQueries {
  @Query(() => CampaignConnection, { description: "The campaigns there are, by id." })
  campaigns(
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg("filter", () => CampaignFilter, { nullable: true, description: "Which campaigns." })
    filter: CampaignFilter | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Page<CampaignNode>> {
    return whenReady(openSession(context, info), session =>
      statePage(session, "campaign", matching(filter), campaignNode, ({ campaignId }) => campaignId, paging),
    );
  }

  @Query(() => CampaignType, { nullable: true, description: "One campaign; null when there is none of this id." })
  campaign(
    @Arg("id", () => ID, { description: "Its id, or its global id." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<CampaignNode | null> {
    const key = campaignKey(id);
    return whenReady(openSession(context, info), () => campaignById(context, key));
  }
}

function matching(filter: CampaignFilter | null | undefined): (state: CampaignState) => boolean {
  const found = wordsIn(filter?.search);
  return state => {
    if (filter?.status != null && !filter.status.includes(state.status)) return false;
    const { campaignId, name, description, owner } = campaignNode(state);
    return found(campaignId, name, description, owner);
  };
}
