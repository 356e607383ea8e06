import { Field, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../connection/connectionOf.ts";

const ConsentStatus = { GRANTED: "granted", WITHDRAWN: "withdrawn" } as const;
type ConsentStatus = (typeof ConsentStatus)[keyof typeof ConsentStatus];

registerEnumType(ConsentStatus, {
  name: "ConsentStatus",
  description: "Whether a consent holds. Where there is no consent at all, none was ever given.",
  valuesConfig: { GRANTED: { description: "It holds." }, WITHDRAWN: { description: "It was taken back." } },
});

@ObjectType("Consent", {
  simpleResolvers: true,
  description: "What the customer allows on one channel for one purpose.",
})
export class ConsentType {
  @Field(() => String, { description: "The channel, such as `email`." })
  channel!: string;

  @Field(() => String, { description: "The purpose, such as `marketing`." })
  purpose!: string;

  @Field(() => ConsentStatus, { description: "Whether it holds." })
  status!: ConsentStatus;
}
export const ConsentConnection = connectionOf(() => ConsentType, "Consent", { counted: true });
