import type { Plan } from "../../../../domain/segment/plan.ts";
import type { TagCode } from "../../../../domain/tag/definition.ts";
import { failedCode } from "../coding.ts";
import { type Column, isNumeric } from "../column.ts";
import type { Around, QueryRefusal } from "./around.ts";
import type { ColumnsView } from "./columnsView.ts";
import { failedRows } from "./failedRows.ts";

/** What the plan names that is not there, or null. */
export function missingOf(view: ColumnsView, plan: Plan, around: Around): QueryRefusal | null {
  const column = (code: TagCode): QueryRefusal | null =>
    view.layout.byCode.has(code) ? null : { kind: "unknownColumn", code };
  switch (plan.kind) {
    case "all":
    case "any":
      for (const part of plan.of) {
        const missing = missingOf(view, part, around);
        if (missing !== null) return missing;
      }
      return null;
    case "not":
      return missingOf(view, plan.of, around);
    case "column":
      return column(plan.code);
    case "compare":
      return column(plan.left) ?? column(plan.right);
    case "segment": {
      const name = around.segmentBits(plan.id);
      return name !== null && view.layout.bits.has(name) ? null : { kind: "unknownSegment", id: plan.id };
    }
    case "snapshot":
      return around.snapshot(plan.segment, plan.at) === null
        ? { kind: "unknownSnapshot", id: plan.segment, at: plan.at }
        : null;
    case "sample":
      return null;
    case "top":
      return column(plan.by) ?? unordered(view, view.layout.byCode.get(plan.by) as Column);
  }
}

/** Who is first in an order cannot be said while values are unknown, nor of what has no order. */
export function unordered(view: ColumnsView, by: Column): QueryRefusal | null {
  if (!isNumeric(by.type)) return { kind: "notNumeric", code: by.code };
  return hasFailed(view, by) ? failedRows(view, by, null) : null;
}

export const hasFailed = (view: ColumnsView, column: Column): boolean => view.counts(column)[failedCode] !== 0;

/** Columns whose values could not all be evaluated; order and numbers are `unordered`'s. */
export function failingColumns(view: ColumnsView, plan: Plan): Column[] {
  const found = new Set<Column>();
  const visit = (part: Plan): void => {
    if (part.kind === "all" || part.kind === "any") part.of.forEach(visit);
    else if (part.kind === "not") visit(part.of);
    else if (part.kind === "column") note(part.code);
    else if (part.kind === "compare") {
      note(part.left);
      note(part.right);
    }
  };
  const note = (code: TagCode): void => {
    const column = view.layout.byCode.get(code);
    if (column !== undefined && hasFailed(view, column)) found.add(column);
  };
  visit(plan);
  return [...found];
}
