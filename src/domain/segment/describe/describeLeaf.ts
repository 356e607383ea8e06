import { formatInstant } from "../../instant.ts";
import { formatMinorUnits } from "../../money.ts";
import { describeFacts, describeWindow } from "../../tag/describe/describeFacts.ts";
import { describeMeasure, describeSource } from "../../tag/describe/describeRule.ts";
import { listed, numbered } from "../../tag/describe/describeValue.ts";
import { durationInWords } from "../../tag/duration.ts";
import type { Standards } from "../../tag/standards.ts";
import type { Facts, Rule, Sequence, Subject } from "../rule.ts";
import { describeTest } from "./describeTest.ts";

export type Leaf = Exclude<Rule, { kind: "all" | "any" | "not" | "relation" }>;

/** One condition: "spend is at least 12.30 CZK", "no transaction-posted facts, in the last 30 days". */
export function describeLeaf(rule: Leaf, standards: Standards): string {
  const factsOf = (facts: Facts): string => describeFacts({ ...facts, window: { kind: "lifetime" } }, standards);
  switch (rule.kind) {
    case "value":
      return `${describeSubject(rule.subject, standards)} ${describeTest(rule.test, rule.subject.type, standards)}`;
    case "did":
      return `at least ${rule.times === 1 ? "one" : rule.times} of ${describeFacts(rule.facts, standards)}`;
    case "didNot":
      return rule.times === 1
        ? `no ${describeFacts(rule.facts, standards)}`
        : `fewer than ${rule.times} of ${describeFacts(rule.facts, standards)}`;
    case "first":
      return `the first ever of ${describeFacts(rule.facts, standards)}`;
    case "regularly": {
      const { facts, unit, zone, periods, atLeast } = rule;
      const last = periods === 1 ? `the last calendar ${unit}` : `the last ${periods} calendar ${unit}s`;
      return `${factsOf(facts)}, in at least ${atLeast} of ${last} (${zone})`;
    }
    case "stopped": {
      const { facts, active, times, quiet } = rule;
      const often = times === 1 ? "one" : times;
      return `at least ${often} of ${factsOf(facts)}, in ${durationInWords(active)}, then none in the last ${durationInWords(quiet)}`;
    }
    case "restarted":
      return `${factsOf(rule.facts)}, again in the last ${durationInWords(rule.recent)} after none for ${durationInWords(rule.quiet)}`;
    case "sequence":
      return describeSequence(rule.sequence, factsOf);
    case "segment":
      return `in segment ${rule.id}`;
    case "list":
      return `on list ${rule.code}`;
    case "snapshot":
      return `in segment ${rule.segment} as of ${formatInstant(rule.at)}`;
    case "sample": {
      const { salt, from, to } = rule;
      if (from === 0) return `in the sample of ${formatMinorUnits(to, 2)} % by salt "${salt}"`;
      return `in buckets ${from} to ${to - 1} of 10,000 by salt "${salt}"`;
    }
    case "top":
      return `among the ${rule.count} ${numbered("customer", rule.count)} with the ${rule.order} ${rule.by}`;
  }
}

function describeSubject(subject: Subject, standards: Standards): string {
  switch (subject.kind) {
    case "tag":
      return subject.code;
    case "attribute":
      return describeSource(subject.source, subject.type, standards);
    case "measure":
      return `${describeMeasure(subject.measure)} ${describeFacts(subject.facts, standards)},`;
  }
}

function describeSequence(
  { steps, window, minGap, maxGap, within, same }: Sequence,
  factsOf: (facts: Facts) => string,
): string {
  const order = steps.map(({ facts, absent }) => `${absent ? "no " : ""}${factsOf(facts)}`).join(", then ");
  const apart = [
    minGap === null ? "" : `at least ${durationInWords(minGap)}`,
    maxGap === null ? "" : `at most ${durationInWords(maxGap)}`,
  ].filter(Boolean);
  const bounds = [
    describeWindow(window).replace(/^, /, ""),
    apart.length === 0 ? "" : `${apart.join(" and ")} apart`,
    within === null ? "" : `all within ${durationInWords(within)}`,
    same.length === 0 ? "" : `with the same ${listed(same, "and")}`,
  ].filter(Boolean);
  return [order, ...bounds].join("; ");
}
