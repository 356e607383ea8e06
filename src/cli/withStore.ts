import type { Ask } from "./applyDefinitions.ts";
import { askStore } from "./askStore.ts";
import { configFor, type StoreOptions } from "./configFor.ts";
import { reachStore } from "./reachStore.ts";

/** Some work on a store, opened for it and closed after it, or through the server that has it open. */
export async function withStore(
  options: StoreOptions,
  command: string,
  store: "any" | "existing",
  work: (ask: Ask) => Promise<void>,
): Promise<void> {
  const reached = await reachStore(configFor(options), command, store);
  try {
    await work((query, variables) => askStore(reached, query, variables));
  } finally {
    if (reached.kind === "own") await reached.product.close();
  }
}
