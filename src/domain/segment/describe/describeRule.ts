import { listed } from "../../tag/describe/describeValue.ts";
import type { Standards } from "../../tag/standards.ts";
import type { Rule } from "../rule.ts";
import { describeLeaf } from "./describeLeaf.ts";

/** Who belongs, as one English sentence: "tier is gold and (in segment a or spend is at least 12.30 CZK)." */
export function describeRule(rule: Rule, standards: Standards): string {
  const sentence = inWords(rule, standards);
  // Codes and names are shown as they are.
  const begun = /^(at least|no|fewer|the|in|on|among|for|not|number|sum|average) /.test(sentence)
    ? `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`
    : sentence;
  return `${begun}.`;
}

/** One node by itself, for trees that show what is below it: "all of", "not", "tier is gold". */
export function describeNode(rule: Rule, standards: Standards): string {
  switch (rule.kind) {
    case "all":
    case "any":
      return `${rule.kind} of`;
    case "not":
      return "not";
    case "relation":
      return describeRelated(rule);
    default:
      return describeLeaf(rule, standards);
  }
}

function inWords(rule: Rule, standards: Standards): string {
  switch (rule.kind) {
    case "all":
    case "any": {
      const [only, ...others] = rule.of;
      if (only !== undefined && others.length === 0) return inWords(only, standards);
      return rule.of.map(part => grouped(part, standards)).join(rule.kind === "all" ? " and " : " or ");
    }
    case "not":
      return `not ${bracketed(inWords(rule.of, standards))}`;
    case "relation":
      return `${describeRelated(rule)} ${bracketed(inWords(rule.where, standards))}`;
    default:
      return describeLeaf(rule, standards);
  }
}

/** As part of a group: in brackets where it could be read another way, having an "and", an "or" or a comma of its own. */
function grouped(rule: Rule, standards: Standards): string {
  const words = inWords(rule, standards);
  return rule.kind !== "not" && / and | or |, |; /.test(words) && !isBracketed(rule) ? bracketed(words) : words;
}

const isBracketed = ({ kind }: Rule): boolean => kind === "relation";
const bracketed = (words: string): string => `(${words})`;

function describeRelated({ kinds, direction, quantifier }: Extract<Rule, { kind: "relation" }>): string {
  const way = { outgoing: " that this customer names", incoming: " that name this customer", both: "" }[direction];
  const many = typeof quantifier === "object" ? `at least ${quantifier.atLeast}` : quantifier;
  return `for ${many} of the customers related as ${listed(kinds, "or")}${way}:`;
}
