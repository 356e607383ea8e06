import type { OutsideCampaign, OutsideKpi } from "../../../../src/domain/campaign/outside.ts";
import type { Fact } from "../../../../src/intake/fact.ts";
import * as facts from "../../support/facts.ts";
import { campaign, campaignBank } from "../support/campaignBank.ts";

export const bought: OutsideKpi = {
  ...{ code: "bought", name: "Bought", facts: { types: ["campaign-responded"] } },
};
export const spent: OutsideKpi = {
  ...{ code: "spent", name: "Spent", facts: { types: ["campaign-responded"] }, margin: "50" },
  measure: { sum: { field: "value", as: { money: { currency: "CZK" } } } },
};

/** Assigned elsewhere to halves; a message costs two crowns. */
export const trial = (given: Partial<OutsideCampaign> = {}): OutsideCampaign =>
  campaign("trial", {
    start: { outside: true },
    channels: [{ channel: "email", unitCost: { amount: "2.00", currency: "CZK" } }],
    assignment: {
      arms: [
        { name: "control", share: "50", control: true },
        { name: "treated", share: "50" },
      ],
    },
    kpis: [bought, spent],
    ...given,
  });

export const assigned = (who: string, arm: string, day: string): Fact =>
  facts.told("campaign-assigned", facts.customer(who), day, { campaignId: "trial", arm });
export const contacted = (who: string, day: string): Fact =>
  facts.told("campaign-contacted", facts.customer(who), day, {
    ...{ contactId: `to-${who}`, campaignId: "trial", channel: "email", purpose: "marketing" },
  });
export const responded = (who: string, day: string, amount: string): Fact =>
  facts.told("campaign-responded", facts.customer(who), day, {
    ...{ campaignId: "trial", response: "bought", value: { amount, currency: "CZK" } },
  });

const ten = Array.from({ length: 10 }, (_, index) => index);

/**
 * Ten in either arm, assigned on 1 May. Of the treated, all contacted on the 2nd, six buy for 100 crowns each on the 3rd; of the control
 * three do, for 60 each, one of them on the 4th.
 */
export const halves = (): Fact[] => [
  ...ten.flatMap(n => [assigned(`t${n}`, "treated", "2026-05-01"), assigned(`c${n}`, "control", "2026-05-01")]),
  ...ten.map(n => contacted(`t${n}`, "2026-05-02")),
  ...ten.slice(0, 6).map(n => responded(`t${n}`, "2026-05-03", "100.00")),
  ...ten.slice(0, 3).map(n => responded(`c${n}`, n === 2 ? "2026-05-04" : "2026-05-03", "60.00")),
];

/** A bank in which the trial has come so far. */
export async function effectBank(definition: OutsideCampaign = trial(), told: readonly Fact[] = halves()) {
  const bank = campaignBank();
  await bank.record(...told);
  await bank.launch(definition);
  return bank;
}
