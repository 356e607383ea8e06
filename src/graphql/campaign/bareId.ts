import { type NodeType, parseGlobalId } from "../node/globalId.ts";

/** The id that a command names, by itself or as a global id. What is neither goes on as it is, to be refused with reasons. */
export function bareId(type: NodeType, given: string, parse: (raw: string) => string | null): string {
  if (parse(given) !== null) return given;
  const global = parseGlobalId(given);
  return global?.type === type ? global.key : given;
}
