import type { Column } from "./column.ts";
import type { Store } from "./store.ts";

/** Tells where the exact values of a column lie by now, by block. */
export function tellExact(store: Store, column: Column, chunks: readonly number[]): void {
  chunks.forEach((chunk, block) => {
    if ((column.exact[block] ?? 0) !== chunk) store.record(["exact", column.slot, block, chunk]);
  });
}
