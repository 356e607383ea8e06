import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { JsonValue } from "../../domain/json.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { EventType } from "../event/eventType.ts";
import { NodeType } from "../node/nodeType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { Json } from "../scalars/json.ts";
import { PositionText } from "../scalars/position.ts";
import { FaultType } from "./faultType.ts";

export const QuarantineStatus = { OPEN: "open", ACCEPTED: "accepted", DISCARDED: "discarded" } as const;
export type QuarantineStatus = (typeof QuarantineStatus)[keyof typeof QuarantineStatus];

registerEnumType(QuarantineStatus, {
  name: "QuarantineStatus",
  description: "What became of a refused fact.",
  valuesConfig: {
    OPEN: { description: "It waits to be repaired, replayed or discarded." },
    ACCEPTED: { description: "It was taken in after all." },
    DISCARDED: { description: "Somebody decided that it is not needed." },
  },
});

export const RawFactForm = { FACT: "fact", CLOUD_EVENT: "cloudevent", TEXT: "text", ROW: "row" } as const;
export type RawFactForm = (typeof RawFactForm)[keyof typeof RawFactForm];

registerEnumType(RawFactForm, {
  name: "RawFactForm",
  description: "How a refused fact was written down when it came.",
  valuesConfig: {
    FACT: { description: "As a fact of this API." },
    CLOUD_EVENT: { description: "As a CloudEvent in JSON." },
    TEXT: { description: "As a line of text that is no JSON." },
    ROW: { description: "As a row of an upstream file." },
  },
});

@ObjectType("QuarantinedFact", {
  implements: NodeType,
  simpleResolvers: true,
  description: "A fact that the door refused. It is kept whole until somebody settles it.",
})
export class QuarantinedFactType {
  @Field(() => ID, { description: "Its id in the quarantine. The same refused fact always gets the same one." })
  quarantineId!: string;

  @Field(() => PositionText, { description: "Where its event stands in the log." })
  position!: number;

  @Field(() => String, { description: "The upstream system it came from." })
  source!: string;

  @Field(() => String, { nullable: true, description: "The fact type it says it is; null when it says nothing." })
  factType!: string | null;

  @Field(() => DateTime, { description: "When it was refused." })
  recordedAt!: Instant;

  @Field(() => [FaultType], { description: "Everything that is wrong with it." })
  faults!: readonly FaultType[];

  @Field(() => QuarantineStatus, { description: "What became of it." })
  status!: QuarantineStatus;

  @Field(() => RawFactForm, { description: "How it was written down." })
  form!: RawFactForm;

  @Field(() => Json, { nullable: true, description: "The refused fact, whole; null once it was erased." })
  raw!: JsonValue;

  @Field(() => EventType, { description: "The event that recorded the refusal." })
  event!: object;

  @Field(() => EventType, { nullable: true, description: "The event that settled it; null while it is open." })
  settledBy!: object | null;
}
export const QuarantinedFactConnection = connectionOf(() => QuarantinedFactType, "QuarantinedFact");
