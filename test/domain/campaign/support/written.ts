import type { OutsideCampaign, OutsideOffer, OutsidePolicy } from "../../../../src/domain/campaign/outside.ts";

/* Campaigns, policies and offers with everything a sentence leaves out filled in. */

export const campaign = (given: Partial<OutsideCampaign> & { readonly id: string }): OutsideCampaign => ({
  ...{ name: given.id, owner: "crm", description: "Of a test.", purpose: "marketing", zone: "Europe/Prague" },
  audience: { list: "vip" },
  start: { once: { at: "2024-06-01" } },
  channels: [{ channel: "email" }],
  kpis: [{ code: "bought", name: "Bought a card", facts: { types: ["card-issued"] } }],
  ...given,
});

export const policy = (given: Partial<OutsidePolicy> & { readonly id: string }): OutsidePolicy => ({
  ...{ name: given.id, owner: "crm", description: "Of a test." },
  ...given,
});

export const offer = (given: Partial<OutsideOffer> & { readonly id: string }): OutsideOffer => ({
  ...{ name: given.id, owner: "crm", description: "Of a test." },
  ...{ eligible: { list: "vip" }, value: { amount: 100, currency: "CZK" } },
  ...given,
});
