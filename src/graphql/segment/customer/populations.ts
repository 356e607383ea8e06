import type { Rule } from "../../../domain/segment/rule.ts";
import { ruleNodes } from "../../../domain/segment/ruleNodes.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { standingVersionAt } from "../../../domain/segment/segmentGraph.ts";
import type { Populations } from "../../../projections/segments/rowwise/surroundings.ts";
import type { RequestContext } from "../../context.ts";
import { answered } from "../preview/unanswered.ts";
import type { AskedRule } from "./askedRule.ts";

type Top = Extract<Rule, { kind: "top" }>;

/**
 * Who else belongs to what, for one customer at one moment: at present as it stands, else by the rules in force as known then.
 * Who is among the best by a tag is asked of all customers beforehand. Rejects with SEGMENT_UNANSWERED where that has no answer.
 */
export async function populationsAt(context: RequestContext, question: AskedRule): Promise<Populations> {
  const session = context.session();
  const { asked, row } = question;
  const best = new Map<string, boolean>();
  for (const top of topsIn(context, question)) best.set(keyOf(top), await isBest(context, top, question));
  return {
    segment: id => {
      const standing = session.standingSegment(id);
      if (asked.now && standing !== null && !standing.archived)
        return { kind: "standing", isMember: () => row >= 0 && session.segmentMemberAt(id, standing.sequence, row) };
      const rule = ruleAt(context, id, question);
      return rule === null ? null : { kind: "rule", rule };
    },
    isInSnapshot: (segment, at) => {
      const sequence = session.segmentSequenceAt(segment, { at });
      if (sequence === null) throw new Error(`segment ${segment} had no members yet at the snapshot's instant`);
      return row >= 0 && session.segmentMemberAt(segment, sequence, row);
    },
    isAmongTop: top => {
      const found = best.get(keyOf(top));
      if (found === undefined) throw new Error("nobody asked beforehand who is among the best");
      return found;
    },
  };
}

const keyOf = ({ by, order, count }: Top): string => `${order} ${count} ${by}`;

function ruleAt(context: RequestContext, id: SegmentId, { asked }: AskedRule): Rule | null {
  const state = context.session().segmentState(id);
  return (state === null ? null : standingVersionAt(state, asked.known))?.definition.rule ?? null;
}

/** Also those in segments that are worked out in place. */
function topsIn(context: RequestContext, question: AskedRule, seen = new Set<SegmentId>()): readonly Top[] {
  return ruleNodes(question.rule).flatMap(({ rule }): readonly Top[] => {
    if (rule.kind === "top") return [rule];
    if (rule.kind !== "segment" || question.asked.now || seen.has(rule.id)) return [];
    seen.add(rule.id);
    const inner = ruleAt(context, rule.id, question);
    return inner === null ? [] : topsIn(context, { ...question, rule: inner }, seen);
  });
}

/** @returns whether the first of the best from the customer's row on is the customer */
async function isBest(context: RequestContext, top: Top, { row, asked }: AskedRule): Promise<boolean> {
  if (row < 0) return false;
  const { preview } = context.backend;
  const known = asked.known === context.session().position ? null : asked.known;
  const { members } = await answered(
    asked.now ? preview.members(top, row - 1, 1) : preview.membersAsOf(top, asked.at, known, row - 1, 1),
  );
  return members[0]?.row === row;
}
