import { askedBy } from "../segment/asked.ts";
import type { TagCode } from "./definition.ts";
import type { Expression, TagRule } from "./rule.ts";

/** A tag that a rule is computed from, and where the outside form names it. `of`: whose tag it is. */
export type Reference = {
  readonly code: TagCode;
  readonly path: string;
  /** own: of the same customer. related: of the customers related to it. everyone: of the whole population. */
  readonly of: "own" | "related" | "everyone";
};

/** All tags that a rule names, in order of appearance; a tag named twice is there twice. */
export function referencesOf(rule: TagRule): readonly Reference[] {
  switch (rule.kind) {
    case "formula":
      return own(rule.expression, "rule.formula");
    case "tiers":
      return rule.tiers.flatMap(({ when }, index) => own(when, `rule.tiers.tiers[${index}].when`));
    case "relation":
      return rule.of === null ? [] : [{ code: rule.of, path: "rule.relation.of", of: "related" }];
    case "rfm":
      return (["recency", "frequency", "monetary"] as const).map(name => ({
        code: rule[name],
        path: `rule.rfm.${name}`,
        of: "everyone",
      }));
    case "lookAlike":
      return [
        { code: rule.seed, path: "rule.lookAlike.seed", of: "everyone" },
        ...rule.features.map(
          (code, index): Reference => ({ code, path: `rule.lookAlike.features[${index}]`, of: "everyone" }),
        ),
      ];
    case "condition":
      return askedBy(rule.rule).flatMap(asked =>
        asked.kind === "tag"
          ? [{ code: asked.code, path: "rule.condition", of: asked.related ? "related" : ("own" as const) }]
          : [],
      );
    case "attribute":
    case "statistic":
    case "manual":
    case "score":
    case "enrolment":
      return [];
  }
}

/** The codes that a rule names, each once. */
export const inputsOf = (rule: TagRule): readonly TagCode[] => [...new Set(referencesOf(rule).map(({ code }) => code))];

const own = (expression: Expression, path: string): readonly Reference[] =>
  expression.kind === "tag"
    ? [{ code: expression.code, path: `${path}.tag`, of: "own" }]
    : operandsOf(expression, path).flatMap(operand => own(operand.expression, operand.path));

export type Operand = { readonly expression: Expression; readonly path: string };

/** The names of comparisons in the outside form. */
export const comparisons = {
  "=": "equal",
  "!=": "notEqual",
  "<": "lessThan",
  "<=": "atMost",
  ">": "moreThan",
  ">=": "atLeast",
} as const;

/** The parts of an expression, with their paths in the outside form. */
export function operandsOf(expression: Expression, path: string): readonly Operand[] {
  switch (expression.kind) {
    case "tag":
    case "value":
      return [];
    case "compare": {
      const at = `${path}.${comparisons[expression.operator]}`;
      return [
        { expression: expression.left, path: `${at}[0]` },
        { expression: expression.right, path: `${at}[1]` },
      ];
    }
    case "not":
    case "exists":
      return [{ expression: expression.of, path: `${path}.${expression.kind}` }];
    case "in":
    case "daysSince":
    case "yearsSince":
      return [{ expression: expression.of, path: `${path}.${expression.kind}.of` }];
    case "if":
      return [
        { expression: expression.when, path: `${path}.if.when` },
        { expression: expression.then, path: `${path}.if.then` },
        { expression: expression.otherwise, path: `${path}.if.else` },
      ];
    default:
      return expression.of.map((operand, index) => ({
        expression: operand,
        path: `${path}.${expression.kind}[${index}]`,
      }));
  }
}
