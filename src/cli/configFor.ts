import { existsSync } from "node:fs";
import { storePaths } from "../adapters/embedded/storePaths.ts";
import { type Config, loadConfig } from "../config.ts";
import { CliFailure } from "./fail.ts";

export type StoreOptions = { readonly data?: string };

/** For commands that make no sense on a folder without a store. */
export function assertStore({ dataDir }: Config): void {
  if (existsSync(storePaths(dataDir).events)) return;
  throw new CliFailure(
    `there is no store in ${dataDir}: name its folder with --data or C360_DATA_DIR, or fill one with \`c360 import\``,
  );
}

/** The configuration of the environment, with what the command line says on top. */
export function configFor(options: StoreOptions & { readonly host?: string; readonly port?: string }): Config {
  const { data, host, port } = options;
  const loaded = loadConfig({
    ...process.env,
    ...(data !== undefined && { C360_DATA_DIR: data }),
    ...(host !== undefined && { C360_HOST: host }),
    ...(port !== undefined && { C360_PORT: port }),
  });
  if (loaded.ok) return loaded.value;
  throw new CliFailure(
    `the configuration has problems:\n${loaded.refusal.map(({ variable, message }) => `  ${variable} ${message}`).join("\n")}`,
    2,
  );
}
