import type { AttributeSource, TagRule } from "../../../domain/tag/rule.ts";
import { standingTypes } from "../../../domain/tag/standing.ts";

/** The fact types that a rule looks at itself, not through other tags. */
export function factTypesOf(rule: TagRule): readonly string[] {
  switch (rule.kind) {
    case "statistic":
      return rule.facts.types;
    case "attribute":
      return ofSource(rule.source);
    case "relation":
      return ["relationship-established", "relationship-ended"];
    case "manual":
      return ["tag-assigned"];
    case "score":
      return ["score-reported"];
    case "formula":
    case "tiers":
    case "rfm":
    case "lookAlike":
      return [];
  }
}

function ofSource(source: AttributeSource): readonly string[] {
  switch (source.kind) {
    case "attribute":
      return ["customer-registered", "customer-attributes-changed"];
    case "preference":
      return ["preference-set"];
    case "consent":
      return ["consent-granted", "consent-withdrawn"];
    case "balance":
      return ["account-opened", "balance-reported", "transaction-posted"];
    case "registeredAt":
      return ["customer-registered"];
    case "standing":
      return [standingTypes[source.what]];
  }
}
