import type { OutsideAttribute, OutsideMeasure, OutsideRule } from "../outside.ts";
import type { AttributeSource, Measure, TagRule } from "../rule.ts";
import type { Standards } from "../standards.ts";
import type { ValueType } from "../tagValue.ts";
import { printExpression } from "./printExpression.ts";
import { printFacts, printFilter, printForm } from "./printFacts.ts";
import { printValue } from "./printValue.ts";

/** `type`: of the tag, which the values of its tiers have. */
export function printRule(rule: TagRule, type: ValueType, standards: Standards): OutsideRule {
  switch (rule.kind) {
    case "attribute":
      return { attribute: printSource(rule.source, standards) };
    case "statistic":
      return { statistic: { measure: printMeasure(rule.measure), facts: printFacts(rule.facts, standards) } };
    case "formula":
      return { formula: printExpression(rule.expression, standards) };
    case "tiers":
      return {
        tiers: {
          tiers: rule.tiers.map(({ value, when }) => ({
            // A tier has a value: the parser takes none that is missing.
            value: printValue(value!, type, standards),
            when: printExpression(when, standards),
          })),
          ...(rule.otherwise === null ? {} : { otherwise: printValue(rule.otherwise, type, standards) }),
        },
      };
    case "relation": {
      const { kinds, direction, measure, of, includeSelf } = rule;
      return { relation: { kinds, direction, measure, ...(of === null ? {} : { of }), includeSelf } };
    }
    case "manual":
      return { manual: true };
    case "condition":
    case "enrolment":
      throw new Error(`a tag of kind ${rule.kind} is kept for the system's own sake and has no outside form`);
    case "rfm": {
      const { output, recency, frequency, monetary, groups, tieSystem } = rule;
      return { rfm: { output, recency, frequency, monetary, groups, ...(tieSystem === null ? {} : { tieSystem }) } };
    }
    case "score":
      return { score: { model: rule.model, decimals: rule.decimals } };
    case "lookAlike":
      return { lookAlike: { seed: rule.seed, features: rule.features } };
  }
}

export function printSource(source: AttributeSource, standards: Standards): OutsideAttribute {
  switch (source.kind) {
    case "attribute":
      return { profile: { name: source.name, as: printForm(source.form) } };
    case "preference":
      return { preference: { name: source.name, as: printForm(source.form) } };
    case "consent":
      return { consent: { channel: source.channel, purpose: source.purpose } };
    case "balance":
      return { balance: { currency: source.currency } };
    case "registeredAt":
      return { registeredAt: true };
    case "standing": {
      const { what, where } = source;
      return { standing: { what, ...(where === null ? {} : { where: printFilter(where, standards) }) } };
    }
  }
}

export function printMeasure(measure: Measure): OutsideMeasure {
  if (measure.kind === "count") return { count: true };
  if (measure.kind === "distinctDays") return { distinctDays: { zone: measure.zone } };
  return { [measure.kind]: { field: measure.field, as: printForm(measure.form) } };
}
