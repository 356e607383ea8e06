import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagRule } from "../../../domain/tag/rule.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import { exactNumber, rescale } from "../formula/decimals.ts";
import { type Asking, earlier, type RuleEvaluator } from "./asking.ts";
import type { Evaluated } from "./evaluated.ts";
import { plus } from "./ledger.ts";
import { type RelatedCustomer, relatedCustomers } from "./relatedCustomers.ts";
import { decimalsOf, valueText } from "./valueText.ts";

export type RelationRule = Extract<TagRule, { kind: "relation" }>;
export type InputOf = (code: TagCode, asking: Asking) => Evaluated;

/**
 * Over the customers related at T, each counted once. Of nobody `any` is false, `all` true, count and sum are 0; a sum
 * passes over customers for whom the tag is missing.
 */
export function relationEvaluator(
  rule: RelationRule,
  type: ValueType,
  ofType: ValueType | null,
  inputOf: InputOf,
): RuleEvaluator {
  return asking => {
    const { subject, at, known, collector } = asking;
    const { related, positions, ...links } = relatedCustomers(subject, rule.kinds, rule.direction, at, known);
    if (rule.includeSelf) related.push({ customerId: subject.customerId, subject });
    let { validUntil } = links;
    const { of } = rule;
    const values =
      of === null
        ? null
        : related.map(other => {
            const evaluated = valueFor(other, of, asking, inputOf);
            validUntil = earlier(validUntil, evaluated.validUntil);
            return evaluated.value;
          });
    const value = summarise(rule, values, related.length, type, ofType);
    if (collector !== null) {
      collector.positions.push(...positions);
      related.forEach(({ customerId }, index) => {
        collector.related.push({ customerId, value: values?.[index] ?? null });
      });
      const what = of === null ? "customers" : of;
      collector.arithmetic.push(`${rule.measure} of ${what} over ${related.length} = ${valueText(value, type)}`);
    }
    return { value, validUntil };
  };
}

const valueFor = (other: RelatedCustomer, of: TagCode, { at, known }: Asking, inputOf: InputOf): Evaluated =>
  other.subject === null
    ? { value: null, validUntil: null }
    : inputOf(of, { subject: other.subject, at, known, collector: null });

function summarise(
  { measure }: RelationRule,
  values: readonly TagValue[] | null,
  count: number,
  type: ValueType,
  ofType: ValueType | null,
): TagValue {
  switch (measure) {
    case "any":
      return (values ?? []).some(value => value === true);
    case "all":
      return (values ?? []).every(value => value === true);
    case "count": {
      const counted = values === null ? count : values.filter(value => value === true).length;
      return rescale(counted, 0, decimalsOf(type), "count");
    }
    case "sum": {
      const sum = (values ?? []).reduce<number | bigint>(
        (so, value) => (value === null ? so : plus(so, value as number)),
        0,
      );
      const exact = exactNumber(BigInt(sum), "sum over related customers");
      return ofType === null
        ? exact
        : rescale(exact, decimalsOf(ofType), decimalsOf(type), "sum over related customers");
    }
  }
}
