import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { sourceFault } from "../../intake/checkEnvelope.ts";
import type { FactOutcome } from "../../intake/fact.ts";
import type { RequestContext } from "../context.ts";
import { badUserInput } from "../errors.ts";
import { factOf } from "./factInput.ts";
import {
  type BatchTooLarge,
  type FactsRecorded,
  largestBatch,
  RecordFactsInput,
  RecordFactsResult,
} from "./recordFactsType.ts";

@Resolver()
export class RecordFactsResolver {
  @Mutation(() => RecordFactsResult, {
    description:
      "Records facts. Each stands or falls alone; every outcome is durable by the time it is told. Sending a batch again is safe.",
  })
  async recordFacts(
    @Arg("input", () => RecordFactsInput, { description: "The facts." }) input: RecordFactsInput,
    @Ctx() { backend }: RequestContext,
  ): Promise<FactsRecorded | BatchTooLarge> {
    const { source, facts, actor, correlationId } = input;
    if (facts.length > largestBatch) return tooLarge(facts.length);
    const fault = sourceFault(source);
    if (fault !== null) throw badUserInput("input.source", `\`input.source\` ${fault.message}.`);
    const outcomes = await backend.intake.submit(
      { format: "facts", facts: facts.map(fact => factOf(fact, source)) },
      {
        source,
        ...(actor != null && { actor: { kind: actor.kind, id: actor.id } }),
        ...(correlationId != null && { correlationId }),
      },
    );
    return recorded(outcomes);
  }
}

const tooLarge = (given: number): BatchTooLarge => ({
  given,
  limit: largestBatch,
  message: `Send at most ${largestBatch} facts at a time, or stream them to /facts.`,
});

function recorded(outcomes: readonly FactOutcome[]): FactsRecorded {
  const count = (kind: FactOutcome["kind"]) => outcomes.filter(outcome => outcome.kind === kind).length;
  const positions = outcomes.flatMap(outcome => ("position" in outcome ? [outcome.position] : []));
  return {
    outcomes,
    accepted: count("accepted"),
    duplicates: count("duplicate"),
    quarantined: count("quarantined"),
    position: positions.length === 0 ? null : positions.reduce((a, b) => Math.max(a, b)),
  };
}
