import { TagCode } from "../../domain/tag/definition.ts";
import { parseGlobalId } from "../node/globalId.ts";

/** The code that a command names, by itself or as a global id. What is neither goes on as it is, to be refused with reasons. */
export function bareCode(given: string): string {
  if (TagCode.parse(given) !== null) return given;
  const global = parseGlobalId(given);
  return global?.type === "Tag" ? global.key : given;
}
