import { Field, ObjectType } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { Provenance } from "../../projections/customer/customer.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";
import { EventType } from "./eventType.ts";

@ObjectType("Provenance", { simpleResolvers: true, description: "Where a value comes from." })
export class ProvenanceType implements Provenance {
  @Field(() => String, { description: "The upstream system that said so." })
  source!: string;

  @Field(() => DateTime, { description: "When it was true." })
  occurredAt!: Instant;

  @Field(() => PositionText, { description: "Where in the log the event stands that says so." })
  position!: number;

  @Field(() => EventType, { description: "The event that says so." })
  event!: object;
}

/** For fields whose parent carries its own provenance. */
export const provenanceOption = { description: "The source, time and event this comes from." };
