import type { Fault } from "../../fault.ts";
import { parseRule } from "../parse/parseRule.ts";
import type { RuleSurroundings } from "../parse/ruleReading.ts";
import { printRule } from "../print/printRule.ts";
import type { Rule } from "../rule.ts";
import { checkTagTypes } from "./checkTagTypes.ts";

/** What no longer makes sense in a rule that did when it was recorded: tags and fact types may have changed since. */
export function rereadFaults(rule: Rule, surroundings: RuleSurroundings): readonly Fault[] {
  const changed = checkTagTypes(rule, surroundings.tag);
  if (changed.length > 0) return changed;
  const parsed = parseRule(printRule(rule, surroundings.standards), surroundings);
  return parsed.ok ? [] : parsed.refusal;
}
