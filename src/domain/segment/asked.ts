import type { TagCode } from "../tag/definition.ts";
import type { AttributeSource } from "../tag/rule.ts";
import type { Facts, Rule, Subject } from "./rule.ts";

/** Something that a rule looks at; `related`: of the customers related to the one that is asked about. */
export type Asked = { readonly related: boolean } & (
  | { readonly kind: "tag"; readonly code: TagCode }
  | { readonly kind: "facts"; readonly facts: Facts }
  | { readonly kind: "attribute"; readonly source: AttributeSource }
  | { readonly kind: "relationships"; readonly direction: "outgoing" | "incoming" | "both" }
);

/**
 * All that a rule looks at of the customer and those related to it, in order of appearance; not what other segments, snapshots
 * and the best by a tag are worked out from.
 */
export function askedBy(rule: Rule, related = false): readonly Asked[] {
  switch (rule.kind) {
    case "all":
    case "any":
      return rule.of.flatMap(part => askedBy(part, related));
    case "not":
      return askedBy(rule.of, related);
    case "value": {
      const { subject, test } = rule;
      const other: Asked[] = test.kind === "compareTo" ? [{ kind: "tag", code: test.code, related }] : [];
      return [askedOf(subject, related), ...other];
    }
    case "did":
    case "didNot":
    case "first":
    case "regularly":
    case "stopped":
    case "restarted":
      return [{ kind: "facts", facts: rule.facts, related }];
    case "sequence":
      return rule.sequence.steps.map(({ facts }) => ({ kind: "facts", facts, related }));
    case "relation":
      return [{ kind: "relationships", direction: rule.direction, related }, ...askedBy(rule.where, true)];
    case "list":
      return [{ kind: "tag", code: rule.code, related }];
    case "segment":
    case "snapshot":
    case "sample":
    case "top":
      return [];
  }
}

function askedOf(subject: Subject, related: boolean): Asked {
  switch (subject.kind) {
    case "tag":
      return { kind: "tag", code: subject.code, related };
    case "attribute":
      return { kind: "attribute", source: subject.source, related };
    case "measure":
      return { kind: "facts", facts: subject.facts, related };
  }
}
