import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import type { Actor } from "../../domain/event.ts";

export const ActorKind = { PERSON: "person", SERVICE: "service", SYSTEM: "system" } as const;
type ActorKind = (typeof ActorKind)[keyof typeof ActorKind];

registerEnumType(ActorKind, {
  name: "ActorKind",
  description: "What kind of actor caused an event.",
  valuesConfig: {
    PERSON: { description: "A human being, by their id at the bank." },
    SERVICE: { description: "Another machine, such as an upstream system." },
    SYSTEM: { description: "This system itself." },
  },
});

@ObjectType("Actor", { simpleResolvers: true, description: "Who caused an event." })
export class ActorType implements Actor {
  @Field(() => ActorKind, { description: "Person, machine, or this system itself." })
  kind!: ActorKind;

  @Field(() => String, { description: "Their id; for a service, its name." })
  id!: string;
}

@InputType({ description: "Who caused something, or who is asking for it now." })
export class ActorInput implements Actor {
  @Field(() => ActorKind, { description: "Person, machine, or this system itself." })
  kind!: ActorKind;

  @Field(() => String, { description: "Their id; for a service, its name." })
  id!: string;
}
