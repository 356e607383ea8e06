import { ascending } from "../../../domain/ascending.ts";
import type { ReadModelChanges } from "../../readModelStore.ts";

/** The rows of whom a commit has news that values may follow from: facts, tag values, and new customers. Ascending. */
export function changedRows({ customers, tags }: Pick<ReadModelChanges, "customers" | "tags">): number[] {
  const rows = new Set<number>();
  for (const { row, before } of customers) if (before === null) rows.add(row);
  for (const { row } of tags?.customers ?? []) rows.add(row);
  return ascending(rows);
}
