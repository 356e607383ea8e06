import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from "type-graphql";
import { SegmentId } from "../../domain/segment/segment.ts";
import type { RequestContext } from "../context.ts";
import { ActorInput } from "../event/actorType.ts";
import { parseGlobalId } from "../node/globalId.ts";
import { outsideOf } from "../tag/input/definitionInput.ts";
import { SegmentInput } from "./input/segmentInput.ts";
import type { SegmentNode } from "./segmentNode.ts";
import { segmentById } from "./segmentQueries.ts";
import { segmentResult } from "./segmentResult.ts";
import { SegmentDependent, SegmentResult } from "./segmentResultType.ts";

const idOption = { description: "The segment's id, or its global id." };
const actorOption = { description: "Who does it. Stays on record." };

@Resolver()
export class SegmentMutations {
  @Mutation(() => SegmentResult, {
    description:
      "Records a draft of a segment, new or of a next version. It is checked against the fact schemas, the tags and the other segments; a version in force stays so.",
  })
  async draftSegment(
    @Arg("input", () => SegmentInput, { description: "The segment as it is to be." }) input: SegmentInput,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return segmentResult(await backend.segmentDefinitions.draft(outsideOf(input), { ...actor }));
  }

  @Mutation(() => SegmentResult, {
    description:
      "Publishes the draft of this version. Its members are worked out from history; until that is done they are those of the version before. Whoever enters or leaves by the switch is told so in the feed, with the cause DEFINITION.",
  })
  async publishSegment(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("version", () => Int, { description: "The version meant, so that nobody publishes a draft unseen." })
    version: number,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return segmentResult(await backend.segmentDefinitions.publish(bareId(id), version, { ...actor }));
  }

  @Mutation(() => SegmentResult, {
    description: "Ends a segment. Refused while others name it. Its past and its changes can still be asked for.",
  })
  async archiveSegment(
    @Arg("id", () => ID, idOption) id: string,
    @Arg("reason", () => String, { description: "Why. Stays on record." }) reason: string,
    @Arg("actor", () => ActorInput, actorOption) actor: ActorInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<object> {
    return segmentResult(await backend.segmentDefinitions.archive(bareId(id), reason, { ...actor }));
  }
}

@Resolver(() => SegmentDependent)
export class SegmentDependentResolver {
  @FieldResolver()
  segment(
    @Root() { segmentId }: { readonly segmentId: SegmentId },
    @Ctx() context: RequestContext,
  ): SegmentNode | null {
    return segmentById(context, segmentId);
  }
}

/** The id that a command names, by itself or as a global id. What is neither goes on as it is, to be refused with reasons. */
function bareId(given: string): string {
  if (SegmentId.parse(given) !== null) return given;
  const global = parseGlobalId(given);
  return global?.type === "Segment" ? global.key : given;
}
