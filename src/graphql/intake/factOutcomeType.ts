import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import type { FactOutcome } from "../../intake/fact.ts";
import { EventType } from "../event/eventType.ts";
import { FaultType } from "../quarantine/faultType.ts";
import { PositionText } from "../scalars/position.ts";

@ObjectType("FactAccepted", { simpleResolvers: true, description: "The fact is in the log for good." })
export class FactAccepted {
  @Field(() => PositionText, { description: "Where it stands in the log. Hand it back as `minPosition` to read it." })
  position!: number;

  @Field(() => ID, { description: "The id of its event." })
  eventId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The bare id of the customer it is about; null when it is about nobody known.",
  })
  customerId!: string | null;

  @Field(() => [String], { description: "Oddities that were no reason to refuse it." })
  flags!: readonly string[];

  @Field(() => EventType, { description: "Its event." })
  event!: object;
}

@ObjectType("FactDuplicate", {
  simpleResolvers: true,
  description: "The same fact is in the log already; nothing was written.",
})
export class FactDuplicate {
  @Field(() => PositionText, { description: "Where the first one stands in the log." })
  position!: number;

  @Field(() => ID, { description: "The id of its event." })
  eventId!: string;

  @Field(() => EventType, { description: "Its event." })
  event!: object;
}

@ObjectType("FactQuarantined", {
  simpleResolvers: true,
  description: "The fact was refused, and is kept whole in the quarantine until somebody settles it.",
})
export class FactQuarantined {
  @Field(() => ID, { description: "Its id in the quarantine; see `quarantinedFact`." })
  quarantineId!: string;

  @Field(() => [FaultType], { description: "Everything that is wrong with it." })
  faults!: readonly FaultType[];
}

const typeOfKind: Readonly<Record<FactOutcome["kind"], string>> = {
  accepted: "FactAccepted",
  duplicate: "FactDuplicate",
  quarantined: "FactQuarantined",
};

export const FactOutcomeUnion = createUnionType({
  name: "FactOutcome",
  description: "What became of one fact. It is durable by the time it is told.",
  types: () => [FactAccepted, FactDuplicate, FactQuarantined] as const,
  resolveType: value => typeOfKind[(value as unknown as FactOutcome).kind],
});
