import { enrolmentTypes } from "../effect/enrolmentRule.ts";
import { type Asked, askedBy } from "../segment/asked.ts";
import type { AttributeSource, TagRule } from "./rule.ts";
import { standingTypes } from "./standing.ts";

/** The fact types that a rule itself looks at, not those of the tags it names. */
export function factTypesOf(rule: TagRule): readonly string[] {
  switch (rule.kind) {
    case "attribute":
      return typesOfSource(rule.source);
    case "statistic":
      return rule.facts.types;
    case "relation":
      return standingTypes.relationship;
    case "score":
      return ["score-reported"];
    case "condition":
      return [...new Set(askedBy(rule.rule).flatMap(typesAsked))];
    case "enrolment":
      return [...new Set([...enrolmentTypes, ...rule.kpis.flatMap(({ types }) => types)])];
    case "formula":
    case "tiers":
    case "manual":
    case "rfm":
    case "lookAlike":
      return [];
  }
}

function typesAsked(asked: Asked): readonly string[] {
  switch (asked.kind) {
    case "tag":
      return [];
    case "facts":
      return asked.facts.types;
    case "attribute":
      return typesOfSource(asked.source);
    case "relationships":
      return standingTypes.relationship;
  }
}

/** The fact types that a source of attributes looks at. */
export function typesOfSource(source: AttributeSource): readonly string[] {
  switch (source.kind) {
    case "attribute":
      return ["customer-registered", "customer-attributes-changed"];
    case "preference":
      return ["preference-set"];
    case "consent":
      return ["consent-granted", "consent-withdrawn"];
    case "balance":
      return ["account-opened", "balance-reported", "transaction-posted", "transaction-reversed"];
    case "registeredAt":
      return ["customer-registered"];
    case "standing":
      return standingTypes[source.what];
  }
}
