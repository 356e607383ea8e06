import { createUnionType, Field, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";

const RunState = { RUNNING: "running", DONE: "done", FAILED: "failed" } as const;
type RunState = (typeof RunState)[keyof typeof RunState];

registerEnumType(RunState, {
  name: "RunState",
  description: "How far a long run has come.",
  valuesConfig: {
    RUNNING: { description: "It is at work." },
    DONE: { description: "It came to its end." },
    FAILED: { description: "It stopped before its end; nothing was changed by it." },
  },
});

@ObjectType("Rebuild", {
  simpleResolvers: true,
  description:
    "Making the read models anew from the first event on, beside the ones in use, then switching over at once.",
})
export class RebuildType {
  @Field(() => RunState, { description: "How far it has come." })
  state!: RunState;

  @Field(() => PositionText, { description: "The last position worked in." })
  processed!: number;

  @Field(() => PositionText, { description: "The position to reach; grows while facts come in." })
  target!: number;

  @Field(() => DateTime, { description: "When it was started." })
  startedAt!: Instant;

  @Field(() => DateTime, { nullable: true, description: "When it ended; null while it runs." })
  finishedAt!: Instant | null;

  @Field(() => String, { nullable: true, description: "Why it failed, for the operator." })
  error!: string | null;
}

@ObjectType("Verification", {
  simpleResolvers: true,
  description: "Checking the log's hash chain, and the read models against the whole log worked in anew.",
})
export class VerificationType extends RebuildType {
  @Field(() => Boolean, { nullable: true, description: "Whether everything agrees; null until it is done." })
  matches!: boolean | null;

  @Field(() => [String], { description: "What does not agree, one line each." })
  findings!: readonly string[];
}

@ObjectType("AlreadyRunning", { simpleResolvers: true, description: "One is at work already; none was started." })
export class AlreadyRunningType {
  @Field(() => String, { description: "What to do." })
  message!: string;
}

export const StartRebuildResult = createUnionType({
  name: "StartRebuildResult",
  description: "The rebuild that was started, or why none was.",
  types: () => [RebuildType, AlreadyRunningType] as const,
  resolveType: value => ("state" in value ? "Rebuild" : "AlreadyRunning"),
});

export const StartVerificationResult = createUnionType({
  name: "StartVerificationResult",
  description: "The verification that was started, or why none was.",
  types: () => [VerificationType, AlreadyRunningType] as const,
  resolveType: value => ("state" in value ? "Verification" : "AlreadyRunning"),
});
