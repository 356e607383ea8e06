import { Field, Int, ObjectType } from "type-graphql";
import { MoneyType } from "../../money/moneyType.ts";
import { DecisionGate } from "../decision/decisionEnums.ts";

@ObjectType("EffectResponses", { simpleResolvers: true, description: "Responses of one kind." })
export class EffectResponsesType {
  @Field(() => String, { description: "What the customer did, as the facts say it." })
  response!: string;

  @Field(() => Int, { description: "How often." })
  count!: number;
}

@ObjectType("EffectSaved", { simpleResolvers: true, description: "Sends that one gate avoided." })
export class EffectSavedType {
  @Field(() => DecisionGate, { description: "The gate." })
  gate!: string;

  @Field(() => Int, { description: "How many sends." })
  contacts!: number;

  @Field(() => [MoneyType], { description: "What they would have cost, by currency." })
  costs!: readonly object[];
}

/** The counts of a funnel that are of contacts and decisions, of which a customer may have several. */
@ObjectType({ simpleResolvers: true })
export abstract class EffectCountsFields {
  @Field(() => Int, { description: "Decisions of any outcome." })
  decided!: number;

  @Field(() => Int, { description: "Decisions to send, but for those withheld." })
  sends!: number;

  @Field(() => Int, {
    description:
      "Decisions to send that were handed to no channel, since consent did not stand any more. They cost nothing and reached nobody; who was assigned stays assigned.",
  })
  withheld!: number;

  @Field(() => Int, { description: "Decisions that held a contact for later." })
  deferred!: number;

  @Field(() => Int, { description: "Decisions not to send, the control's included." })
  skipped!: number;

  @Field(() => Int, { description: "Contacts reported by those who run the campaign elsewhere." })
  contacts!: number;

  @Field(() => Int, { description: "Contacts that were reported as sent." })
  sent!: number;

  @Field(() => Int, { description: "Contacts that were reported as delivered." })
  delivered!: number;

  @Field(() => Int, { description: "Contacts that were reported as bounced." })
  bounced!: number;

  @Field(() => Int, { description: "Contacts that were opened." })
  opened!: number;

  @Field(() => Int, { description: "Contacts in which something was clicked." })
  clicked!: number;

  @Field(() => Int, {
    description: "Contacts that a channel reported as converted. What counts for lifts are the KPIs.",
  })
  converted!: number;

  @Field(() => Int, { description: "Contacts after which the customer wants no more." })
  unsubscribed!: number;

  @Field(() => [EffectResponsesType], { description: "Responses, by kind." })
  responses!: readonly object[];

  @Field(() => [MoneyType], {
    description:
      "By currency: of sends what was decided, of contacts from elsewhere what their channel costs by the definition.",
  })
  costs!: readonly object[];

  @Field(() => [EffectSavedType], { description: "Sends that gates avoided, by gate." })
  saved!: readonly object[];
}

@ObjectType("EffectFunnel", { simpleResolvers: true, description: "What became of some customers, step by step." })
export class EffectFunnelType extends EffectCountsFields {
  @Field(() => Int, { description: "Customers. Of one channel's funnel 0: a customer has no one channel." })
  customers!: number;

  @Field(() => Int, { description: "Customers to whom anything went. Of one channel's funnel 0." })
  reached!: number;
}
