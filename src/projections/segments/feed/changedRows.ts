import type { ReadModelChanges } from "../../readModelStore.ts";

/** The rows that a commit puts into the columns or changes there: those whose tag values it writes, and new ones. Ascending. */
export function changedRows({ customers, tags }: Pick<ReadModelChanges, "customers" | "tags">): number[] {
  const rows = new Set<number>();
  for (const { row, before } of customers) if (before === null) rows.add(row);
  for (const { row, values } of tags?.customers ?? []) if (values !== null) rows.add(row);
  return [...rows].sort((a, b) => a - b);
}
