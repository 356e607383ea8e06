import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { Evidence } from "../../projections/tags/evaluation/evaluated.ts";
import type { TagProgram } from "../../projections/tags/evaluation/evaluateTag.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { type CustomerNode, customerById } from "../customer/customerNode.ts";
import { EventType } from "../event/eventType.ts";
import { evidencePage } from "../event/evidencePage.ts";
import { whenReady } from "../maybePromise.ts";
import type { AskedMoment } from "./askedMoment.ts";
import { type CustomerTagNode, customerTag } from "./customerTagNode.ts";
import { CustomerTagType } from "./customerTagType.ts";
import { RelatedTagValue, TagExplanation } from "./explanationType.ts";
import { type TagNode, tagNode, type VersionNode, versionNode } from "./tagNode.ts";
import { tagSubjects } from "./tagSubjects.ts";
import { type TagValueNode, tagValueNode } from "./tagValueNode.ts";

type Explained = ReturnType<TagProgram["explain"]>;
/** An explanation that still knows what it explains. */
type Explanation = CustomerTagNode & { readonly explained: Explained };
type Related = Evidence["related"][number] & { readonly tag: CustomerTagNode };

/** The facts behind a value, counted. */
export const EvidenceConnection = connectionOf(() => EventType, "TagEvidence", { counted: true });

@Resolver(() => CustomerTagType)
export class CustomerTagResolver {
  @FieldResolver()
  tag(@Root() { tagState }: CustomerTagNode): TagNode {
    return tagNode(tagState);
  }

  @FieldResolver()
  definition(@Root() { tagState, record }: CustomerTagNode): VersionNode | null {
    return record === null ? null : versionNode(tagState, record);
  }

  @FieldResolver(() => TagExplanation, {
    nullable: true,
    description: "Why it has this value, or none; null where no version was evaluated.",
  })
  explain(@Root() tag: CustomerTagNode, @Ctx() context: RequestContext): MaybePromise<Explanation | null> {
    if (tag.record === null) return null;
    const program = context.backend.tags.program(tag.asked.versions);
    const explained = tagSubjects(context, tag.asked.known).ask(tag.customerId, subject =>
      program.explain(tag.code, subject, tag.asked),
    );
    return whenReady(explained, found => (found === null ? null : { ...tag, explained: found }));
  }
}

@Resolver(() => TagExplanation)
export class ExplanationResolver {
  @FieldResolver()
  value(@Root() { record, explained }: Explanation): TagValueNode | null {
    return tagValueNode(explained.value, record!.definition.type);
  }

  @FieldResolver()
  definition(@Root() { tagState, record }: Explanation): VersionNode {
    return versionNode(tagState, record!);
  }

  @FieldResolver()
  arithmetic(@Root() { explained }: Explanation): readonly string[] {
    return explained.evidence.arithmetic;
  }

  @FieldResolver()
  details(@Root() { explained }: Explanation): object {
    return explained.evidence.details;
  }

  @FieldResolver()
  nextChange(@Root() { explained }: Explanation): number | null {
    return explained.nextChange;
  }

  @FieldResolver(() => EvidenceConnection, {
    description:
      "The events that make up the value, in the order in which they were true. To page through many, name the instant by `at`: the evidence of another instant is another list.",
  })
  evidence(
    @Root() { customerId, code, explained }: Explanation,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<RecordedEvent>> {
    return evidencePage(context, `evidence:${customerId}:${code}`, explained.evidence.positions, paging);
  }

  @FieldResolver()
  inputs(@Root() { customerId, asked, explained }: Explanation, @Ctx() context: RequestContext): object[] {
    const moment = momentOfInputs(asked, explained.evidence);
    return explained.evidence.inputs.map(({ code }) =>
      customerTag(context, customerId, asked.tags.get(code)!, moment, null),
    );
  }

  @FieldResolver()
  related(@Root() explanation: Explanation): readonly Related[] {
    return explanation.explained.evidence.related.map(related => ({ ...related, tag: explanation }));
  }
}

@Resolver(() => RelatedTagValue)
export class RelatedTagValueResolver {
  @FieldResolver()
  customer(@Root() { customerId }: Related, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    return customerById(context, customerId);
  }

  @FieldResolver()
  value(@Root() { value, tag: { asked, record } }: Related): TagValueNode | null {
    const rule = record!.definition.rule;
    const type =
      rule.kind === "relation" && rule.of !== null ? asked.versions.get(rule.of)?.definition.type : undefined;
    return type === undefined ? null : tagValueNode(value, type);
  }
}

/** What a refresh looked at is of the refresh's own instant, not of the one asked about. */
function momentOfInputs(asked: AskedMoment, { details, positions }: Evidence): AskedMoment {
  const { refreshedAsOf } = details;
  const known = positions[0];
  if (typeof refreshedAsOf !== "string" || known === undefined) return asked;
  return { ...asked, at: Date.parse(refreshedAsOf), known, now: false };
}
