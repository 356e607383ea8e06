import type { Command } from "commander";
import { policyAnswer } from "./applyCampaigns.ts";
import { listVersioned, type Retiring, retireVersioned } from "./versionedCommands.ts";

export function policiesCommand(program: Command): void {
  const policies = program
    .command("policies")
    .description("the rules of contact that campaigns share: look, retire; c360 campaigns apply defines them");
  listVersioned(policies, { list: "policies", id: "policyId", none: "No policies." });
  retireVersioned(policies, {
    ...{ mutation: "retirePolicy", answer: policyAnswer },
    description: "end a policy for good; refused while campaigns that are approved and not finished name it",
  } satisfies Retiring);
}
