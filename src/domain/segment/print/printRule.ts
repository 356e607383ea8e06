import { formatInstant } from "../../instant.ts";
import { formatMinorUnits } from "../../money.ts";
import { formatDuration } from "../../tag/duration.ts";
import type { OutsideFacts } from "../../tag/outside.ts";
import { printValueType } from "../../tag/print/printDefinition.ts";
import { printFacts, printFilter, printWindow } from "../../tag/print/printFacts.ts";
import { printMeasure, printSource } from "../../tag/print/printRule.ts";
import type { Standards } from "../../tag/standards.ts";
import type { OutsideDid, OutsideKinds, OutsideSegmentRule } from "../outside.ts";
import type { Facts, Rule, Sequence } from "../rule.ts";
import { printTest } from "./printTest.ts";

/** The outside form of a rule, with nothing left to defaults: `parseRule` gives the same rule again. */
export function printRule(rule: Rule, standards: Standards): OutsideSegmentRule {
  switch (rule.kind) {
    case "all":
    case "any":
      return { [rule.kind]: rule.of.map(inner => printRule(inner, standards)) };
    case "not":
      return { not: printRule(rule.of, standards) };
    case "value":
      return printValueLeaf(rule, standards);
    case "did":
    case "didNot": {
      const did: OutsideDid = { ...printFacts(rule.facts, standards), times: rule.times };
      return { [rule.kind]: did };
    }
    case "first": {
      const first: OutsideFacts = printFacts(rule.facts, standards);
      return { first };
    }
    case "regularly": {
      const { facts, unit, zone, periods, atLeast } = rule;
      return { regularly: { ...printKinds(facts, standards), unit, zone, periods, atLeast } };
    }
    case "stopped": {
      const { facts, active, times, quiet } = rule;
      const lengths = { active: formatDuration(active), times, quiet: formatDuration(quiet) };
      return { stopped: { ...printKinds(facts, standards), ...lengths } };
    }
    case "restarted": {
      const lengths = { recent: formatDuration(rule.recent), quiet: formatDuration(rule.quiet) };
      return { restarted: { ...printKinds(rule.facts, standards), ...lengths } };
    }
    case "sequence":
      return { sequence: printSequence(rule.sequence, standards) };
    case "relation": {
      const { kinds, direction, quantifier } = rule;
      const where = printRule(rule.where, standards);
      const holds =
        typeof quantifier === "object" ? { atLeast: { count: quantifier.atLeast, where } } : { [quantifier]: where };
      return { relation: { kinds, direction, ...holds } };
    }
    case "segment":
      return { segment: rule.id };
    case "list":
      return { list: rule.code };
    case "snapshot":
      return { snapshot: { segment: rule.segment, at: formatInstant(rule.at) } };
    case "sample": {
      const { salt, from, to } = rule;
      return { sample: from === 0 ? { salt, percent: formatMinorUnits(to, 2) } : { salt, buckets: { from, to } } };
    }
    case "top":
      return { top: { count: rule.count, [rule.order]: rule.by } };
  }
}

function printValueLeaf({ subject, test }: Extract<Rule, { kind: "value" }>, standards: Standards): OutsideSegmentRule {
  const outside = printTest(test, subject.type, standards);
  if (subject.kind === "tag") return { tag: { code: subject.code, ...outside } };
  const type = printValueType(subject.type);
  if (subject.kind === "attribute")
    return { attribute: { of: printSource(subject.source, standards), type, ...outside } };
  const { measure, facts } = subject;
  return { measure: { of: printMeasure(measure), facts: printFacts(facts, standards), type, ...outside } };
}

const printKinds = ({ types, where }: Facts, standards: Standards): OutsideKinds => ({
  types,
  ...(where === null ? {} : { where: printFilter(where, standards) }),
});

function printSequence(
  { steps, window, minGap, maxGap, within, same }: Sequence,
  standards: Standards,
): NonNullable<OutsideSegmentRule["sequence"]> {
  return {
    steps: steps.map(({ facts, absent }) => ({ ...printKinds(facts, standards), ...(absent ? { absent } : {}) })),
    window: printWindow(window),
    ...(minGap === null ? {} : { minGap: formatDuration(minGap) }),
    ...(maxGap === null ? {} : { maxGap: formatDuration(maxGap) }),
    ...(within === null ? {} : { within: formatDuration(within) }),
    ...(same.length === 0 ? {} : { same }),
  };
}
