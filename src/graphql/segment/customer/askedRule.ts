import type { CustomerId } from "../../../domain/ids.ts";
import { describeNode } from "../../../domain/segment/describe/describeRule.ts";
import { segmentReferences } from "../../../domain/segment/references.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import { standingVersionAt } from "../../../domain/segment/segmentGraph.ts";
import { standards } from "../../../intake/standards.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import { type ExplainedNode, explainRule } from "../../../projections/segments/rowwise/explainRule.ts";
import { compileRule } from "../../../projections/segments/rowwise/ruleTruth.ts";
import { surroundingsOf } from "../../../projections/segments/rowwise/surroundings.ts";
import type { RequestContext } from "../../context.ts";
import { whenReady } from "../../maybePromise.ts";
import type { AskedMoment } from "../../tag/askedMoment.ts";
import { tagSubjects } from "../../tag/tagSubjects.ts";
import { populationsAt } from "./populations.ts";

/** One customer and a rule to be asked of it at a moment. `row`: -1 where the read models have none. */
export type AskedRule = {
  readonly rule: Rule;
  readonly customerId: CustomerId;
  readonly row: number;
  readonly asked: AskedMoment;
};
/** Null: the customer was part of another one then, and a member of nothing. */
type Answer<Found> = { readonly kind: "found"; readonly found: Found | null } | Unanswerable;
type Unanswerable = { readonly kind: "failed"; readonly problem: string };

/** Whether a rule is true of a customer at a moment, straight from the facts. */
export const truthOf = (context: RequestContext, question: AskedRule): Promise<Answer<boolean>> =>
  answer(context, question, around => {
    const ask = compileRule(question.rule, around);
    return subject => ask(subject, question.asked).truth;
  });

/** The same with every node of the rule, and what it stands on. */
export const explanationOf = (context: RequestContext, question: AskedRule): Promise<Answer<ExplainedNode>> =>
  answer(
    context,
    question,
    around => subject =>
      explainRule(question.rule, subject, question.asked, around, node => describeNode(node, standards)),
  );

type Around = ReturnType<typeof surroundingsOf>;
type Subject = Parameters<ReturnType<typeof compileRule>>[0];

async function answer<Found>(
  context: RequestContext,
  question: AskedRule,
  ready: (around: Around) => (subject: Subject) => Found,
): Promise<Answer<Found>> {
  const { asked, customerId } = question;
  const missing = missingTag(context, question.rule, asked);
  if (missing !== null) return { kind: "failed", problem: `the tag ${missing} was not in force` };
  const populations = await populationsAt(context, question);
  try {
    const ask = ready(surroundingsOf(context.backend.tags.program(asked.versions), populations));
    const found: MaybePromise<Found | null> = tagSubjects(context, asked.known).ask(customerId, ask);
    return { kind: "found", found: await whenReady(found, value => value) };
  } catch (error) {
    // What cannot be evaluated is an answer of its own: neither true nor false.
    return { kind: "failed", problem: (error as Error).message };
  }
}

/** A tag that the rule, or a segment that it is made of, looks at though it was not in force at the moment. */
function missingTag(context: RequestContext, rule: Rule, asked: AskedMoment, seen = new Set<string>()): string | null {
  const { tags, segments } = segmentReferences(rule);
  const missing = tags.find(({ code }) => !asked.versions.has(code));
  if (missing !== undefined) return missing.code;
  if (asked.now) return null;
  for (const { id, at } of segments) {
    if (at !== null || seen.has(id)) continue;
    seen.add(id);
    const state = context.session().segmentState(id);
    const version = state === null ? null : standingVersionAt(state, asked.known);
    const found = version === null ? null : missingTag(context, version.definition.rule, asked, seen);
    if (found !== null) return found;
  }
  return null;
}
