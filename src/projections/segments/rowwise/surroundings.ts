import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Collector } from "../../tags/evaluation/asking.ts";
import type { Evidence } from "../../tags/evaluation/evaluated.ts";
import type { TagProgram } from "../../tags/evaluation/evaluateTag.ts";
import type { RuleSurroundings } from "../../tags/evaluation/ruleSurroundings.ts";
import { createDerivedRows } from "../../tags/statistic/derivedRows.ts";
import { createSharedSelections } from "../../tags/statistic/sharedSelections.ts";

/** What one customer's facts cannot tell: who else belongs to what. Each throws, or says null, where it has no answer. */
export type Populations = {
  /**
   * How membership of a segment is found: by its rule, worked out in place at whatever moment is asked for, or by how it stands
   * at the one moment that will be asked for. Null where there is no such segment.
   */
  readonly segment: (id: SegmentId) => SegmentMembership | null;
  readonly isInSnapshot: (id: SegmentId, at: Instant, customer: CustomerId) => boolean;
  readonly isAmongTop: (top: Extract<Rule, { kind: "top" }>, customer: CustomerId) => boolean;
};
export type SegmentMembership =
  | { readonly kind: "rule"; readonly rule: Rule }
  | { readonly kind: "standing"; readonly isMember: (customer: CustomerId) => boolean };

/** What rules need of what is around them; without populations, leaves about other segments cannot be evaluated. */
export type Surroundings = RuleSurroundings & { readonly populations: Populations | null };

/**
 * Around rules that come and go, beside the tags of a program. What is derived from histories for them goes with it, and
 * leaves nothing behind in the program.
 */
export function surroundingsOf(program: TagProgram, populations: Populations | null): Surroundings {
  return {
    derived: createDerivedRows(),
    selectionOf: createSharedSelections(),
    typeOf: code => versionOf(program, code).definition.type,
    inputOf: (code, { subject, at, known, collector }) => {
      versionOf(program, code);
      const moment = { at, known };
      if (collector === null) return subject.known?.(code) ?? program.evaluate(code, subject, moment);
      const { value, validUntil, evidence } = program.explain(code, subject, moment);
      collect(collector, evidence);
      return { value, validUntil };
    },
    populations,
  };
}

/** What a tag stands on is what a rule about it stands on. */
function collect(collector: Collector, { positions, inputs, related, arithmetic, details }: Evidence): void {
  collector.positions.push(...positions);
  collector.inputs.push(...inputs);
  collector.related.push(...related);
  collector.arithmetic.push(...arithmetic);
  Object.assign(collector.details, details);
}

function versionOf(program: TagProgram, code: TagCode) {
  const version = program.find(code);
  if (version === null) throw new Error(`tag ${code} is not among the tags`);
  return version;
}
