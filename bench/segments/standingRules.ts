import type { ColumnTest, Plan } from "../../src/domain/segment/plan.ts";
import type { SegmentId } from "../../src/domain/segment/segment.ts";
import type { StandingVersion } from "../../src/projections/segments/standing/standing.ts";
import type { Draw } from "./draw.ts";
import { type BenchColumn, benchColumns, benchNow } from "./standingTable.ts";

const dayMs = 86_400_000;

/** 20 plain ones that others may name, and `count` of 3 to 15 leaves each. */
export function benchSegments(count: number, draw: Draw): readonly StandingVersion[] {
  const base = Array.from({ length: 20 }, (_, index) => ({
    id: `base-${index}` as SegmentId,
    version: 1,
    plan: ruleOf(draw, 3, []),
  }));
  const named = base.map(({ id }) => id);
  const more = Array.from({ length: count }, (_, index) => ({
    id: `segment-${index}` as SegmentId,
    version: 1,
    plan: ruleOf(draw, 3 + draw.below(13), named),
  }));
  return [...base, ...more];
}

/** An `all` of leaves and of small groups, as people write them; some parts are turned round. */
export function ruleOf(draw: Draw, leaves: number, named: readonly SegmentId[]): Plan {
  const parts: Plan[] = [];
  for (let left = leaves; left > 0; ) {
    const size = Math.min(left, draw.unit() < 0.4 ? 1 : 2 + draw.below(4));
    const group = Array.from({ length: size }, () => leafOf(draw, named));
    const part: Plan = size === 1 ? (group[0] as Plan) : { kind: "any", of: group };
    parts.push(draw.unit() < 0.1 ? { kind: "not", of: part } : part);
    left -= size;
  }
  return { kind: "all", of: parts };
}

function leafOf(draw: Draw, named: readonly SegmentId[]): Plan {
  if (named.length > 0 && draw.unit() < 0.02) return { kind: "segment", id: draw.oneOf(named) };
  const column = draw.oneOf(benchColumns);
  const leaf: Plan = { kind: "column", code: column.code, test: testOf(draw, column) };
  return draw.unit() < 0.1 ? { kind: "not", of: leaf } : leaf;
}

function testOf(draw: Draw, { type, value }: BenchColumn): ColumnTest {
  switch (type.kind) {
    case "boolean":
      return { kind: "is", value: draw.unit() < 0.8 };
    case "enumeration":
      return {
        kind: "oneOf",
        values: [...new Set(Array.from({ length: 1 + draw.below(4) }, () => draw.oneOf(type.values)))],
      };
    case "set": {
      const values = [...new Set(Array.from({ length: 1 + draw.below(3) }, () => `p${draw.below(20)}`))].sort();
      return { kind: draw.unit() < 0.8 ? "holdsAny" : "holdsAll", values };
    }
    case "date": {
      const from = benchNow - draw.oneOf([7, 30, 90, 180, 365]) * dayMs;
      return { kind: "within", ranges: [{ from, to: Number.POSITIVE_INFINITY }] };
    }
    default: {
      const end = (value(draw, draw.unit()) ?? 100) as number;
      if (draw.unit() < 0.3) return { kind: "within", ranges: [{ from: end, to: end * 3 + 1 }] };
      return { kind: "within", ranges: [{ from: end, to: Number.POSITIVE_INFINITY }] };
    }
  }
}
