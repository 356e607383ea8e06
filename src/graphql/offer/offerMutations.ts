import { Arg, Ctx, ID, Int, Mutation, Resolver } from "type-graphql";
import { OfferId } from "../../domain/campaign/offer.ts";
import { bareId } from "../campaign/bareId.ts";
import type { RequestContext } from "../context.ts";
import { ActorInput } from "../event/actorType.ts";
import { outsideOf } from "../tag/input/definitionInput.ts";
import { OfferInput } from "./offerInput.ts";
import { offerResult } from "./offerResult.ts";
import { OfferResult } from "./offerResultType.ts";

const idOption = { description: "The offer's id, or its global id." };
const actorOption = { description: "Who does it. Stays on record." };

@Resolver()
export class OfferMutations {
  @Mutation(() => OfferResult, {
    description:
      "Records a draft of an offer, new or of a next version. It is checked against the fact schemas, the tags and the segments; a version in force stays so.",
  })
  async draftOffer(
    @Arg("input", () => OfferInput, { description: "The offer as it is to be." }) input: OfferInput,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return offerResult(await backend.campaignDefinitions.draftOffer(outsideOf(input), { ...actor }));
  }

  @Mutation(() => OfferResult, {
    description:
      "Publishes the draft of this version. It takes the place of the one before in every campaign that names it.",
  })
  async publishOffer(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("version", () => Int, { description: "The version meant, so that nobody publishes a draft unseen." })
    version: number,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    const bare = bareId("Offer", id, OfferId.parse);
    return offerResult(await backend.campaignDefinitions.publishOffer(bare, version, { ...actor }));
  }

  @Mutation(() => OfferResult, {
    description: "Ends it. Refused while campaigns that are approved and not finished name it.",
  })
  async retireOffer(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("reason", () => String, { description: "Why. Stays on record." }) reason: string,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    const bare = bareId("Offer", id, OfferId.parse);
    return offerResult(await backend.campaignDefinitions.retireOffer(bare, reason, { ...actor }));
  }
}
