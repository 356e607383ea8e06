import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { SegmentVersionRecord } from "../../../domain/segment/segmentCatalogue.ts";
import { standingVersionAt } from "../../../domain/segment/segmentGraph.ts";
import type { RequestContext } from "../../context.ts";
import type { CustomerNode } from "../../customer/customerNode.ts";
import type { AskedMoment } from "../../tag/askedMoment.ts";
import type { SegmentNode } from "../segmentNode.ts";
import { standingOf } from "../segmentResolver.ts";
import { truthOf } from "./askedRule.ts";
import type { CustomerSegmentState } from "./customerSegmentType.ts";

/** Whether a customer belongs to a segment, with what is needed to explain it. */
export type CustomerSegmentNode = {
  readonly customerId: CustomerId;
  readonly row: number;
  readonly segmentId: string;
  readonly segment: SegmentNode;
  readonly asked: AskedMoment;
  /** The version that answers; null where none does. */
  readonly record: SegmentVersionRecord | null;
  readonly state: CustomerSegmentState;
  readonly member: boolean | null;
  readonly problem: string | null;
  readonly since: Instant | null;
  readonly version: number | null;
  readonly at: Instant;
  readonly knownPosition: Position;
};

/** @param version of the definition, which may be a draft; null: the one in force */
export async function customerSegment(
  context: RequestContext,
  { customerId, row }: Pick<CustomerNode, "customerId" | "row">,
  segment: SegmentNode,
  asked: AskedMoment,
  version: SegmentVersionRecord | null,
): Promise<CustomerSegmentNode> {
  const { segmentId, segmentState } = segment;
  const about = { customerId, row, segmentId, segment, asked, at: asked.at, knownPosition: asked.known };
  const nothing = { record: null, member: null, problem: null, since: null, version: null };
  const standing = standingOf(context, segment);
  if (version === null && asked.now) {
    if (standing === null) {
      const state = segmentState.status === "published" ? "filling" : "notInForce";
      return { ...about, ...nothing, state };
    }
    const record = segmentState.versions[standing.version - 1]!;
    const member = context.session().segmentMemberAt(standing.id, standing.sequence, row);
    const by = { ...nothing, record, version: record.version, member };
    return { ...about, ...by, state: member ? "member" : "notMember", since: member ? sinceOf(context, about) : null };
  }
  const isHead = asked.known === context.session().position;
  const record =
    version ??
    (isHead && standing !== null
      ? segmentState.versions[standing.version - 1]!
      : standingVersionAt(segmentState, asked.known));
  if (record === null) return { ...about, ...nothing, state: "notInForce" };
  const by = { ...nothing, record, version: record.version };
  const answer = await truthOf(context, { rule: record.definition.rule, customerId, row, asked });
  if (answer.kind === "failed") return { ...about, ...by, state: "failed", problem: answer.problem };
  const member = answer.found ?? false;
  return { ...about, ...by, member, state: member ? "member" : "notMember" };
}

/** Null where the customer was a member when the segment began. */
function sinceOf(
  context: RequestContext,
  { row, segment }: Pick<CustomerSegmentNode, "row" | "segment">,
): Instant | null {
  const [newest] = context.session().customerSegmentChanges(row, segment.segmentId, null, 1);
  return newest?.at ?? null;
}
