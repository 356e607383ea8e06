import type { GraphQLError } from "graphql";
import { isCondition } from "../../../domain/segment/conditions.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Previewed, PreviewRefusal, Reflected } from "../../../projections/segments/preview/segmentPreview.ts";
import type { RequestContext } from "../../context.ts";
import { segmentUnanswered } from "../../errors.ts";
import type { TagNode } from "../../tag/tagNode.ts";
import { tagByCode } from "../../tag/tagQueries.ts";
import { customersById } from "../members/memberNodes.ts";

/** Why there is no figure, as one of the types of SegmentUnanswered. */
export async function unanswered(context: RequestContext, refusal: PreviewRefusal): Promise<object> {
  switch (refusal.kind) {
    case "failed": {
      const [tag] = await shownTags(context, refusal.code === null ? [] : [refusal.code]);
      return { ...refusal, tag: tag ?? null, examples: await customersById(context, refusal.examples, null) };
    }
    case "filling":
      return { ...refusal, tags: await shownTags(context, refusal.codes) };
    case "tooSlow":
    case "unknown":
      return refusal;
  }
}

/** What is asked of an audience besides its size: the answer, or an error that says why there is none. */
export async function answered<Answer>(asked: Previewed<Answer>): Promise<Reflected & Answer> {
  const outcome = await asked;
  if (!outcome.ok) throw unansweredError(outcome.refusal);
  return outcome.value;
}

const reasons = { failed: "FAILED", filling: "FILLING", tooSlow: "TOO_SLOW", unknown: "UNKNOWN" } as const;

export function unansweredError(refusal: PreviewRefusal): GraphQLError {
  const { kind, message } = refusal;
  const details =
    kind === "failed"
      ? { customers: refusal.customers, tag: refusal.code === null || isCondition(refusal.code) ? null : refusal.code }
      : kind === "filling"
        ? { done: refusal.done, total: refusal.total }
        : kind === "tooSlow"
          ? { seconds: refusal.seconds }
          : { path: refusal.path };
  return segmentUnanswered(reasons[kind], message, details);
}

/** Conditions are kept like tags, but nobody defined them: they are not shown. */
async function shownTags(context: RequestContext, codes: readonly TagCode[]): Promise<readonly TagNode[]> {
  const tags = await Promise.all(codes.filter(code => !isCondition(code)).map(code => tagByCode(context, code)));
  return tags.filter(tag => tag !== null);
}
