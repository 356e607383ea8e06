import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from "type-graphql";
import type { TagRefusal } from "../../domain/tag/refusal.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { RequestContext } from "../context.ts";
import { ActorInput } from "../event/actorType.ts";
import { bareCode } from "./bareCode.ts";
import { outsideOf, TagDefinitionInput } from "./input/definitionInput.ts";
import type { TagNode } from "./tagNode.ts";
import { tagByCode } from "./tagQueries.ts";
import { tagResult } from "./tagResult.ts";
import { TagDependent, TagResult } from "./tagResultType.ts";

const codeOption = { description: "The tag's code, or its global id." };
const actorOption = { description: "Who does it. Stays on record." };

@Resolver()
export class TagMutations {
  @Mutation(() => TagResult, {
    description:
      "Records a draft of a tag, new or of a next version. It is checked against the fact schemas and the other tags; a version in force stays so.",
  })
  async draftTag(
    @Arg("definition", () => TagDefinitionInput, { description: "The tag as it is to be." })
    definition: TagDefinitionInput,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return tagResult(await backend.definitions.draft(outsideOf(definition), { ...actor }));
  }

  @Mutation(() => TagResult, {
    description:
      "Publishes the draft of this version. Its values are worked out from history; queries show the version before until that is done.",
  })
  async publishTag(
    @Arg("code", () => ID, codeOption) code: string,
    @Arg("version", () => Int, { description: "The version meant, so that nobody publishes a draft unseen." })
    version: number,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return tagResult(await backend.definitions.publish(bareCode(code), version, { ...actor }));
  }

  @Mutation(() => TagResult, {
    description: "Ends a tag. Refused while other tags are computed from it. Its past can still be asked for.",
  })
  async retireTag(
    @Arg("code", () => ID, codeOption) code: string,
    @Arg("reason", () => String, { description: "Why. Stays on record." }) reason: string,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return tagResult(await backend.definitions.retire(bareCode(code), reason, { ...actor }));
  }
}

@Resolver(() => TagDependent)
export class TagDependentResolver {
  @FieldResolver()
  tag(@Root() { code }: Dependent, @Ctx() context: RequestContext): MaybePromise<TagNode | null> {
    return tagByCode(context, code);
  }
}
type Dependent = Extract<TagRefusal, { kind: "dependents" }>["dependents"][number];
