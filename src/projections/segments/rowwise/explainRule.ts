import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { askedAnew } from "../../tags/evaluation/askedAnew.ts";
import type { Collector } from "../../tags/evaluation/asking.ts";
import type { Evaluated, Evidence } from "../../tags/evaluation/evaluated.ts";
import type { Moment, TagSubject } from "../../tags/evaluation/evaluateTag.ts";
import { nextChange } from "../../tags/evaluation/nextChange.ts";
import { relatedCustomers } from "../../tags/evaluation/relatedCustomers.ts";
import { ruleTruth } from "./ruleTruth.ts";
import type { Surroundings } from "./surroundings.ts";
import type { AskTruth } from "./truth.ts";

/** One node of a rule, and whether it is true of the customer. */
export type ExplainedNode = {
  /** Where it stands in the outside form: "rule.all[0].not"; what a segment or a relation is made of is below it. */
  readonly path: string;
  readonly kind: Rule["kind"];
  readonly sentence: string;
  /** Whom it is about: the one that was asked about, below a relation those related to it. */
  readonly customerId: CustomerId;
  /** Null where it cannot be evaluated; `failure` says why. */
  readonly truth: boolean | null;
  readonly failure: string | null;
  /** What a leaf stands on; null for nodes that stand on others. */
  readonly evidence: Evidence | null;
  /** When the truth of this node is another one if nothing else arrives; null if it never is. */
  readonly nextChange: Instant | null;
  readonly of: readonly ExplainedNode[];
};

export type SentenceOf = (rule: Rule) => string;

/** Related customers of whom the parts of a condition are shown. */
const mostRelated = 10;
/** Evaluations of single nodes that looking for one node's next change may take; at the end of them the instant up to which it stays. */
const mostEvaluations = 20_000;

/**
 * Why a rule is true or not of a customer, member or not: every node with its truth, its evidence and its next change. Values
 * that are kept already are not relied on. Throws for a segment that is not there or contains itself.
 */
export function explainRule(
  rule: Rule,
  subject: TagSubject,
  moment: Moment,
  around: Surroundings,
  sentenceOf: SentenceOf,
): ExplainedNode {
  const explain = (node: Rule, who: TagSubject, path: string, within: readonly SegmentId[]): ExplainedNode => {
    const { of, size } = below(node, who, path, within);
    const ask = ruleTruth(node, around, within);
    const stands = { path, kind: node.kind, sentence: sentenceOf(node), customerId: who.customerId };
    return { ...stands, ...answered(ask, who, moment, of.length === 0 || node.kind === "relation", size), of };
  };
  const below = (node: Rule, who: TagSubject, path: string, within: readonly SegmentId[]) => {
    switch (node.kind) {
      case "all":
      case "any":
        return sized(node.of.map((part, index) => explain(part, who, `${path}.${node.kind}[${index}]`, within)));
      case "not":
        return sized([explain(node.of, who, `${path}.not`, within)]);
      case "segment": {
        const membership = around.populations?.segment(node.id) ?? null;
        if (membership?.kind !== "rule" || within.includes(node.id)) return sized([]);
        return sized([explain(membership.rule, who, `${path}.segment.rule`, [...within, node.id])]);
      }
      case "relation": {
        const { related } = relatedCustomers(who, node.kinds, node.direction, moment.at, moment.known);
        const name = typeof node.quantifier === "object" ? "atLeast.where" : node.quantifier;
        const asked = related.flatMap(other => (other.subject === null ? [] : [other.subject])).slice(0, mostRelated);
        return sized(asked.map(other => explain(node.where, other, `${path}.relation.${name}`, within)));
      }
      default:
        return sized([]);
    }
  };
  return explain(rule, askedAnew(subject), "rule", []);
}

const sized = (of: readonly ExplainedNode[]) => ({ of, size: 1 + of.reduce((sum, node) => sum + nodesIn(node), 0) });
const nodesIn = ({ of }: ExplainedNode): number => of.reduce((sum, node) => sum + nodesIn(node), 1);

function answered(ask: AskTruth, subject: TagSubject, { at, known }: Moment, withEvidence: boolean, size: number) {
  const collector: Collector = { positions: [], inputs: [], related: [], arithmetic: [], details: {} };
  const evidence = withEvidence ? collector : null;
  const askAt = (then: Instant): Evaluated => {
    const { truth, validUntil } = ask({ subject, at: then, known, collector: null });
    return { value: truth, validUntil };
  };
  try {
    const { truth, validUntil } = ask({ subject, at, known, collector: evidence });
    const next = nextChange({ value: truth, validUntil }, orFailing(askAt), Math.ceil(mostEvaluations / size));
    return { truth, failure: null, evidence, nextChange: next };
  } catch (error) {
    return { truth: null, failure: (error as Error).message, evidence, nextChange: null };
  }
}

/** What cannot be evaluated then is neither true nor false: a change. */
const orFailing =
  (askAt: (then: Instant) => Evaluated) =>
  (then: Instant): Evaluated => {
    try {
      return askAt(then);
    } catch {
      return { value: null, validUntil: null };
    }
  };
