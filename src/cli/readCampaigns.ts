import { CampaignId } from "../domain/campaign/campaign.ts";
import { parseCampaign } from "../domain/campaign/parse/parseCampaign.ts";
import { parseOffer } from "../domain/campaign/parse/parseOffer.ts";
import { parsePolicy } from "../domain/campaign/parse/parsePolicy.ts";
import { accept, type Result, refuse } from "../domain/result.ts";
import { type CampaignFileKind, campaignFileNames, campaignFiles } from "./definitionFiles.ts";
import { isOfTheFile, withoutTags } from "./withoutTags.ts";

/** A policy, an offer or a campaign as it stands in its file. What it asks of tags, segments and each other is looked at in the store. */
export type FiledCampaign = {
  readonly kind: CampaignFileKind;
  readonly file: string;
  readonly id: string;
  readonly json: object;
};

const parsers = { policy: parsePolicy, offer: parseOffer, campaign: parseCampaign } as const;

/**
 * The policies, offers and campaigns of files, or of those files in folders that are called so; policies come first and campaigns
 * last. Refuses with a line for everything that is wrong with any of them, as far as that can be told without the store.
 */
export function readCampaigns(paths: readonly string[]): Result<readonly FiledCampaign[], readonly string[]> {
  const surroundings = withoutTags();
  const problems: string[] = [];
  const found = new Map<string, FiledCampaign>();
  for (const { kind, file, json, place } of campaignFiles(paths, problems)) {
    const parsed = parsers[kind](json, surroundings);
    const faults = parsed.ok ? [] : parsed.refusal.filter(isOfTheFile);
    for (const { field, message } of faults) problems.push(`${place}${field === "" ? "" : ` ${field}`}: ${message}`);
    const id = idOf(json);
    if (faults.length > 0 || id === null) continue;
    const name = `${kind} ${id}`;
    if (found.has(name)) problems.push(`${place}: ${name} is defined in ${found.get(name)?.file} too`);
    else found.set(name, { kind, file, id, json: json as object });
  }
  if (problems.length === 0 && found.size === 0)
    problems.push(`there is nothing in files that are called ${Object.values(campaignFileNames).join(", ")}`);
  if (problems.length > 0) return refuse(problems);
  const order = Object.keys(campaignFileNames);
  return accept([...found.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)));
}

function idOf(json: unknown): string | null {
  const id = (json as { readonly id?: unknown } | null)?.id;
  return typeof id === "string" ? CampaignId.parse(id) : null;
}
