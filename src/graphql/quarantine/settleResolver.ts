import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { QuarantineOutcome } from "../../intake/fact.ts";
import type { RequestContext } from "../context.ts";
import { factOf } from "../intake/factInput.ts";
import { quarantineIdOf } from "./quarantineIdOf.ts";
import {
  DiscardQuarantinedFactInput,
  DiscardResult,
  RepairQuarantinedFactInput,
  ReplayQuarantinedFactInput,
  ResubmitResult,
} from "./settleTypes.ts";

@Resolver()
export class SettleResolver {
  @Mutation(() => ResubmitResult, { description: "Sends a refused fact through the door again as it is." })
  replayQuarantinedFact(
    @Arg("input", () => ReplayQuarantinedFactInput, { description: "Which fact, and who asks." })
    { id, actor }: ReplayQuarantinedFactInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<QuarantineOutcome> {
    return backend.intake.settle({ kind: "replay", quarantineId: quarantineIdOf(id), actor: { ...actor } });
  }

  @Mutation(() => ResubmitResult, { description: "Sends a refused fact through the door again, put right." })
  repairQuarantinedFact(
    @Arg("input", () => RepairQuarantinedFactInput, { description: "Which fact, what it should be, and who asks." })
    { id, fact, actor, note }: RepairQuarantinedFactInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<QuarantineOutcome> {
    return backend.intake.settle({
      kind: "repair",
      quarantineId: quarantineIdOf(id),
      actor: { ...actor },
      fact: factOf(fact),
      note,
    });
  }

  @Mutation(() => DiscardResult, { description: "Gives up a refused fact; it stays on record, settled." })
  discardQuarantinedFact(
    @Arg("input", () => DiscardQuarantinedFactInput, { description: "Which fact, why, and who asks." })
    { id, actor, note }: DiscardQuarantinedFactInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<QuarantineOutcome> {
    return backend.intake.settle({ kind: "discard", quarantineId: quarantineIdOf(id), actor: { ...actor }, note });
  }
}
