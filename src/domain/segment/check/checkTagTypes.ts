import type { Fault } from "../../fault.ts";
import { typeInWords } from "../../tag/check/compatible.ts";
import type { ValueType } from "../../tag/tagValue.ts";
import type { RuleSurroundings } from "../parse/ruleReading.ts";
import { segmentReferences } from "../references.ts";
import type { Rule } from "../rule.ts";

/**
 * Tags that are of another type now than when the rule was read: 1230 was 12.30 then and may be 1,230 now. What else may
 * have changed, reading the rule again tells.
 */
export function checkTagTypes(rule: Rule, tag: RuleSurroundings["tag"], path = "rule"): readonly Fault[] {
  return segmentReferences(rule, path).tags.flatMap(({ code, path: field, type }) => {
    const found = tag(code);
    if (type === null || found.kind === "unusable" || isKeptAlike(type, found.definition.type)) return [];
    const message = `${code} was ${inWords(type)} when this was read and is ${inWords(found.definition.type)} now`;
    return [{ field, code: "type-changed", message }];
  });
}

/** Whether a literal read in one type means the same in the other. */
function isKeptAlike(a: ValueType, b: ValueType): boolean {
  if (a.kind === "number") return b.kind === "number" && a.decimals === b.decimals;
  if (a.kind === "money") return b.kind === "money" && a.currency === b.currency;
  if (a.kind === "date") return b.kind === "date" && a.zone === b.zone;
  return a.kind === b.kind;
}

function inWords(type: ValueType): string {
  if (type.kind === "number") return `${typeInWords(type)} to ${type.decimals} decimals`;
  return type.kind === "date" ? `a date in ${type.zone}` : typeInWords(type);
}
