import type { JsonValue } from "../../../domain/json.ts";
import type { FactFilter } from "../../../domain/tag/factSelection.ts";
import { type SelectionPlan, selectionPlan } from "./selectedRows.ts";

/** A selection and the columns derived from it, shared by all tags that ask for the same. */
export type SharedSelection = {
  readonly plan: SelectionPlan;
  /** The slot of a column; the same parts give the same slot. */
  readonly columnFor: (parts: readonly JsonValue[]) => number;
};

/** Hands out plans, each different selection getting one. */
export function createSharedSelections(): (types: readonly string[], where: FactFilter | null) => SharedSelection {
  const selections = new Map<string, SharedSelection>();
  return (types, where) => {
    const key = JSON.stringify([[...new Set(types)].sort(), where]);
    let selection = selections.get(key);
    if (selection === undefined) {
      const columns = new Map<string, number>();
      selection = {
        plan: selectionPlan(selections.size, types, where),
        columnFor: parts => {
          const column = JSON.stringify(parts);
          const slot = columns.get(column) ?? columns.size;
          columns.set(column, slot);
          return slot;
        },
      };
      selections.set(key, selection);
    }
    return selection;
  };
}
