import type { Instant } from "../instant.ts";
import type { TagCode } from "../tag/definition.ts";
import { typesOfSource } from "../tag/factTypesOf.ts";
import type { ValueType } from "../tag/tagValue.ts";
import type { Rule } from "./rule.ts";
import { ruleNodes } from "./ruleNodes.ts";
import type { SegmentId } from "./segment.ts";

/** A tag that a rule names. `type`: that its literals were read in; null where nothing hangs on it. */
export type TagReference = { readonly code: TagCode; readonly path: string; readonly type: ValueType | null };
/** A segment that a rule names; `at`: of a snapshot, else null. */
export type SegmentReference = { readonly id: SegmentId; readonly path: string; readonly at: Instant | null };

/** What a rule is worked out from, in order of appearance; what is named twice is there twice, but for fact types. */
export type SegmentReferences = {
  readonly tags: readonly TagReference[];
  readonly segments: readonly SegmentReference[];
  readonly factTypes: readonly string[];
};

export function segmentReferences(rule: Rule, path = "rule"): SegmentReferences {
  const tags: TagReference[] = [];
  const segments: SegmentReference[] = [];
  const factTypes = new Set<string>();
  for (const node of ruleNodes(rule, path)) {
    tags.push(...tagsIn(node.rule, node.path));
    segments.push(...segmentsIn(node.rule, node.path));
    for (const type of factTypesIn(node.rule)) factTypes.add(type);
  }
  return { tags, segments, factTypes: [...factTypes] };
}

function tagsIn(rule: Rule, path: string): readonly TagReference[] {
  switch (rule.kind) {
    case "value": {
      const { subject, test } = rule;
      const at = `${path}.${subject.kind}`;
      const own = subject.kind === "tag" ? [{ code: subject.code, path: `${at}.code`, type: subject.type }] : [];
      if (test.kind !== "compareTo") return own;
      return [...own, { code: test.code, path: `${at}.compareTo.tag`, type: subject.type }];
    }
    case "list":
      return [{ code: rule.code, path: `${path}.list`, type: { kind: "boolean" } }];
    case "top":
      return [{ code: rule.by, path: `${path}.top.${rule.order}`, type: null }];
    default:
      return [];
  }
}

function segmentsIn(rule: Rule, path: string): readonly SegmentReference[] {
  if (rule.kind === "segment") return [{ id: rule.id, path: `${path}.segment`, at: null }];
  return rule.kind === "snapshot" ? [{ id: rule.segment, path: `${path}.snapshot`, at: rule.at }] : [];
}

function factTypesIn(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case "value":
      if (rule.subject.kind === "attribute") return typesOfSource(rule.subject.source);
      return rule.subject.kind === "measure" ? rule.subject.facts.types : [];
    case "did":
    case "didNot":
    case "first":
    case "regularly":
    case "stopped":
    case "restarted":
      return rule.facts.types;
    case "sequence":
      return rule.sequence.steps.flatMap(({ facts }) => facts.types);
    case "relation":
      return ["relationship-established", "relationship-ended"];
    default:
      return [];
  }
}
