import { Field, InputType } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";
import { FilterInput } from "./factsInput.ts";
import { FormInput, MoneyFormInput } from "./formInput.ts";

@InputType("TagNamedValueInput", { description: "A profile attribute or preference." })
export class NamedValueInput {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => FormInput, { nullable: true, description: "How it is read. Default: after the tag's type." })
  as?: FormInput;
}

@InputType("TagConsentInput", { description: "A consent." })
export class ConsentInput {
  @Field(() => String, { description: "The channel: `email` …" })
  channel!: string;

  @Field(() => String, { description: "The purpose: `marketing` …" })
  purpose!: string;
}

@InputType("TagStandingInput", { description: "How many things the customer has." })
export class StandingInput {
  @Field(() => String, {
    description: "`account`, `card`, `loan`, `standing-order`, `holding` or `relationship`.",
  })
  what!: string;

  @Field(() => FilterInput, { nullable: true, description: "Only those for which this holds." })
  where?: FilterInput;
}

@OneOfInput("TagAttributeInput", "What stands in the profile.")
export class AttributeInput {
  @Field(() => NamedValueInput, { nullable: true, description: "An attribute." })
  profile?: NamedValueInput;

  @Field(() => NamedValueInput, { nullable: true, description: "A preference." })
  preference?: NamedValueInput;

  @Field(() => ConsentInput, { nullable: true, description: "Whether a consent is granted and not withdrawn." })
  consent?: ConsentInput;

  @Field(() => MoneyFormInput, {
    nullable: true,
    description: "The sum of the balances of all accounts in a currency.",
  })
  balance?: MoneyFormInput;

  @Field(() => Boolean, { nullable: true, description: "When the customer was registered; `true`." })
  registeredAt?: boolean;

  @Field(() => StandingInput, { nullable: true, description: "What the customer has: accounts, cards, loans …" })
  standing?: StandingInput;
}
