import type { TagVersion } from "../../../domain/tag/definition.ts";
import { enrolmentEvaluator } from "../../campaigns/enrolment/enrolmentEvaluator.ts";
import { formulaEvaluator, tiersEvaluator } from "../formula/formulaTag.ts";
import { statisticEvaluator } from "../statistic/statistic.ts";
import type { RuleEvaluator } from "./asking.ts";
import { conditionEvaluator } from "./conditionTag.ts";
import { manualEvaluator } from "./manualTag.ts";
import { relationEvaluator } from "./relationTag.ts";
import { refreshedEvaluator, scoreEvaluator } from "./reportedTag.ts";
import type { RuleSurroundings } from "./ruleSurroundings.ts";
import { sourceEvaluator } from "./sourceEvaluator.ts";

/** How a tag's rule is answered. Tags it is computed from need not be ready yet. */
export function ruleEvaluator({ code, definition }: TagVersion, around: RuleSurroundings): RuleEvaluator {
  const { rule, type } = definition;
  switch (rule.kind) {
    case "attribute":
      return sourceEvaluator(rule.source, type, around.derived);
    case "statistic": {
      const { measure, facts } = rule;
      return statisticEvaluator(measure, facts, type, around.selectionOf(facts.types, facts.where), around.derived);
    }
    case "formula":
      return formulaEvaluator(rule, type, around);
    case "tiers":
      return tiersEvaluator(rule, around);
    case "relation":
      return relationEvaluator(rule, type, rule.of === null ? null : around.typeOf(rule.of), around.inputOf);
    case "manual":
      return manualEvaluator(code, type);
    case "condition":
      return conditionEvaluator(rule.rule, around);
    case "enrolment":
      return enrolmentEvaluator(rule, around);
    case "score":
      return scoreEvaluator(rule.model, rule.decimals, type);
    case "rfm":
      return refreshedEvaluator(code, type, [rule.recency, rule.frequency, rule.monetary], around.inputOf);
    case "lookAlike":
      return refreshedEvaluator(code, type, rule.features, around.inputOf);
  }
}
