import type { TagRule } from "../../../domain/tag/rule.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import type { RuleEvaluator } from "../evaluation/asking.ts";
import { expressionOperand } from "./expression.ts";
import { expressionText } from "./expressionText.ts";
import { booleanOf, type Giving, type Run, type Surroundings, toTagValue } from "./operand.ts";

type Around = Omit<Surroundings, "traced">;

/** Every expression twice: the quick form, and one that writes down its steps. */
function twoForms(around: Around, compile: (around: Surroundings) => Giving<TagValue>): RuleEvaluator {
  const quick = compile({ ...around, traced: false });
  let traced: Giving<TagValue> | null = null;
  return asking => {
    const run: Run = { asking, validUntil: null };
    if (asking.collector !== null) traced ??= compile({ ...around, traced: true });
    const value = (asking.collector === null || traced === null ? quick : traced)(run);
    return { value, validUntil: run.validUntil };
  };
}

export const formulaEvaluator = (
  { expression }: Extract<TagRule, { kind: "formula" }>,
  type: ValueType,
  around: Around,
): RuleEvaluator => twoForms(around, surroundings => toTagValue(expressionOperand(expression, surroundings), type));

/** The first tier whose condition is true; a missing condition is not. */
export const tiersEvaluator = (rule: Extract<TagRule, { kind: "tiers" }>, around: Around): RuleEvaluator =>
  twoForms(around, surroundings => {
    const tiers = rule.tiers.map(({ value, when }) => ({
      value,
      text: expressionText(when),
      when: booleanOf(expressionOperand(when, surroundings)),
    }));
    return run => {
      const { collector } = run.asking;
      for (const [index, tier] of tiers.entries()) {
        if (tier.when(run) !== true) continue;
        if (collector !== null) Object.assign(collector.details, { tier: index + 1, condition: tier.text });
        return tier.value;
      }
      if (collector !== null) collector.details.tier = null;
      return rule.otherwise;
    };
  });
