import type { PolicyOutcome } from "../../definitions/campaignDefinitions.ts";
import { campaignRefusal } from "../campaign/refusalType.ts";
import { policyNode } from "./policyNode.ts";

/** The outcome of a command in the API's words: one of the types of `PolicyResult`. */
export function policyResult(outcome: PolicyOutcome): object {
  if (!outcome.ok) return campaignRefusal(outcome.refusal);
  const { kind, policy, version, position } = outcome.value;
  return { outcome: kind, policy: policyNode(policy), version, position };
}
