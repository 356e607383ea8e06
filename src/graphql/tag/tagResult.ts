import type { TagOutcome } from "../../definitions/tagDefinitions.ts";
import type { TagRefusal } from "../../domain/tag/refusal.ts";
import { tagRefused } from "./refusalType.ts";
import { tagNode } from "./tagNode.ts";

/** The outcome of a command in the API's words: one of the types of `TagResult`. */
export function tagResult(outcome: TagOutcome): object {
  if (!outcome.ok) return refusal(outcome.refusal);
  const { kind, tag, version, position } = outcome.value;
  return { outcome: kind, tag: tagNode(tag), version, position };
}

function refusal(refused: TagRefusal): object {
  if (refused.kind === "dependents")
    return { code: refused.code, message: refused.message, dependents: refused.dependents };
  return tagRefused(refused);
}
