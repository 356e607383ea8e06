import { Field, ObjectType } from "type-graphql";
import { PositionText } from "../scalars/position.ts";

@ObjectType("Log", {
  simpleResolvers: true,
  description: "The event log, and how far the read models have followed it.",
})
export class LogType {
  @Field(() => String, { description: "The id of this log. Positions and ids of another log mean nothing here." })
  logId!: string;

  @Field(() => PositionText, { description: "The position of the last event in the log." })
  head!: number;

  @Field(() => PositionText, {
    description: "The position that this answer reflects, the same as `extensions.position`.",
  })
  position!: number;
}
