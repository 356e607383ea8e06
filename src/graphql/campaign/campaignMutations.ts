import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from "type-graphql";
import { CampaignId } from "../../domain/campaign/campaign.ts";
import type { RequestContext } from "../context.ts";
import { ActorInput } from "../event/actorType.ts";
import { outsideOf } from "../tag/input/definitionInput.ts";
import { bareId } from "./bareId.ts";
import { type CampaignNode, campaignNamed } from "./campaignNode.ts";
import { campaignResult } from "./campaignResult.ts";
import { CampaignResult } from "./campaignResultType.ts";
import { CampaignInput } from "./input/campaignInput.ts";
import { KpiInput } from "./input/kpiInput.ts";
import { CampaignDependent } from "./refusalType.ts";

const idOption = { description: "The campaign's id, or its global id." };
const actorOption = { description: "Who does it. Stays on record." };
const reasonOption = { description: "Why. Stays on record." };

@Resolver()
export class CampaignMutations {
  @Mutation(() => CampaignResult, {
    description:
      "Records a draft of a campaign, new or of a next version. It is checked against the fact schemas, the tags, the segments, policies and offers; a version in force stays so until the draft is approved.",
  })
  async draftCampaign(
    @Arg("input", () => CampaignInput, { description: "The campaign as it is to be." }) input: CampaignInput,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return campaignResult(await backend.campaignDefinitions.draft(outsideOf(input), { ...actor }));
  }

  @Mutation(() => CampaignResult, {
    description:
      "Approves the draft of this version, by another person than its author. While the campaign runs it takes effect at once.",
  })
  async approveCampaign(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("version", () => Int, { description: "The version meant, so that nobody approves a draft unseen." })
    version: number,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return campaignResult(await backend.campaignDefinitions.approve(bare(id), version, { ...actor }));
  }

  @Mutation(() => CampaignResult, {
    description: "Starts it, once a version was approved. Decisions are made as soon as its rules are in force.",
  })
  async startCampaign(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return campaignResult(await backend.campaignDefinitions.start(bare(id), { ...actor }));
  }

  @Mutation(() => CampaignResult, { description: "Pauses it: nothing is decided until it is resumed." })
  async pauseCampaign(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("reason", () => String, reasonOption) reason: string,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return campaignResult(await backend.campaignDefinitions.pause(bare(id), reason, { ...actor }));
  }

  @Mutation(() => CampaignResult, { description: "Resumes it. Contacts that were held meanwhile are decided anew." })
  async resumeCampaign(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return campaignResult(await backend.campaignDefinitions.resume(bare(id), { ...actor }));
  }

  @Mutation(() => CampaignResult, { description: "Ends it for good; outcomes go on being counted." })
  async finishCampaign(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("reason", () => String, reasonOption) reason: string,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return campaignResult(await backend.campaignDefinitions.finish(bare(id), reason, { ...actor }));
  }

  @Mutation(() => CampaignResult, {
    description:
      "Adds a KPI to a campaign that was approved once, also to a finished one. It counts from the first assignment on.",
  })
  async addCampaignKpi(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("kpi", () => KpiInput, { description: "The KPI." }) kpi: KpiInput,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return campaignResult(await backend.campaignDefinitions.addKpi(bare(id), outsideOf(kpi), { ...actor }));
  }
}

@Resolver(() => CampaignDependent)
export class CampaignDependentResolver {
  @FieldResolver()
  campaign(
    @Root() { campaignId }: { readonly campaignId: string },
    @Ctx() context: RequestContext,
  ): Promise<CampaignNode | null> {
    return campaignNamed(context, campaignId);
  }
}

const bare = (id: string): string => bareId("Campaign", id, CampaignId.parse);
