import type { TagDefinition } from "../definition.ts";
import type { AttributeSource, Measure, TagRule } from "../rule.ts";
import type { Standards } from "../standards.ts";
import { describeExpression } from "./describeExpression.ts";
import { describeFacts, describeFilter } from "./describeFacts.ts";
import { describeValue, listed, numbered } from "./describeValue.ts";

/** What a tag is computed from, as one English sentence. */
export function describeRule({ rule, type }: Pick<TagDefinition, "rule" | "type">, standards: Standards): string {
  const sentence = inWords(rule, type, standards);
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}

function inWords(rule: TagRule, type: TagDefinition["type"], standards: Standards): string {
  switch (rule.kind) {
    case "attribute":
      return describeSource(rule.source, type, standards);
    case "statistic":
      return `${describeMeasure(rule.measure)} ${describeFacts(rule.facts, standards)}`;
    case "formula":
      return describeExpression(rule.expression, standards);
    case "tiers": {
      const tiers = rule.tiers.map(
        ({ value, when }) => `${describeValue(value, type, standards)} if ${describeExpression(when, standards)}`,
      );
      return `the first that applies: ${tiers.join("; ")}; else ${describeValue(rule.otherwise, type, standards)}`;
    }
    case "relation":
      return describeRelation(rule);
    case "manual":
      return "set by hand";
    case "condition":
      return "a condition that segments ask about";
    case "enrolment":
      return `what campaign ${rule.campaign} has to say about the customer`;
    case "rfm": {
      const from = `${rule.recency}, ${rule.frequency} and ${rule.monetary}`;
      const what = rule.output === "cell" ? "the cell of all three" : `the group by ${rule.output}`;
      return `${what} among ${rule.groups} equal groups of all customers by ${from}, as of the last refresh`;
    }
    case "score":
      return `the newest score that model ${rule.model} reported`;
    case "lookAlike":
      return `likeness to the customers of ${rule.seed} by ${listed(rule.features, "and")}, 0 to 1, as of the last refresh`;
  }
}

export function describeSource(source: AttributeSource, type: TagDefinition["type"], standards: Standards): string {
  switch (source.kind) {
    case "attribute":
      return `the profile attribute ${source.name}`;
    case "preference":
      return `the preference ${source.name}`;
    case "consent":
      return `whether consent to ${source.purpose} by ${source.channel} stands`;
    case "balance":
      return `the sum of the balances of all accounts in ${source.currency}`;
    case "registeredAt":
      return "when the customer was registered";
    case "standing": {
      const thing = source.what.replace("-", " ");
      const where = source.where === null ? "" : ` where ${describeFilter(source.where, standards)}`;
      return `${type.kind === "boolean" ? `whether any ${thing} stands` : `number of ${numbered(thing, 2)} that stand`}${where}`;
    }
  }
}

const measures: Readonly<Record<Exclude<Measure["kind"], "count" | "distinctDays">, string>> = {
  sum: "sum of",
  average: "average of",
  minimum: "least",
  maximum: "most",
  distinct: "number of different values of",
  first: "first",
  last: "last",
  mostFrequent: "most frequent",
  set: "all values of",
};

export function describeMeasure(measure: Measure): string {
  if (measure.kind === "count") return "number of";
  if (measure.kind === "distinctDays") return `number of days (${measure.zone}) with`;
  const currency = measure.form.kind === "money" ? ` in ${measure.form.currency}` : "";
  return `${measures[measure.kind]} ${measure.field}${currency} over`;
}

function describeRelation({
  kinds,
  direction,
  measure,
  of,
  includeSelf,
}: Extract<TagRule, { kind: "relation" }>): string {
  const way = { outgoing: " that this customer names", incoming: " that name this customer", both: "" }[direction];
  const who = `customers related as ${listed(kinds, "or")}${way}${includeSelf ? ", and this customer" : ""}`;
  switch (measure) {
    case "count":
      return of === null ? `number of ${who}` : `number of ${who} for whom ${of} is true`;
    case "sum":
      return `sum of ${of} over ${who}`;
    case "any":
    case "all":
      return `whether ${of} is true for ${measure} of the ${who}`;
  }
}
