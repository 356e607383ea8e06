import type { ColumnTest, Plan } from "../../../../../src/domain/segment/plan.ts";
import { sampleBucket } from "../../../../../src/domain/segment/sampleBucket.ts";
import type { SegmentId } from "../../../../../src/domain/segment/segment.ts";
import type { TagCode } from "../../../../../src/domain/tag/definition.ts";
import type { ColumnValue } from "../../../../../src/projections/segments/columns/columns.ts";
import { customer } from "./table.ts";

export type OracleRow = { readonly values: Map<TagCode, ColumnValue>; live: boolean };
export type OracleSegment = { plan: Plan; members: Set<number>; open: Set<number> };

export const isInSnapshot = (row: number): boolean => row % 3 === 0;

/** Works everything out from nothing but the values and, for what cannot be told, the members before. */
export function createOracle() {
  const rows: OracleRow[] = [];
  const segments = new Map<SegmentId, OracleSegment>();

  const bestOf = ({ by, count, order }: Extract<Plan, { kind: "top" }>): ReadonlySet<number> =>
    new Set(
      rows
        .map(({ live, values }, row) => ({ row, value: live ? (values.get(by) ?? null) : null }))
        .filter((entry): entry is { row: number; value: number } => typeof entry.value === "number")
        .sort((a, b) => (order === "highest" ? b.value - a.value : a.value - b.value) || a.row - b.row)
        .slice(0, count)
        .map(({ row }) => row),
    );

  /** null: it hangs on a value that could not be evaluated. */
  const truth = (plan: Plan, row: number): boolean | null => {
    const read = (of: TagCode): ColumnValue => {
      const { values } = rows[row] as OracleRow;
      return values.has(of) ? values.get(of) : null;
    };
    switch (plan.kind) {
      case "all":
      case "any": {
        const parts = plan.of.map(part => truth(part, row));
        const decided = plan.kind === "any";
        if (parts.includes(decided)) return decided;
        return parts.includes(null) ? null : !decided;
      }
      case "not": {
        const of = truth(plan.of, row);
        return of === null ? null : !of;
      }
      case "column": {
        const value = read(plan.code);
        return value === undefined ? null : value !== null && passes(plan.test, value);
      }
      case "compare": {
        const [left, right] = [read(plan.left), read(plan.right)];
        if (left === undefined || right === undefined) return null;
        if (typeof left !== "number" || typeof right !== "number") return false;
        const operators = { "=": left === right, "!=": left !== right, "<": left < right, "<=": left <= right };
        return { ...operators, ">": left > right, ">=": left >= right }[plan.operator];
      }
      case "segment": {
        const { members, open } = segments.get(plan.id) as OracleSegment;
        return open.has(row) ? null : members.has(row);
      }
      case "snapshot":
        return isInSnapshot(row);
      case "sample": {
        const bucket = sampleBucket(plan.salt, customer(row));
        return bucket >= plan.from && bucket < plan.to;
      }
      case "top":
        return read(plan.by) === undefined ? null : bestOf(plan).has(row);
    }
  };

  return {
    rows,
    segments,
    bestOf,
    /** Ids are given so that each segment names only smaller ones. */
    settle: (): void => {
      for (const [, segment] of [...segments].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const before = segment.members;
        segment.members = new Set();
        segment.open = new Set();
        rows.forEach(({ live }, row) => {
          if (!live) return;
          const now = truth(segment.plan, row);
          if (now === null) segment.open.add(row);
          if (now ?? before.has(row)) segment.members.add(row);
        });
      }
    },
  };
}

function passes(test: ColumnTest, value: NonNullable<ColumnValue>): boolean {
  const text = value as string;
  const set = value as readonly string[];
  switch (test.kind) {
    case "exists":
      return true;
    case "is":
      return value === test.value;
    case "within":
      return test.ranges.some(({ from, to }) => (value as number) >= from && (value as number) < to);
    case "oneOf":
      return test.values.includes(text);
    case "contains":
      return text.includes(test.text);
    case "startsWith":
      return text.startsWith(test.text);
    case "endsWith":
      return text.endsWith(test.text);
    case "holdsAny":
      return test.values.some(one => set.includes(one));
    case "holdsAll":
      return test.values.every(one => set.includes(one));
  }
}
