import type { Position } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import type { TagState, VersionRecord } from "../../domain/tag/tagCatalogue.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { Evaluated } from "../../projections/tags/evaluation/evaluated.ts";
import { InexactFigure } from "../../projections/tags/evaluation/inexactFigure.ts";
import type { CustomerTags } from "../../projections/tags/storedTags.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";
import type { AskedMoment } from "./askedMoment.ts";
import type { CustomerTagState } from "./customerTagType.ts";
import { tagSubjects } from "./tagSubjects.ts";
import { type TagValueNode, tagValueNode } from "./tagValueNode.ts";

/** What a tag says of a customer, with what is needed to explain it. */
export type CustomerTagNode = {
  readonly customerId: CustomerId;
  readonly code: TagCode;
  readonly tagState: TagState;
  readonly record: VersionRecord | null;
  readonly asked: AskedMoment;
  readonly state: CustomerTagState;
  readonly value: TagValueNode | null;
  readonly problem: string | null;
  readonly version: number | null;
  readonly validUntil: Instant | null;
  readonly at: Instant;
  readonly knownPosition: Position;
};

/** The stored value where it still holds, else the value computed from the customer's history at that very instant. */
export function customerTag(
  context: RequestContext,
  customerId: CustomerId,
  tagState: TagState,
  asked: AskedMoment,
  stored: CustomerTags | null,
): MaybePromise<CustomerTagNode> {
  const { code } = tagState;
  const record = asked.versions.get(code) ?? null;
  const about = { customerId, code, tagState, record, asked, at: asked.at, knownPosition: asked.known };
  const nothing = { value: null, problem: null, version: record?.version ?? null, validUntil: null };
  if (record === null) {
    const filling = asked.known === context.session().position && tagState.status === "published";
    return { ...about, ...nothing, state: filling ? "filling" : "notInForce" };
  }
  const answer = (evaluated: Evaluated | InexactFigure | null): CustomerTagNode => {
    if (evaluated instanceof InexactFigure)
      return { ...about, ...nothing, state: "failed", problem: evaluated.message };
    const value = tagValueNode(evaluated?.value ?? null, record.definition.type);
    const state = value === null ? "missing" : "present";
    return { ...about, ...nothing, state, value, validUntil: evaluated?.validUntil ?? null };
  };
  const kept = asked.now ? stored?.get(code) : undefined;
  if (kept !== undefined && (kept.validUntil === null || kept.validUntil > asked.at)) return answer(kept);
  const program = context.backend.tags.program(asked.versions);
  const evaluated = tagSubjects(context, asked.known).ask(customerId, subject =>
    exactly(() => program.evaluate(code, subject, asked)),
  );
  return whenReady(evaluated, answer);
}

/** A figure too large to be exact is an answer of its own: other tags of the same customer are not to fail with it. */
export function exactly<Answer>(evaluate: () => Answer): Answer | InexactFigure {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof InexactFigure) return error;
    throw error;
  }
}

/** Stored values answer for the present only. */
export const storedTags = (
  context: RequestContext,
  id: CustomerId,
  asked: AskedMoment,
): MaybePromise<CustomerTags | null> => (asked.now ? context.loaders().tags.load(id) : null);
