import { createUnionType, Field, InputType, Int, ObjectType } from "type-graphql";
import { ActorInput } from "../event/actorType.ts";
import { PositionText } from "../scalars/position.ts";
import { FactInput } from "./factInput.ts";
import { FactOutcomeUnion } from "./factOutcomeType.ts";

/** A larger batch belongs to `/facts`, which streams. */
export const largestBatch = 1_000;

@InputType({ description: "Facts to record, and what holds for those that do not say it themselves." })
export class RecordFactsInput {
  @Field(() => String, { description: "The upstream system these facts come from." })
  source!: string;

  @Field(() => [FactInput], { description: `The facts, at most ${largestBatch}.` })
  facts!: FactInput[];

  @Field(() => ActorInput, {
    nullable: true,
    description: "Who hands them in; for manual entry, the person. Default: the source, as a service.",
  })
  actor?: ActorInput | null;

  @Field(() => String, { nullable: true, description: "Ties the facts of this batch together." })
  correlationId?: string | null;
}

@ObjectType("FactsRecorded", { simpleResolvers: true, description: "What became of a batch of facts." })
export class FactsRecorded {
  @Field(() => [FactOutcomeUnion], { description: "One outcome for each fact, in the same order." })
  outcomes!: readonly object[];

  @Field(() => Int, { description: "How many were accepted." })
  accepted!: number;

  @Field(() => Int, { description: "How many were there already." })
  duplicates!: number;

  @Field(() => Int, { description: "How many were refused, and wait in the quarantine." })
  quarantined!: number;

  @Field(() => PositionText, {
    nullable: true,
    description: "The highest position among the outcomes: hand it back as `minPosition` to read your own writes.",
  })
  position!: number | null;
}

@ObjectType("BatchTooLarge", {
  simpleResolvers: true,
  description: "The batch was refused as a whole and nothing of it was recorded.",
})
export class BatchTooLarge {
  @Field(() => Int, { description: "How many facts were given." })
  given!: number;

  @Field(() => Int, { description: "How many one batch may have." })
  limit!: number;

  @Field(() => String, { description: "What to do." })
  message!: string;
}

export const RecordFactsResult = createUnionType({
  name: "RecordFactsResult",
  description: "What became of the batch.",
  types: () => [FactsRecorded, BatchTooLarge] as const,
  resolveType: value => ("outcomes" in value ? "FactsRecorded" : "BatchTooLarge"),
});
