import { type Config, loadConfig } from "../../../src/config.ts";

/** The usual configuration for a store folder, whatever the environment says. */
export function storeConfig(folder: string, variables: Readonly<Record<string, string>> = {}): Config {
  const loaded = loadConfig({ C360_DATA_DIR: folder, C360_PORT: "0", ...variables });
  if (loaded.ok) return loaded.value;
  throw new Error(JSON.stringify(loaded.refusal));
}
