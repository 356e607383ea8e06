import type { Command } from "commander";
import { policyAnswer } from "./applyCampaigns.ts";
import type { StoreOptions } from "./configFor.ts";
import { replayInWords, replayPolicy } from "./replayPolicy.ts";
import { listVersioned, type Retiring, retireVersioned } from "./versionedCommands.ts";
import { versionNumber } from "./versionNumber.ts";
import { withStore } from "./withStore.ts";

export function policiesCommand(program: Command): void {
  const policies = program
    .command("policies")
    .description("the rules of contact that campaigns share: look, retire, try; c360 campaigns apply defines them");
  listVersioned(policies, { list: "policies", id: "policyId", none: "No policies." });
  retireVersioned(policies, {
    ...{ mutation: "retirePolicy", answer: policyAnswer },
    description: "end a policy for good; refused while campaigns that are approved and not finished name it",
  } satisfies Retiring);
  policies
    .command("replay <id>")
    .description("try a version of a policy, published or a draft, on the decisions that were made under it")
    .requiredOption("--version <number>", "the version to be tried", versionNumber)
    .option("--campaign <id>", "only decisions of this campaign")
    .option("--from <instant>", "only decisions made at this instant (RFC 3339) or later")
    .option("--to <instant>", "only decisions made before this instant")
    .option("-d, --data <folder>", "the store's folder")
    .option("--json", "print what was found as JSON")
    .addHelpText(
      "after",
      `
Nothing is changed or sent. Examples:
  $ c360 campaigns apply stricter-policies.json --actor ada --draft-only
  $ c360 policies replay retail-marketing --version 2`,
    )
    .action(replay);
}

type Options = StoreOptions & {
  readonly version: number;
  readonly campaign?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
};

const replay = (policyId: string, options: Options): Promise<void> =>
  withStore(options, "c360 policies", "existing", async ask => {
    const { version, campaign = null, from = null, to = null, json } = options;
    const report = await replayPolicy(ask, { policyId, version, campaignId: campaign, from, to });
    if (json) console.log(JSON.stringify(report));
    else for (const line of replayInWords(report)) console.log(line);
  });
