import { Arg, Ctx, ID, Int, Mutation, Resolver } from "type-graphql";
import { PolicyId } from "../../domain/campaign/policy.ts";
import { bareId } from "../campaign/bareId.ts";
import type { RequestContext } from "../context.ts";
import { ActorInput } from "../event/actorType.ts";
import { outsideOf } from "../tag/input/definitionInput.ts";
import { PolicyInput } from "./policyInput.ts";
import { policyResult } from "./policyResult.ts";
import { PolicyResult } from "./policyResultType.ts";

const idOption = { description: "The policy's id, or its global id." };
const actorOption = { description: "Who does it. Stays on record." };

@Resolver()
export class PolicyMutations {
  @Mutation(() => PolicyResult, {
    description:
      "Records a draft of a policy, new or of a next version. It is checked against the fact schemas, the tags and the segments; a version in force stays so.",
  })
  async draftPolicy(
    @Arg("input", () => PolicyInput, { description: "The policy as it is to be." }) input: PolicyInput,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return policyResult(await backend.campaignDefinitions.draftPolicy(outsideOf(input), { ...actor }));
  }

  @Mutation(() => PolicyResult, {
    description:
      "Publishes the draft of this version. It takes the place of the one before in every campaign that names it.",
  })
  async publishPolicy(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("version", () => Int, { description: "The version meant, so that nobody publishes a draft unseen." })
    version: number,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    const bare = bareId("Policy", id, PolicyId.parse);
    return policyResult(await backend.campaignDefinitions.publishPolicy(bare, version, { ...actor }));
  }

  @Mutation(() => PolicyResult, {
    description: "Ends it. Refused while campaigns that are approved and not finished name it.",
  })
  async retirePolicy(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("reason", () => String, { description: "Why. Stays on record." }) reason: string,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    const bare = bareId("Policy", id, PolicyId.parse);
    return policyResult(await backend.campaignDefinitions.retirePolicy(bare, reason, { ...actor }));
  }
}
