import { parseGlobalId } from "../node/globalId.ts";

/** The quarantine's own id behind a global one; any other text is taken for the id itself, and simply may not exist. */
export function quarantineIdOf(id: string): string {
  const global = parseGlobalId(id);
  return global?.type === "QuarantinedFact" ? global.key : id;
}
