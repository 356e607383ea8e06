import type { Fault } from "../../../domain/fault.ts";
import { accept, type Result, refuse } from "../../../domain/result.ts";
import { checkSegments } from "../../../domain/segment/check/checkSegments.ts";
import { rereadFaults } from "../../../domain/segment/check/reread.ts";
import { parseRule } from "../../../domain/segment/parse/parseRule.ts";
import type { RuleSurroundings } from "../../../domain/segment/parse/ruleReading.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { SegmentCatalogue } from "../../../domain/segment/segmentCatalogue.ts";
import { referableIn } from "../../../domain/tag/check/referable.ts";
import type { FactFields } from "../../../domain/tag/factFields.ts";
import type { FactCatalogue } from "../../../intake/catalogue.ts";
import { createFactFields } from "../../../intake/factFields.ts";
import { standards } from "../../../intake/standards.ts";
import { leftSealed } from "../../../projections/logPages.ts";
import type { RequestContext } from "../../context.ts";
import { outsideOf } from "../../tag/input/definitionInput.ts";
import { tagSession } from "../../tag/tagSession.ts";

/** The rule that a client means, against the fact schemas and the tags and segments in force; or everything wrong with it. */
export async function audienceRule(context: RequestContext, input: unknown): Promise<Result<Rule, readonly Fault[]>> {
  const parsed = parseRule(outsideOf(input), await surroundings(context));
  if (!parsed.ok) return parsed;
  const faults = checkSegments(parsed.value, segmentCatalogue(context), context.now);
  return faults.length > 0 ? refuse(faults) : parsed;
}

/** A rule that was recorded, as it can be asked today; or what it names that is not there, or not the same, any more. */
export async function recordedRule(context: RequestContext, rule: Rule): Promise<Result<Rule, readonly Fault[]>> {
  const changed = rereadFaults(rule, await surroundings(context));
  const faults = changed.length > 0 ? changed : checkSegments(rule, segmentCatalogue(context), context.now);
  return faults.length > 0 ? refuse(faults) : accept(rule);
}

async function surroundings(context: RequestContext): Promise<RuleSurroundings> {
  const { catalogue } = await tagSession(context);
  return { standards, fields: fieldsOf(context.backend.catalogue), tag: referableIn(catalogue, "published") };
}

function segmentCatalogue(context: RequestContext): SegmentCatalogue {
  const { position, segmentStates } = context.session();
  return { position, segments: new Map(segmentStates().map(state => [state.id, state])) };
}

const known = new WeakMap<FactCatalogue, FactFields>();

function fieldsOf(catalogue: FactCatalogue): FactFields {
  let fields = known.get(catalogue);
  if (fields === undefined) {
    fields = createFactFields(catalogue, leftSealed);
    known.set(catalogue, fields);
  }
  return fields;
}
