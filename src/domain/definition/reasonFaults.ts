import type { Fault } from "../fault.ts";

const longestReason = 1_000;

/** What is wrong with the reason that somebody gives for ending something. */
export function reasonFaults(reason: string): readonly Fault[] {
  if (reason.trim() === "") return [{ field: "reason", code: "empty", message: "say why: it stays on record" }];
  if (reason.length <= longestReason) return [];
  return [{ field: "reason", code: "too-long", message: `at most ${longestReason} characters are possible` }];
}
