import { createUnionType, Field, ID, InputType, ObjectType } from "type-graphql";
import type { QuarantineOutcome } from "../../intake/fact.ts";
import { ActorInput } from "../event/actorType.ts";
import { FactInput } from "../intake/factInput.ts";
import { FactAccepted, FactDuplicate, FactQuarantined } from "../intake/factOutcomeType.ts";
import { PositionText } from "../scalars/position.ts";
import { QuarantineStatus } from "./quarantinedFactType.ts";

@InputType({ description: "Send a refused fact through the door again as it is, say after the data standard changed." })
export class ReplayQuarantinedFactInput {
  @Field(() => ID, { description: "The global id, or the bare `quarantineId`." })
  id!: string;

  @Field(() => ActorInput, { description: "Who does it. Stays on record." })
  actor!: ActorInput;
}

@InputType({ description: "Put a refused fact right and send it through the door again." })
export class RepairQuarantinedFactInput {
  @Field(() => ID, { description: "The global id, or the bare `quarantineId`." })
  id!: string;

  @Field(() => FactInput, { description: "The fact as it should have been, whole, with its `source`." })
  fact!: FactInput;

  @Field(() => ActorInput, { description: "Who does it. Stays on record." })
  actor!: ActorInput;

  @Field(() => String, { description: "What was changed and why. Stays on record." })
  note!: string;
}

@InputType({ description: "Give up a refused fact. It stays on record, settled." })
export class DiscardQuarantinedFactInput {
  @Field(() => ID, { description: "The global id, or the bare `quarantineId`." })
  id!: string;

  @Field(() => ActorInput, { description: "Who does it. Stays on record." })
  actor!: ActorInput;

  @Field(() => String, { description: "Why. Stays on record." })
  note!: string;
}

@ObjectType("QuarantinedFactDiscarded", { simpleResolvers: true, description: "The refused fact was given up." })
export class QuarantinedFactDiscarded {
  @Field(() => PositionText, { description: "Where the event stands in the log that settled it." })
  position!: number;
}

@ObjectType("QuarantinedFactNotFound", { simpleResolvers: true, description: "There is no such refused fact." })
export class QuarantinedFactNotFound {
  @Field(() => ID, { description: "The id that was asked for." })
  quarantineId!: string;
}

@ObjectType("QuarantinedFactAlreadySettled", {
  simpleResolvers: true,
  description: "Somebody settled the refused fact before; nothing was done.",
})
export class QuarantinedFactAlreadySettled {
  @Field(() => ID, { description: "The refused fact." })
  quarantineId!: string;

  @Field(() => QuarantineStatus, { description: "How it was settled." })
  status!: QuarantineStatus;
}

const typeOfKind: Readonly<Record<QuarantineOutcome["kind"], string>> = {
  accepted: "FactAccepted",
  duplicate: "FactDuplicate",
  quarantined: "FactQuarantined",
  discarded: "QuarantinedFactDiscarded",
  notFound: "QuarantinedFactNotFound",
  alreadySettled: "QuarantinedFactAlreadySettled",
};
const resolveType = (value: object) => typeOfKind[(value as QuarantineOutcome).kind];

export const ResubmitResult = createUnionType({
  name: "ResubmitQuarantinedFactResult",
  description: "What became of a refused fact that was sent through the door again.",
  types: () =>
    [FactAccepted, FactDuplicate, FactQuarantined, QuarantinedFactNotFound, QuarantinedFactAlreadySettled] as const,
  resolveType,
});

export const DiscardResult = createUnionType({
  name: "DiscardQuarantinedFactResult",
  description: "What became of a refused fact that was given up.",
  types: () => [QuarantinedFactDiscarded, QuarantinedFactNotFound, QuarantinedFactAlreadySettled] as const,
  resolveType,
});
