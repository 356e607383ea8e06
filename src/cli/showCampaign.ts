import type { Ask } from "./applyDefinitions.ts";
import { CliFailure } from "./fail.ts";

type Step = { readonly at: string; readonly actor: { readonly id: string } };
type Shown = {
  readonly campaignId: string;
  readonly name: string;
  readonly owner: string;
  readonly status: string;
  readonly sentence: string;
  readonly kpis: readonly { readonly code: string; readonly sentence: string; readonly added: boolean }[];
  readonly versions: readonly {
    readonly version: number;
    readonly status: string;
    readonly drafted: Step;
    readonly approved: Step | null;
  }[];
  readonly course: readonly { readonly what: string; readonly reason: string; readonly step: Step }[];
};

const step = "{ at actor { id } }";
const query = `query ($id: ID!) {
  campaign(id: $id) {
    campaignId name owner status sentence
    kpis { code sentence added }
    versions { version status drafted ${step} approved ${step} }
    course { what reason step ${step} }
  }
}`;

/** Prints what a campaign says and what became of it. */
export async function showCampaign(ask: Ask, id: string): Promise<void> {
  const { campaign } = await ask<{ campaign: Shown | null }>(query, { id });
  if (campaign === null) throw new CliFailure(`there is no campaign ${id}; c360 campaigns list tells which there are`);
  const { campaignId, name, owner, status, sentence, kpis, versions, course } = campaign;
  console.log(`${campaignId}  ${words(status)}  ${name} (${owner})`);
  console.log(`\n${sentence}`);
  console.log(`\nJudged by${kpis.length === 1 ? "" : ", the first above all"}:`);
  for (const kpi of kpis) console.log(`  ${kpi.code}${kpi.added ? " (added later)" : ""}: ${kpi.sentence}`);
  console.log("\nVersions:");
  for (const { version, status, drafted, approved } of versions)
    console.log(
      `  ${version}  ${words(status)}  drafted ${by(drafted)}${approved === null ? "" : `, approved ${by(approved)}`}`,
    );
  if (course.length > 0) console.log("\nCourse:");
  for (const { what, reason, step } of course)
    console.log(`  ${words(what)} ${by(step)}${reason === "" ? "" : `: ${reason}`}`);
}

const words = (code: string): string => code.toLowerCase().replaceAll("_", " ");
const by = ({ at, actor }: Step): string => `by ${actor.id} on ${at}`;
