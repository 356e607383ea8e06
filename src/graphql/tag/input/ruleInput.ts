import { Field, InputType, Int } from "type-graphql";
import type { OutsideLiteral } from "../../../domain/tag/outside.ts";
import { OneOfInput } from "../../oneOf.ts";
import { AttributeInput } from "./attributeInput.ts";
import { RelationDirectionChoice, RelationMeasureChoice, RfmOutputChoice } from "./choices.ts";
import { ExpressionInput } from "./expressionInput.ts";
import { FactsInput } from "./factsInput.ts";
import { TagLiteral } from "./literal.ts";
import { MeasureInput } from "./measureInput.ts";

@InputType("TagStatisticInput", { description: "A measure over facts." })
export class StatisticInput {
  @Field(() => MeasureInput, { description: "What is measured." })
  measure!: MeasureInput;

  @Field(() => FactsInput, { description: "On which facts." })
  facts!: FactsInput;
}

@InputType("TagTierInput", { description: "One tier." })
export class TierInput {
  @Field(() => TagLiteral, { description: "The tag's value." })
  value!: OutsideLiteral;

  @Field(() => ExpressionInput, { description: "The condition." })
  when!: ExpressionInput;
}

@InputType("TagTiersInput", { description: "The value of the first tier whose condition is true." })
export class TiersInput {
  @Field(() => [TierInput], { description: "The tiers, in order." })
  tiers!: TierInput[];

  @Field(() => TagLiteral, { nullable: true, description: "The value where none matches. Default: none." })
  otherwise?: OutsideLiteral;
}

@InputType("TagRelationInput", { description: "A measure over the customers related to this one." })
export class RelationInput {
  @Field(() => [String], { description: "Kinds of relationship: `spouse`, `household` …" })
  kinds!: string[];

  @Field(() => RelationDirectionChoice, { nullable: true, description: "Which side told of it. Default: either." })
  direction?: keyof typeof RelationDirectionChoice;

  @Field(() => RelationMeasureChoice, { description: "What is measured." })
  measure!: keyof typeof RelationMeasureChoice;

  @Field(() => String, {
    nullable: true,
    description: "The code of the tag that is looked at; only a count may do without.",
  })
  of?: string;

  @Field(() => Boolean, { nullable: true, description: "Whether this customer counts too. Default: no." })
  includeSelf?: boolean;
}

@InputType("TagRfmInput", { description: "Recency, frequency and monetary groups over the whole population." })
export class RfmInput {
  @Field(() => RfmOutputChoice, { description: "Which part the tag shows." })
  output!: keyof typeof RfmOutputChoice;

  @Field(() => String, { description: "The code of the tag that says when the customer last did it." })
  recency!: string;

  @Field(() => String, { description: "The code of the tag that says how often." })
  frequency!: string;

  @Field(() => String, { description: "The code of the tag that says how much." })
  monetary!: string;

  @Field(() => Int, { nullable: true, description: "How many groups. Default: 5." })
  groups?: number;

  @Field(() => String, {
    nullable: true,
    description: "The system whose ids of customers break ties, in natural order. Default: the bare customer id.",
  })
  tieSystem?: string;
}

@InputType("TagScoreInput", { description: "The newest score that a model outside reported." })
export class ScoreInput {
  @Field(() => String, { description: "The model's name." })
  model!: string;

  @Field(() => Int, { nullable: true, description: "Digits after the point. Default: those of the tag's type." })
  decimals?: number;
}

@InputType("TagLookAlikeInput", { description: "Likeness to the customers of a seed tag, from 0 to 1." })
export class LookAlikeInput {
  @Field(() => String, { description: "The code of the boolean tag that the seed has." })
  seed!: string;

  @Field(() => [String], { description: "The codes of the tags by which customers are compared." })
  features!: string[];
}

@OneOfInput("TagRuleInput", "Where the value comes from.")
export class RuleInput {
  @Field(() => AttributeInput, { nullable: true, description: "What stands in the profile." })
  attribute?: AttributeInput;

  @Field(() => StatisticInput, { nullable: true, description: "A measure over facts." })
  statistic?: StatisticInput;

  @Field(() => ExpressionInput, { nullable: true, description: "Computed from other tags." })
  formula?: ExpressionInput;

  @Field(() => TiersInput, { nullable: true, description: "Ordered rules; the first that matches gives the value." })
  tiers?: TiersInput;

  @Field(() => RelationInput, { nullable: true, description: "A measure over related customers." })
  relation?: RelationInput;

  @Field(() => Boolean, { nullable: true, description: "Set by hand or from a list; `true`." })
  manual?: boolean;

  @Field(() => RfmInput, { nullable: true, description: "An RFM group or cell." })
  rfm?: RfmInput;

  @Field(() => ScoreInput, { nullable: true, description: "A score from outside." })
  score?: ScoreInput;

  @Field(() => LookAlikeInput, { nullable: true, description: "A likeness score." })
  lookAlike?: LookAlikeInput;
}
