import { Field, InputType } from "type-graphql";
import { OneOfInput } from "../../oneOf.ts";
import { DateFormInput, FormInput } from "./formInput.ts";

@InputType("TagFieldInput", { description: "A field of the selected facts." })
export class FieldInput {
  @Field(() => String, { description: "A dotted path into the fact's data, or `occurredAt`." })
  field!: string;

  @Field(() => FormInput, {
    nullable: true,
    description: "How its values are read. Default: after the fact's schema and the tag's type.",
  })
  as?: FormInput;
}

@OneOfInput("TagMeasureInput", "What is measured on the selected facts.")
export class MeasureInput {
  @Field(() => Boolean, { nullable: true, description: "How many there are; `true`." })
  count?: boolean;

  @Field(() => DateFormInput, { nullable: true, description: "On how many days there is one." })
  distinctDays?: DateFormInput;

  @Field(() => FieldInput, { nullable: true, description: "The sum; 0 without facts." })
  sum?: FieldInput;

  @Field(() => FieldInput, { nullable: true, description: "The mean, rounded half to even." })
  average?: FieldInput;

  @Field(() => FieldInput, { nullable: true, description: "The smallest value." })
  minimum?: FieldInput;

  @Field(() => FieldInput, { nullable: true, description: "The largest value." })
  maximum?: FieldInput;

  @Field(() => FieldInput, { nullable: true, description: "How many different values there are." })
  distinct?: FieldInput;

  @Field(() => FieldInput, { nullable: true, description: "The value of the earliest fact." })
  first?: FieldInput;

  @Field(() => FieldInput, { nullable: true, description: "The value of the latest fact." })
  last?: FieldInput;

  @Field(() => FieldInput, { nullable: true, description: "The value met most often; of several, the one met last." })
  mostFrequent?: FieldInput;

  @Field(() => FieldInput, { nullable: true, description: "All different values." })
  set?: FieldInput;
}
