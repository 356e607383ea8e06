import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";
import type { FactFilter } from "../../../domain/tag/factSelection.ts";
import type { AttributeSource } from "../../../domain/tag/rule.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import { formulaEvaluator, tiersEvaluator } from "../formula/formulaTag.ts";
import type { DerivedRows } from "../statistic/derivedRows.ts";
import type { SharedSelection } from "../statistic/sharedSelections.ts";
import { statisticEvaluator } from "../statistic/statistic.ts";
import type { RuleEvaluator } from "./asking.ts";
import { attributeEvaluator, preferenceEvaluator, registeredAtEvaluator } from "./attributeValue.ts";
import { balanceEvaluator } from "./balanceTag.ts";
import { consentEvaluator } from "./consentTag.ts";
import { manualEvaluator } from "./manualTag.ts";
import { type InputOf, relationEvaluator } from "./relationTag.ts";
import { refreshedEvaluator, scoreEvaluator } from "./reportedTag.ts";
import { standingEvaluator } from "./standingTag.ts";

/** What rules share and need of each other. */
export type RuleSurroundings = {
  readonly derived: DerivedRows;
  readonly selectionOf: (types: readonly string[], where: FactFilter | null) => SharedSelection;
  readonly typeOf: (code: TagCode) => ValueType;
  readonly inputOf: InputOf;
};

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
    case "score":
      return scoreEvaluator(rule.model, rule.decimals, type);
    case "rfm":
      return refreshedEvaluator(code, type, [rule.recency, rule.frequency, rule.monetary], around.inputOf);
    case "lookAlike":
      return refreshedEvaluator(code, type, rule.features, around.inputOf);
  }
}

function sourceEvaluator(source: AttributeSource, type: ValueType, derived: DerivedRows): RuleEvaluator {
  switch (source.kind) {
    case "attribute":
      return attributeEvaluator(source.name, source.form, type);
    case "preference":
      return preferenceEvaluator(source.name, source.form, type);
    case "consent":
      return consentEvaluator(source.channel, source.purpose, type);
    case "balance":
      return balanceEvaluator(source.currency, derived);
    case "registeredAt":
      return registeredAtEvaluator;
    case "standing":
      return standingEvaluator(source.what, source.where, type);
  }
}
