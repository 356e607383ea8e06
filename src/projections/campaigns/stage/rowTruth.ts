import type { Instant } from "../../../domain/instant.ts";
import type { Plan } from "../../../domain/segment/plan.ts";
import { columnsOf, planOf } from "../../../domain/segment/planOf.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Columns } from "../../segments/columns/columns.ts";
import type { Around, Members } from "../../segments/columns/query/around.ts";
import { hasBit } from "../../segments/feed/memberBits.ts";
import { localDayRange } from "../../segments/localDayRange.ts";
import type { SegmentStage } from "../../segments/stage/segmentStage.ts";
import { segmentsIn } from "../../segments/stage/segmentsIn.ts";
import { planInForce } from "../../segments/stage/slotColumns.ts";
import { bindPlan, type LeafPlan, truthOf } from "../../segments/standing/boundPlan.ts";
import type { RowTest } from "../../segments/standing/decision.ts";
import { leafTest } from "../../segments/standing/leafTest.ts";
import { membersName } from "../../segments/standing/standing.ts";
import type { TopPlan } from "../../segments/standing/top/tops.ts";

/** A rule of a campaign, asked of the values as they are kept at the moment. */
export type RowTruth = {
  /** Null where it hangs on a value that could not be evaluated. */
  readonly of: (row: number) => boolean | null;
  /** Everybody of whom it is true; or, in words, why that cannot be told. */
  readonly members: () => Members | string;
};

export type RuleParts = {
  readonly columns: Columns;
  readonly slots: SegmentStage["slots"];
  readonly membersAt: (id: SegmentId, at: Instant) => Uint8Array;
  readonly stands: (id: SegmentId) => boolean;
};

/** Null while values that the rule asks for are not in force, or a segment that it names does not stand (yet). */
export function rowTruth(rule: Rule, { columns, slots, membersAt, stands }: RuleParts): RowTruth | null {
  const found = planInForce(planOf(rule, { at: null, dayRange: localDayRange }), slots());
  if (found.kind === "waiting" || !segmentsIn(found.plan).every(stands)) return null;
  const around: Around = {
    segmentBits: id => (stands(id) ? membersName(id) : null),
    snapshot: membersAt,
  };
  const members = (plan: Plan): Members | string => {
    const answer = columns.queries().members(plan, around);
    return answer.ok ? answer.value : JSON.stringify(answer.refusal);
  };
  const leaves: { readonly codes: readonly TagCode[]; readonly test: RowTest }[] = [];
  const test = (leaf: LeafPlan): RowTest =>
    leaf.kind === "top"
      ? topTest(leaf, columns, members)
      : leafTest(leaf, {
          columns,
          topOrder: noTops,
          snapshot: membersAt,
          membersOf: id => columns.bits(membersName(id)),
        });
  const bound = bindPlan(found.plan, leaf => leaves.push({ codes: columnsOf(leaf), test: test(leaf) }) - 1);
  const leafOf = (row: number) => (number: number) => {
    const { codes, test: ask } = leaves[number] as (typeof leaves)[number];
    for (const code of codes) if (columns.failed(code) > 0 && columns.read(code, row) === undefined) return null;
    return ask(row);
  };
  return {
    of: row => columns.isLive(row) && truthOf(bound, leafOf(row)),
    members: () => members(found.plan),
  };
}

/** Who is among the best is worked out anew when values may have changed: campaigns seldom ask, and a segment is there for who asks often. */
function topTest(plan: TopPlan, columns: Columns, members: (plan: Plan) => Members | string): RowTest {
  let known: { readonly position: number; readonly at: Instant; readonly bits: Uint8Array } | null = null;
  return row => {
    const { position, at } = columns.reflects();
    if (known?.position !== position || known.at !== at) {
      const found = members(plan);
      if (typeof found === "string") throw new Error(found);
      known = { position, at, bits: found.bits };
    }
    return hasBit(known.bits, row);
  };
}

const noTops = (): never => {
  throw new Error("asked elsewhere");
};
