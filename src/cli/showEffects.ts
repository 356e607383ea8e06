import type { Ask } from "./applyDefinitions.ts";
import { effectsInWords, type PrintedEffects, printedEffects } from "./effectsInWords.ts";
import { CliFailure } from "./fail.ts";

type Answer = {
  readonly campaign: {
    readonly campaignId: string;
    readonly name: string;
    readonly status: string;
    readonly effects: (PrintedEffects & { readonly message?: undefined }) | { readonly message: string };
  } | null;
};

const query = `query ($id: ID!, $excluding: [CustomerRefInput!]) {
  campaign(id: $id) {
    campaignId name status
    effects(excluding: $excluding) { ... on EffectsNotCounted { message } ... on CampaignEffects { ${printedEffects} } }
  }
}`;

/** Prints what a campaign changed. `excluding`: customers to be left out, each as system:id. */
export async function showEffects(
  ask: Ask,
  id: string,
  { excluding, json }: { readonly excluding: readonly string[]; readonly json: boolean },
): Promise<void> {
  const { campaign } = await ask<Answer>(query, { id, excluding: excluding.map(referenceOf) });
  if (campaign === null) throw new CliFailure(`there is no campaign ${id}; c360 campaigns list tells which there are`);
  const { campaignId, name, status, effects } = campaign;
  if (effects.message !== undefined) throw new CliFailure(`${campaignId} has no figures: ${effects.message}`);
  if (json) return console.log(JSON.stringify(effects));
  console.log(`${campaignId}  ${status.toLowerCase()}  ${name}`);
  for (const line of effectsInWords(effects)) console.log(line);
}

function referenceOf(text: string): object {
  const colon = text.indexOf(":");
  if (colon <= 0) throw new CliFailure(`--excluding ${text}: expected system:id, such as crm:10000001`, 2);
  return { identity: { system: text.slice(0, colon), id: text.slice(colon + 1) } };
}
