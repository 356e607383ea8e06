import { StoreLocked } from "../adapters/embedded/lockStore.ts";
import { openProduct, type Product } from "../compose.ts";
import type { Config } from "../config.ts";
import { assertStore } from "./configFor.ts";

/** A store that a command may write to: opened by this process, or through the server that has it open. */
export type ReachedStore =
  | { readonly kind: "own"; readonly product: Product }
  | { readonly kind: "server"; readonly url: string };

/** Opens the store, or finds the running server that holds it. Throws StoreLocked where its holder cannot be asked. */
export async function reachStore(config: Config, command: string, store: "any" | "existing"): Promise<ReachedStore> {
  if (store === "existing") assertStore(config);
  try {
    return { kind: "own", product: await openProduct(config, command) };
  } catch (error) {
    if (error instanceof StoreLocked && error.holder?.url != null) return { kind: "server", url: error.holder.url };
    throw error;
  }
}
