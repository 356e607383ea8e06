import { readFileSync } from "node:fs";
import type { Command } from "commander";
import {
  type AppliedCampaign,
  applyCampaigns,
  approveCampaign,
  type CampaignAnswer,
  campaignAnswer,
  reasons,
  startCampaign,
} from "./applyCampaigns.ts";
import type { StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { listPages } from "./listPages.ts";
import { readCampaigns } from "./readCampaigns.ts";
import { showCampaign } from "./showCampaign.ts";
import { showEffects } from "./showEffects.ts";
import { versionNumber } from "./versionNumber.ts";
import { withStore } from "./withStore.ts";

type Acting = StoreOptions & { readonly actor: string };

export function campaignsCommand(program: Command): void {
  const campaigns = program
    .command("campaigns")
    .description("campaigns: apply files, look, approve, start, pause, finish, and what they changed")
    .addHelpText(
      "after",
      `
A campaign is drafted by one person, approved by another, and then started (docs/campaigns.md):
  $ c360 campaigns apply examples/bank-campaign --actor ada
  $ c360 campaigns show savings-spring
  $ c360 campaigns approve savings-spring --version 1 --actor grace
  $ c360 campaigns start savings-spring --actor ada
  $ c360 campaigns effects savings-spring`,
    );
  const data = (command: Command) => command.option("-d, --data <folder>", "the store's folder");
  const acting = (command: Command) =>
    data(command).requiredOption("--actor <id>", "who decides this; it goes on record");
  const withReason = (command: Command) => acting(command).requiredOption("--reason <text>", "why; it goes on record");

  acting(campaigns.command("apply <path...>"))
    .description("publish the policies and offers of files or folders of them, and draft their campaigns")
    .option("--draft-only", "leave policies and offers drafts too, to be tried first: c360 policies replay")
    .option("--approve-as <id>", "approve the campaigns too, as this other person")
    .option("--start", "start the campaigns too; they have to be approved")
    .addHelpText(
      "after",
      `
policies.json, offers.json and campaigns.json (or files whose names end so) hold one of them or a list (docs/campaigns.md). The tags
and segments that they ask for have to be published already (c360 tags apply, c360 segments apply). What is defined so already
stays as it is.

Examples:
  $ c360 campaigns apply examples/cookie-cats --actor ada
  $ c360 campaigns apply examples/cookie-cats --actor ada --approve-as grace --start`,
    )
    .action(apply);
  data(campaigns.command("list")).description("list campaigns with their status").action(list);
  data(campaigns.command("show <id>"))
    .description("what a campaign says, in sentences, and what became of it")
    .action((id: string, options: StoreOptions) => withStore(options, name, "existing", ask => showCampaign(ask, id)));
  data(campaigns.command("effects <id>"))
    .description("what a campaign changed: funnel, arms, lifts with intervals, return on cost, contacts saved")
    .option("--excluding <system:id...>", "customers to be left out, such as outliers")
    .option("--json", "print it as JSON")
    .action(
      (
        id: string,
        { excluding = [], json = false, ...options }: StoreOptions & Partial<Parameters<typeof showEffects>[2]>,
      ) => withStore(options, name, "existing", ask => showEffects(ask, id, { excluding, json })),
    );
  acting(campaigns.command("approve <id>"))
    .description("approve a draft; refused to whoever drafted it. While the campaign runs it takes effect at once")
    .requiredOption("--version <number>", "the version meant, so that nobody approves a draft unseen", versionNumber)
    .action((id: string, { version, ...options }: Acting & { readonly version: number }) =>
      command(options, approveCampaign, { id, version }, `version ${version} of ${id} is approved`),
    );
  acting(campaigns.command("start <id>"))
    .description("begin with the version that was approved")
    .action((id: string, options: Acting) => command(options, startCampaign, { id }, `${id} runs`));
  withReason(campaigns.command("pause <id>"))
    .description("decide nothing until it is resumed")
    .action((id: string, { reason, ...options }: Reasoned) =>
      command(options, withReasonQuery("pause"), { id, reason }, `${id} is paused`),
    );
  acting(campaigns.command("resume <id>"))
    .description("go on; contacts that were held meanwhile are decided anew")
    .action((id: string, options: Acting) => command(options, resumeCampaign, { id }, `${id} runs`));
  withReason(campaigns.command("finish <id>"))
    .description("end a campaign for good; outcomes go on being counted")
    .action((id: string, { reason, ...options }: Reasoned) =>
      command(options, withReasonQuery("finish"), { id, reason }, `${id} is finished`),
    );
  acting(campaigns.command("add-kpi <id> <file>"))
    .description("judge a campaign by one more KPI, from its first assignment on; also after its end")
    .addHelpText(
      "after",
      `
The file holds a KPI as docs/campaigns.md says, such as
  { "code": "card", "name": "Took a card", "facts": { "types": ["card-issued"] } }`,
    )
    .action((id: string, file: string, options: Acting) =>
      command(options, addKpi, { id, kpi: kpiIn(file) }, `${id} is judged by it too`),
    );
}

type Reasoned = Acting & { readonly reason: string };
const person = (id: string) => ({ kind: "PERSON", id });
const name = "c360 campaigns";

const resumeCampaign = `mutation ($id: ID!, $actor: ActorInput!) {
  answer: resumeCampaign(id: $id, actor: $actor) { ${campaignAnswer} }
}`;
const withReasonQuery = (
  step: "pause" | "finish",
): string => `mutation ($id: ID!, $reason: String!, $actor: ActorInput!) {
  answer: ${step}Campaign(id: $id, reason: $reason, actor: $actor) { ${campaignAnswer} }
}`;
const addKpi = `mutation ($id: ID!, $kpi: CampaignKpiInput!, $actor: ActorInput!) {
  answer: addCampaignKpi(id: $id, kpi: $kpi, actor: $actor) { ${campaignAnswer} }
}`;

const draftsWait =
  "A draft does nothing until another person approves it: c360 campaigns approve <id> --version <number>";
const draftsCanBeTried =
  "Drafts do nothing; those of policies can be tried: c360 policies replay <id> --version <number>";

type Applying = Acting & { readonly draftOnly?: true; readonly approveAs?: string; readonly start?: true };

async function apply(paths: readonly string[], options: Applying): Promise<void> {
  if (options.approveAs === options.actor)
    throw new CliFailure(`${options.actor} drafts the campaigns: --approve-as has to be somebody else`, 2);
  const read = readCampaigns(paths);
  if (!read.ok) throw new CliFailure(`nothing was applied:\n${read.refusal.map(line => `  ${line}`).join("\n")}`);
  const counts = { published: 0, drafted: 0, approved: 0, started: 0, unchanged: 0, refused: 0 };
  const how = {
    actor: person(options.actor),
    draftOnly: options.draftOnly === true,
    approver: options.approveAs === undefined ? null : person(options.approveAs),
    start: options.start === true,
  };
  await withStore(options, name, "any", async ask => {
    await applyCampaigns(ask, read.value, how, (applied: AppliedCampaign) => {
      counts[applied.kind] += 1;
      if (applied.kind === "refused") {
        console.log(`${applied.what} ${applied.id}  refused (${applied.file})`);
        for (const line of applied.lines) console.log(`    ${line}`);
      } else console.log(`${applied.what} ${applied.id}  ${applied.kind}, version ${applied.version}`);
    });
  });
  const told = Object.entries(counts).filter(([kind, count]) => count > 0 || kind === "refused");
  console.log(`${told.map(([kind, count]) => `${count} ${kind}`).join(", ")}.`);
  if (counts.drafted > 0) console.log(how.draftOnly ? draftsCanBeTried : draftsWait);
  if (counts.refused > 0) process.exitCode = 1;
}

async function list(options: StoreOptions): Promise<void> {
  await withStore(options, name, "existing", async ask => {
    type Row = { readonly campaignId: string; readonly name: string; readonly status: string };
    const count = await listPages<Row>(ask, "campaigns", "campaignId name status", row =>
      console.log(`${row.campaignId}  ${row.status.toLowerCase()}  ${row.name}`),
    );
    if (count === 0) console.log("No campaigns.");
  });
}

/** One step in a campaign's life. */
async function command(options: Acting, query: string, variables: object, done: string): Promise<void> {
  await withStore(options, name, "existing", async ask => {
    const { answer } = await ask<{ answer: CampaignAnswer }>(query, { ...variables, actor: person(options.actor) });
    if (answer.outcome === undefined) throw new CliFailure(reasons(answer).join("\n"));
    console.log(answer.outcome === "UNCHANGED" ? `${done}, and was before.` : `${done}.`);
  });
}

function kpiIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CliFailure(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
