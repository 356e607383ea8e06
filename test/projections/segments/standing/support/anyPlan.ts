import fc from "fast-check";
import type { Plan } from "../../../../../src/domain/segment/plan.ts";
import type { SegmentId } from "../../../../../src/domain/segment/segment.ts";
import { anyTest, code, codes } from "./table.ts";

export const segment = (index: number): SegmentId => `s${index}` as SegmentId;

const operator = fc.constantFrom<Extract<Plan, { kind: "compare" }>["operator"]>("=", "!=", "<", "<=", ">", ">=");

/** A plan that may name the segments before `index`. */
export function anyPlan(index: number): fc.Arbitrary<Plan> {
  const column = fc
    .constantFrom(...codes)
    .chain(of => anyTest(of).map<Plan>(test => ({ kind: "column", code: of, test })));
  const compare = operator.map<Plan>(chosen => ({
    kind: "compare",
    left: code("spend"),
    operator: chosen,
    right: code("limit"),
  }));
  const top = fc
    .record({
      count: fc.integer({ min: 0, max: 4 }),
      by: fc.constantFrom(code("spend"), code("balance"), code("since")),
      order: fc.constantFrom("highest" as const, "lowest" as const),
    })
    .map<Plan>(chosen => ({ kind: "top", ...chosen }));
  const sample = fc.integer({ min: 0, max: 10_000 }).map<Plan>(to => ({ kind: "sample", salt: "autumn", from: 0, to }));
  const snapshot = fc.constant<Plan>({ kind: "snapshot", segment: segment(0), at: 1 });
  const leaves = [
    { weight: 8, arbitrary: column },
    { weight: 1, arbitrary: compare },
    { weight: 2, arbitrary: top },
    { weight: 1, arbitrary: sample },
    { weight: 1, arbitrary: snapshot },
  ];
  const named = fc
    .integer({ min: 0, max: Math.max(0, index - 1) })
    .map<Plan>(other => ({ kind: "segment", id: segment(other) }));
  if (index > 0) leaves.push({ weight: 3, arbitrary: named });
  return fc.letrec<{ plan: Plan }>(tie => ({
    plan: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.oneof(...leaves),
      fc
        .tuple(fc.constantFrom("all" as const, "any" as const), fc.array(tie("plan"), { minLength: 1, maxLength: 4 }))
        .map<Plan>(([kind, of]) => ({ kind, of })),
      tie("plan").map<Plan>(of => ({ kind: "not", of })),
    ),
  })).plan;
}
