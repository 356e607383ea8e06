import { Field, InputType } from "type-graphql";
import { AttributeInput } from "../../tag/input/attributeInput.ts";
import { FactsInput } from "../../tag/input/factsInput.ts";
import { MeasureInput } from "../../tag/input/measureInput.ts";
import { ValueTypeInput } from "../../tag/input/valueTypeInput.ts";
import { TestFields } from "./testFields.ts";

@InputType("SegmentTagTestInput", { description: "A test of a tag's value: `code`, and exactly one comparison." })
export class TagTestInput extends TestFields {
  @Field(() => String, { description: "The tag's code." })
  code!: string;
}

@InputType("SegmentAttributeTestInput", {
  description: "A test of what stands in the profile: `of`, `type`, and exactly one comparison.",
})
export class AttributeTestInput extends TestFields {
  @Field(() => AttributeInput, { description: "What is looked at." })
  of!: AttributeInput;

  @Field(() => ValueTypeInput, { description: "As a value of this type." })
  type!: ValueTypeInput;
}

@InputType("SegmentMeasureTestInput", {
  description: "A test of what is measured on facts: `of`, `facts`, and exactly one comparison.",
})
export class MeasureTestInput extends TestFields {
  @Field(() => MeasureInput, { description: "What is measured." })
  of!: MeasureInput;

  @Field(() => FactsInput, { description: "On which facts." })
  facts!: FactsInput;

  @Field(() => ValueTypeInput, {
    nullable: true,
    description: "As a value of this type. Default: a whole number, for what counts something; else it has to be said.",
  })
  type?: ValueTypeInput;
}
