import type { PolicyState } from "../../domain/campaign/campaignCatalogue.ts";
import { standingVersion } from "../../domain/campaign/campaignGraph.ts";
import { PolicyId } from "../../domain/campaign/policy.ts";
import { stateOf } from "../../projections/campaigns/campaignReads.ts";
import type { RequestContext } from "../context.ts";
import { keyOfId } from "../node/globalId.ts";

export type PolicyVersionRecord = PolicyState["versions"][number];

/** What is shown of it follows the version in force, else the last that was published, else the newest. */
export type PolicyNode = {
  readonly policyState: PolicyState;
  readonly shown: PolicyVersionRecord;
  readonly policyId: PolicyId;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly status: PolicyState["status"];
};

export function policyNode(policyState: PolicyState): PolicyNode {
  const { versions, id: policyId, status } = policyState;
  const shown =
    standingVersion(policyState) ?? versions.findLast(({ published }) => published !== null) ?? versions.at(-1)!;
  const { name, owner, description } = shown.definition;
  return { policyState, shown, policyId, name, owner, description, status };
}

/** A version that still knows whose it is. */
export type PolicyVersionNode = PolicyVersionRecord & { readonly policyState: PolicyState };

export const policyVersionNode = (policyState: PolicyState, version: PolicyVersionRecord): PolicyVersionNode => ({
  ...version,
  policyState,
});

/** Throws BAD_USER_INPUT. */
export const policyKey = (id: string, argument = "id"): PolicyId => keyOfId("Policy", id, PolicyId.parse, argument);

export function policyById(context: RequestContext, id: PolicyId): PolicyNode | null {
  const state = stateOf(context.session(), "policy", id);
  return state === null ? null : policyNode(state);
}

/** Looked up once for all that mention it in this answer. */
export async function policyNamed(context: RequestContext, id: string): Promise<PolicyNode | null> {
  const state = await context.loaders().policy.load(id);
  return state === null ? null : policyNode(state);
}
