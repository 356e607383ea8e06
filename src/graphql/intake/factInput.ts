import { Field, ID, InputType, Int } from "type-graphql";
import type { JsonObject } from "../../domain/json.ts";
import type { Fact, FactSubject } from "../../intake/fact.ts";
import { ExternalRefInput } from "../customer/identityType.ts";
import { ActorInput } from "../event/actorType.ts";
import { parseGlobalId } from "../node/globalId.ts";
import { Json } from "../scalars/json.ts";

@InputType({ description: "Whose fact it is: exactly one of these." })
export class FactSubjectInput {
  @Field(() => ExternalRefInput, { nullable: true, description: "A customer, by one of their identities." })
  customer?: ExternalRefInput | null;

  @Field(() => ExternalRefInput, { nullable: true, description: "The holder of this account." })
  account?: ExternalRefInput | null;

  @Field(() => ID, { nullable: true, description: "A customer, by global id or bare `customerId`." })
  customerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True: nobody known. Only some fact types allow it." })
  unattributed?: boolean | null;
}

@InputType({
  description:
    "A fact as its source tells it. The door checks it against the data standard (`factTypes`); what is wrong comes back as an outcome of its own.",
})
export class FactInput {
  @Field(() => String, {
    description:
      "The source's own id of the fact. The same id with the same content is a duplicate, never a second fact.",
  })
  id!: string;

  @Field(() => String, { nullable: true, description: "The upstream system. Default: that of the batch." })
  source?: string | null;

  @Field(() => String, { description: "The fact type, such as `transaction-posted`." })
  type!: string;

  @Field(() => Int, { nullable: true, description: "The version of its schema. Default: the newest." })
  schemaVersion?: number | null;

  @Field(() => FactSubjectInput, { description: "Whose fact it is." })
  subject!: FactSubjectInput;

  @Field(() => String, { description: "When it was true, as RFC 3339 text with offset." })
  occurredAt!: string;

  @Field(() => Json, {
    description: 'The content, by the schema of its type. Money is `{ amount: "12.30", currency: "CZK" }`.',
  })
  data!: unknown;

  @Field(() => ActorInput, {
    nullable: true,
    description: "Who caused it. Default: the batch's, else the source itself.",
  })
  actor?: ActorInput | null;

  @Field(() => String, { nullable: true, description: "Ties it to other facts. Default: that of the batch." })
  correlationId?: string | null;

  @Field(() => String, { nullable: true, description: "The id of what led to it." })
  causationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The source's own id of the fact that this one reverses or corrects.",
  })
  corrects?: string | null;
}

/** What the client said, unjudged: the door tells what is wrong with a fact, and keeps it. */
export function factOf(input: FactInput, defaultSource?: string): Fact {
  const source = input.source ?? defaultSource;
  return {
    id: input.id,
    ...(source !== undefined && { source }),
    type: input.type,
    ...(input.schemaVersion != null && { schemaVersion: input.schemaVersion }),
    subject: subjectOf(input.subject),
    occurredAt: input.occurredAt,
    data: input.data as JsonObject,
    ...(input.actor != null && { actor: { kind: input.actor.kind, id: input.actor.id } }),
    ...(input.correlationId != null && { correlationId: input.correlationId }),
    ...(input.causationId != null && { causationId: input.causationId }),
    ...(input.corrects != null && { corrects: input.corrects }),
  } as Fact;
}

function subjectOf({ customer, account, customerId, unattributed }: FactSubjectInput): FactSubject {
  return {
    ...(customer != null && { customer: { system: customer.system, id: customer.id } }),
    ...(account != null && { account: { system: account.system, id: account.id } }),
    ...(customerId != null && { customerId: bareCustomerId(customerId) }),
    ...(unattributed != null && { unattributed }),
  } as unknown as FactSubject;
}

function bareCustomerId(id: string): string {
  const global = parseGlobalId(id);
  return global?.type === "Customer" ? global.key : id;
}
