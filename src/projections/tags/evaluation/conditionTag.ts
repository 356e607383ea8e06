import type { Rule } from "../../../domain/segment/rule.ts";
import { ruleTruth } from "../../segments/rowwise/ruleTruth.ts";
import type { RuleEvaluator } from "./asking.ts";
import type { RuleSurroundings } from "./ruleSurroundings.ts";

/** Whether a rule is true of the customer; never missing. It looks at the customer and its relations alone: other segments are not within its reach. */
export function conditionEvaluator(rule: Rule, around: RuleSurroundings): RuleEvaluator {
  const ask = ruleTruth(rule, { ...around, populations: null });
  return asking => {
    const { truth, validUntil } = ask(asking);
    return { value: truth, validUntil };
  };
}
