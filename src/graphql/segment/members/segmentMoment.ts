import type { Position } from "../../../domain/event.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import { standingVersionAt } from "../../../domain/segment/segmentGraph.ts";
import type { Moment } from "../../../projections/tags/evaluation/evaluateTag.ts";
import { type MomentArgs, momentOf } from "../../asOf/momentArgs.ts";
import type { RequestContext } from "../../context.ts";
import { badUserInput } from "../../errors.ts";
import type { SegmentNode } from "../segmentNode.ts";

/** A moment of the past, and the rule by which a segment is asked of it. */
export type SegmentMoment = {
  readonly moment: Moment;
  readonly rule: Rule;
  /** Null: all that is known. */
  readonly known: Position | null;
};

/** Throws BAD_USER_INPUT where no version of the segment was in force, as known then. */
export async function segmentMoment(
  context: RequestContext,
  { segmentState, segmentId }: SegmentNode,
  args: MomentArgs,
): Promise<SegmentMoment> {
  const session = context.session();
  const moment = await momentOf(context, session, args);
  const standing = session.standingSegment(segmentId);
  const isNow = moment.known === session.position;
  const version =
    isNow && standing !== null && !standing.archived
      ? segmentState.versions[standing.version - 1]
      : standingVersionAt(segmentState, moment.known);
  if (version == null)
    throw badUserInput(
      args.knownAt == null && args.knownPosition == null ? "asOf" : "knownAt",
      `No version of segment ${segmentId} was in force, as known then. Ask \`previewSegment\` about a rule by itself.`,
    );
  return { moment, rule: version.definition.rule, known: isNow ? null : moment.known };
}
