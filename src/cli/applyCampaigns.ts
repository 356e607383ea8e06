import type { Ask } from "./applyDefinitions.ts";
import type { CampaignFileKind } from "./definitionFiles.ts";
import type { FiledCampaign } from "./readCampaigns.ts";

export type AppliedCampaign = { readonly what: CampaignFileKind; readonly id: string } & Applied;
type Applied =
  | { readonly kind: "drafted" | "published" | "approved" | "started" | "unchanged"; readonly version: number }
  | { readonly kind: "refused"; readonly file: string; readonly lines: readonly string[] };

/** `CampaignResult`, `PolicyResult` and `OfferResult` as these commands read them; without an outcome it is a refusal. */
export type CampaignAnswer = {
  readonly outcome?: string;
  readonly version?: number;
  readonly message?: string;
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
  readonly dependents?: readonly { readonly campaignId: string; readonly reason: string }[];
};
const refused = "... on CampaignRefused { message faults { field message } }";
const used = "... on UsedByCampaigns { message dependents { campaignId reason } }";
export const campaignAnswer = `... on CampaignChanged { outcome version } ${refused}`;
export const policyAnswer = `... on PolicyChanged { outcome version } ${refused} ${used}`;
export const offerAnswer = `... on OfferChanged { outcome version } ${refused} ${used}`;

/** How far all is taken. `approver`: somebody else than the actor, or null. */
export type ApplyOptions = {
  readonly actor: object;
  /** Policies and offers, too, are left as drafts. */
  readonly draftOnly: boolean;
  readonly approver: object | null;
  readonly start: boolean;
};

/** Drafts, and as far as asked publishes, approves and starts each, in the order given; what is refused does not hold up the others. */
export async function applyCampaigns(
  ask: Ask,
  filed: readonly FiledCampaign[],
  options: ApplyOptions,
  told: (applied: AppliedCampaign) => void,
): Promise<void> {
  for (const one of filed) told({ what: one.kind, id: one.id, ...(await applyOne(ask, one, options)) });
}

async function applyOne(
  ask: Ask,
  { kind: what, file, id, json }: FiledCampaign,
  options: ApplyOptions,
): Promise<Applied> {
  let kind: Exclude<Applied["kind"], "refused"> = "unchanged";
  let version = 0;
  for (const { query, variables } of steps[what](json, id, options)) {
    const { answer } = await ask<{ answer: CampaignAnswer }>(query, variables(version));
    if (answer.outcome === undefined || answer.version === undefined)
      return { kind: "refused", file, lines: reasons(answer) };
    version = answer.version;
    if (answer.outcome !== "UNCHANGED") kind = answer.outcome.toLowerCase() as typeof kind;
  }
  return { kind, version };
}

type Step = { readonly query: string; readonly variables: (version: number) => Readonly<Record<string, unknown>> };
type Steps = (json: object, id: string, options: ApplyOptions) => readonly Step[];

const published =
  (name: "Policy" | "Offer", answer: string): Steps =>
  (json, id, { actor, draftOnly }) => [
    {
      query: `mutation ($input: ${name}Input!, $actor: ActorInput!) {
        answer: draft${name}(input: $input, actor: $actor) { ${answer} }
      }`,
      variables: () => ({ input: json, actor }),
    },
    ...(draftOnly
      ? []
      : [
          {
            query: `mutation ($id: ID!, $version: Int!, $actor: ActorInput!) {
              answer: publish${name}(id: $id, version: $version, actor: $actor) { ${answer} }
            }`,
            variables: (version: number) => ({ id, version, actor }),
          },
        ]),
  ];

const steps: Readonly<Record<CampaignFileKind, Steps>> = {
  policy: published("Policy", policyAnswer),
  offer: published("Offer", offerAnswer),
  campaign: (json, id, { actor, approver, start }) => [
    {
      query: `mutation ($input: CampaignInput!, $actor: ActorInput!) {
        answer: draftCampaign(input: $input, actor: $actor) { ${campaignAnswer} }
      }`,
      variables: () => ({ input: json, actor }),
    },
    ...(approver === null
      ? []
      : [{ query: approveCampaign, variables: (version: number) => ({ id, version, actor: approver }) }]),
    ...(start ? [{ query: startCampaign, variables: () => ({ id, actor }) }] : []),
  ],
};

export const approveCampaign = `mutation ($id: ID!, $version: Int!, $actor: ActorInput!) {
  answer: approveCampaign(id: $id, version: $version, actor: $actor) { ${campaignAnswer} }
}`;
export const startCampaign = `mutation ($id: ID!, $actor: ActorInput!) {
  answer: startCampaign(id: $id, actor: $actor) { ${campaignAnswer} }
}`;

/** Why something was refused, a line for each reason. */
export function reasons({ message, faults = [], dependents = [] }: CampaignAnswer): readonly string[] {
  if (faults.length > 0)
    return faults.map(fault => `${fault.field === "" ? "the whole" : fault.field}: ${fault.message}`);
  return [...(message === undefined ? [] : [message]), ...dependents.map(one => `${one.campaignId}: ${one.reason}`)];
}
