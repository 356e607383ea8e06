import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../../domain/event.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import type { ExplainedNode } from "../../../projections/segments/rowwise/explainRule.ts";
import type { Evidence } from "../../../projections/tags/evaluation/evaluated.ts";
import { connectionOf } from "../../connection/connectionOf.ts";
import type { Page } from "../../connection/page.ts";
import { PagingArgs } from "../../connection/pagingArgs.ts";
import type { RequestContext } from "../../context.ts";
import { type CustomerNode, customerById } from "../../customer/customerNode.ts";
import { segmentUnanswered } from "../../errors.ts";
import { EventType } from "../../event/eventType.ts";
import { evidencePage } from "../../event/evidencePage.ts";
import { customerTag } from "../../tag/customerTagNode.ts";
import { type SegmentVersionNode, segmentVersionNode } from "../segmentNode.ts";
import { explanationOf } from "./askedRule.ts";
import type { CustomerSegmentNode } from "./customerSegmentNode.ts";
import { CustomerSegmentType } from "./customerSegmentType.ts";
import { explanationNodes, type RuleNodeNode } from "./explanationNodes.ts";
import { RelatedTruthType, SegmentExplanationType, SegmentRuleNodeType } from "./explanationType.ts";

/** An explanation that still knows what it explains. */
type ExplanationNode = Pick<ExplainedNode, "truth" | "nextChange"> & {
  readonly membership: CustomerSegmentNode;
  readonly tree: ExplainedNode;
};
type RelatedTruth = Evidence["related"][number];

/** The facts behind a leaf, counted. */
export const SegmentEvidenceConnection = connectionOf(() => EventType, "SegmentEvidence", { counted: true });

@Resolver(() => CustomerSegmentType)
export class CustomerSegmentResolver {
  @FieldResolver()
  definition(@Root() { segment, record }: CustomerSegmentNode): SegmentVersionNode | null {
    return record === null ? null : segmentVersionNode(segment.segmentState, record);
  }

  @FieldResolver(() => SegmentExplanationType, {
    nullable: true,
    description:
      "Why; null where no version answers, and for a customer who was part of another one then and so a member of nothing.",
  })
  async explain(
    @Root() membership: CustomerSegmentNode,
    @Ctx() context: RequestContext,
  ): Promise<ExplanationNode | null> {
    const { record, customerId, row, asked } = membership;
    if (record === null) return null;
    const answer = await explanationOf(context, { rule: record.definition.rule, customerId, row, asked });
    if (answer.kind === "failed") throw segmentUnanswered("FAILED", answer.problem, {});
    if (answer.found === null) return null;
    const { truth, nextChange } = answer.found;
    return { membership, tree: answer.found, truth, nextChange };
  }
}

@Resolver(() => SegmentExplanationType)
export class SegmentExplanationResolver {
  @FieldResolver()
  definition(@Root() { membership: { segment, record } }: ExplanationNode): SegmentVersionNode {
    return segmentVersionNode(segment.segmentState, record!);
  }

  @FieldResolver()
  nodes(@Root() { tree, membership }: ExplanationNode): readonly RuleNodeNode[] {
    return explanationNodes(tree, membership);
  }
}

@Resolver(() => SegmentRuleNodeType)
export class SegmentRuleNodeResolver {
  @FieldResolver()
  related(
    @Root() { customerId, membership }: RuleNodeNode,
    @Ctx() context: RequestContext,
  ): Promise<CustomerNode | null> | null {
    return customerId === membership.customerId ? null : customerById(context, customerId);
  }

  @FieldResolver()
  inputs(
    @Root() { customerId, evidence, membership: { asked } }: RuleNodeNode,
    @Ctx() context: RequestContext,
  ): object[] {
    return (evidence?.inputs ?? []).map(({ code }) =>
      customerTag(context, customerId, asked.tags.get(code)!, asked, null),
    );
  }

  @FieldResolver()
  relatedTruths(@Root() { kind, evidence }: RuleNodeNode): readonly RelatedTruth[] {
    return kind === "relation" ? (evidence?.related ?? []) : [];
  }

  @FieldResolver(() => SegmentEvidenceConnection, {
    description: "Of a leaf: the events that decide it, in the order in which they were true.",
  })
  evidence(
    @Root() { customerId, path, evidence, membership: { segmentId } }: RuleNodeNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<RecordedEvent>> {
    return evidencePage(context, `evidence:${customerId}:${segmentId}:${path}`, evidence?.positions ?? [], paging);
  }
}

@Resolver(() => RelatedTruthType)
export class RelatedTruthResolver {
  @FieldResolver()
  customer(@Root() { customerId }: RelatedTruth, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    return customerById(context, customerId);
  }

  @FieldResolver()
  truth(@Root() { value }: RelatedTruth): boolean | null {
    return value as boolean | null;
  }
}
