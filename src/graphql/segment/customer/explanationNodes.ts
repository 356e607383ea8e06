import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { ExplainedNode } from "../../../projections/segments/rowwise/explainRule.ts";
import type { Evidence } from "../../../projections/tags/evaluation/evaluated.ts";
import type { CustomerSegmentNode } from "./customerSegmentNode.ts";

/** A node of an explanation that still knows whose it is. */
export type RuleNodeNode = {
  readonly index: number;
  readonly parent: number | null;
  readonly depth: number;
  readonly path: string;
  readonly kind: string;
  readonly sentence: string;
  readonly customerId: CustomerId;
  readonly truth: boolean | null;
  readonly problem: string | null;
  readonly arithmetic: readonly string[];
  readonly details: object;
  readonly nextChange: Instant | null;
  readonly evidence: Evidence | null;
  readonly membership: CustomerSegmentNode;
};

/** Every node of the tree, each before its parts. */
export function explanationNodes(tree: ExplainedNode, membership: CustomerSegmentNode): readonly RuleNodeNode[] {
  const nodes: RuleNodeNode[] = [];
  const take = (node: ExplainedNode, parent: number | null, depth: number): void => {
    const { of, failure, evidence, ...rest } = node;
    const index = nodes.length;
    const said = { arithmetic: evidence?.arithmetic ?? [], details: evidence?.details ?? {} };
    nodes.push({ ...rest, ...said, index, parent, depth, problem: failure, evidence, membership });
    for (const part of of) take(part, index, depth + 1);
  };
  take(tree, null, 0);
  return nodes;
}
