import type { Rule } from "./rule.ts";

/** A node of a rule, and where the outside form has it: "rule.all[2].relation.any". */
export type RuleNode = { readonly rule: Rule; readonly path: string };

/** The nodes right below one. */
export function partsOf({ rule, path }: RuleNode): readonly RuleNode[] {
  switch (rule.kind) {
    case "all":
    case "any":
      return rule.of.map((part, index) => ({ rule: part, path: `${path}.${rule.kind}[${index}]` }));
    case "not":
      return [{ rule: rule.of, path: `${path}.not` }];
    case "relation": {
      const where = typeof rule.quantifier === "object" ? "atLeast.where" : rule.quantifier;
      return [{ rule: rule.where, path: `${path}.relation.${where}` }];
    }
    default:
      return [];
  }
}

/** A rule and all nodes below it, each before its parts. */
export const ruleNodes = (rule: Rule, path = "rule"): readonly RuleNode[] => below({ rule, path });

const below = (node: RuleNode): readonly RuleNode[] => [node, ...partsOf(node).flatMap(below)];
