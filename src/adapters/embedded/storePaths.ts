import { join } from "node:path";

/** The files of one store folder. */
export const storePaths = (folder: string) => ({
  events: join(folder, "events.db"),
  keys: join(folder, "keys.db"),
});
