import type { OutsideCampaign, OutsideOffer, OutsidePolicy } from "../../../../src/domain/campaign/outside.ts";
import { segmentBank } from "../../segment/support/segmentBank.ts";
import type { testBank } from "../../support/testBank.ts";

const said = { owner: "crm", description: "Said by a test." };

/** Whoever complains is written to, unless the test says otherwise. */
export const campaign = (id: string, given: Partial<OutsideCampaign> = {}): OutsideCampaign => ({
  ...{ id, name: `The ${id}`, ...said, purpose: "marketing", zone: "UTC" },
  audience: { not: { did: { types: ["account-closed"] } } },
  start: { trigger: { types: ["complaint-recorded"], maxAge: "P3650D" } },
  channels: [{ channel: "email", unitCost: { amount: "0.10", currency: "CZK" } }],
  kpis: [{ code: "called", name: "Called", facts: { types: ["call-recorded"] } }],
  ...given,
});

export const policy = (id: string, given: Partial<OutsidePolicy> = {}): OutsidePolicy => ({
  ...{ id, name: `The ${id}`, ...said },
  ...given,
});

export const offer = (id: string, given: Partial<OutsideOffer> = {}): OutsideOffer => ({
  ...{
    id,
    name: `The ${id}`,
    ...said,
    eligible: { not: { did: { types: ["account-closed"] } } },
    value: { amount: "40.00", currency: "CZK" },
  },
  ...given,
});

const refused = "... on CampaignRefused { reason subjectId refusedVersion message fields faults { field code } }";
const used = "... on UsedByCampaigns { subjectId message dependents { campaignId version reason campaign { name } } }";
const ofCampaign = `__typename ... on CampaignChanged { outcome version position campaign { campaignId status } } ${refused}`;
const ofPolicy = `__typename ... on PolicyChanged { outcome version position policy { policyId status } } ${refused} ${used}`;
const ofOffer = `__typename ... on OfferChanged { outcome version position offer { offerId status } } ${refused} ${used}`;

const person = (id: string): string => `{ kind: PERSON, id: "${id}" }`;

/** Each command as its GraphQL: what it takes beside the actor. */
const commands = {
  draftCampaign: ["$input: CampaignInput!", "input: $input", ofCampaign],
  approveCampaign: ["$id: ID!, $version: Int!", "id: $id, version: $version", ofCampaign],
  startCampaign: ["$id: ID!", "id: $id", ofCampaign],
  pauseCampaign: ["$id: ID!, $reason: String!", "id: $id, reason: $reason", ofCampaign],
  resumeCampaign: ["$id: ID!", "id: $id", ofCampaign],
  finishCampaign: ["$id: ID!, $reason: String!", "id: $id, reason: $reason", ofCampaign],
  addCampaignKpi: ["$id: ID!, $kpi: CampaignKpiInput!", "id: $id, kpi: $kpi", ofCampaign],
  draftPolicy: ["$input: PolicyInput!", "input: $input", ofPolicy],
  publishPolicy: ["$id: ID!, $version: Int!", "id: $id, version: $version", ofPolicy],
  retirePolicy: ["$id: ID!, $reason: String!", "id: $id, reason: $reason", ofPolicy],
  draftOffer: ["$input: OfferInput!", "input: $input", ofOffer],
  publishOffer: ["$id: ID!, $version: Int!", "id: $id, version: $version", ofOffer],
  retireOffer: ["$id: ID!, $reason: String!", "id: $id, reason: $reason", ofOffer],
} as const;

/** A bank in memory whose campaigns are run through the API. Ada drafts; Bo approves. */
export function campaignBank(...given: Parameters<typeof testBank>) {
  const bank = segmentBank(...given);
  const tell = async (command: keyof typeof commands, variables: Record<string, unknown>, actor = "ada") => {
    const [takes, hands, asks] = commands[command];
    const text = `mutation (${takes}) { said: ${command}(${hands}, actor: ${person(actor)}) { ${asks} } }`;
    const { data, errors } = await bank.query(text, variables);
    await bank.engine.drain();
    return data?.said ?? errors;
  };
  /** As `tell`; throws with the reason where it was refused. */
  const must = async (...told: Parameters<typeof tell>) => {
    const answer = await tell(...told);
    if (answer.outcome === undefined) throw new Error(JSON.stringify(answer));
    return answer;
  };
  return {
    ...bank,
    tell,
    must,
    /** Drafted, approved and started, or taking the place of the version before. */
    launch: async (definition: OutsideCampaign): Promise<void> => {
      const { version } = await must("draftCampaign", { input: definition });
      await must("approveCampaign", { id: definition.id, version }, "bo");
      await must("startCampaign", { id: definition.id });
      await bank.deliver();
    },
    publishPolicy: async (definition: OutsidePolicy): Promise<void> => {
      const { version } = await must("draftPolicy", { input: definition });
      await must("publishPolicy", { id: definition.id, version });
    },
    publishOffer: async (definition: OutsideOffer): Promise<void> => {
      const { version } = await must("draftOffer", { input: definition });
      await must("publishOffer", { id: definition.id, version });
    },
  };
}
export type CampaignBank = ReturnType<typeof campaignBank>;
