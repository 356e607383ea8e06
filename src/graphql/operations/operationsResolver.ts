import { Ctx, FieldResolver, Float, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Result } from "../../domain/result.ts";
import type { AlreadyRunning, RunStatus, VerificationStatus } from "../../projections/operations.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { RequestContext } from "../context.ts";
import {
  type AlreadyRunningType,
  RebuildType,
  StartRebuildResult,
  StartVerificationResult,
  VerificationType,
} from "./runTypes.ts";

@Resolver()
export class OperationsResolver {
  @Query(() => RebuildType, {
    nullable: true,
    description: "The latest rebuild since the process started, running or ended; null when there was none.",
  })
  rebuild(@Ctx() { backend }: RequestContext): MaybePromise<RunStatus | null> {
    return backend.operations.rebuild();
  }

  @Query(() => VerificationType, {
    nullable: true,
    description: "The latest verification since the process started, running or ended; null when there was none.",
  })
  verification(@Ctx() { backend }: RequestContext): MaybePromise<VerificationStatus | null> {
    return backend.operations.verification();
  }

  @Mutation(() => StartRebuildResult, {
    description:
      "Starts making the read models anew. Queries go on with the ones in use until the switch. See `rebuild`.",
  })
  async startRebuild(@Ctx() { backend }: RequestContext): Promise<RunStatus | AlreadyRunningType> {
    return started(await backend.operations.startRebuild(), "rebuild");
  }

  @Mutation(() => StartVerificationResult, {
    description: "Starts checking the log and the read models. Changes nothing. See `verification`.",
  })
  async startVerification(@Ctx() { backend }: RequestContext): Promise<VerificationStatus | AlreadyRunningType> {
    return started(await backend.operations.startVerification(), "verification");
  }
}

const started = <Status>(result: Result<Status, AlreadyRunning>, query: string): Status | AlreadyRunningType =>
  result.ok ? result.value : { message: `Follow the one at work with the query \`${query}\`, or wait for its end.` };

const progressOption = { description: "The share that is done, from 0 to 1." };

@Resolver(() => RebuildType)
export class RebuildResolver {
  @FieldResolver(() => Float, progressOption)
  progress(@Root() run: RunStatus): number {
    return progressOf(run);
  }
}

@Resolver(() => VerificationType)
export class VerificationResolver {
  @FieldResolver(() => Float, progressOption)
  progress(@Root() run: RunStatus): number {
    return progressOf(run);
  }
}

const progressOf = ({ state, processed, target }: RunStatus): number =>
  state === "done" || target === 0 ? 1 : Math.min(1, processed / target);
