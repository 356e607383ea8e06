import type { OutsideCampaign, OutsidePolicy } from "../../../../src/domain/campaign/outside.ts";
import * as facts from "../../support/facts.ts";
import { campaign, campaignBank, policy } from "./campaignBank.ts";

/**
 * Whoever complains is written to, once a year at most. Ada and Bo agree to e-mail, Cy never said anything. What somebody complains
 * about on a day is decided about on that day's noon, which is when it came in.
 */
export async function decidedBank(given: Partial<OutsideCampaign> = {}, rules: Partial<OutsidePolicy> = {}) {
  let now = Date.UTC(2026, 4, 1);
  const bank = campaignBank({}, undefined, () => now);
  await bank.record(
    ...["ada", "bo", "cy"].map(name => facts.registered(name, "2026-01-01")),
    ...["ada", "bo"].map(name => facts.consented(name, "2026-01-02")),
  );
  await bank.publishPolicy(policy("calm", { caps: [{ most: 1, within: "P365D" }], ...rules }));
  await bank.launch(campaign("sorry", { policy: "calm", ...given }));
  return {
    ...bank,
    complains: async (name: string, day: string): Promise<void> => {
      now = Date.parse(`${day}T12:00:00Z`);
      const data = { complaintId: `${name}-${day}`, product: "card", receivedOn: day };
      const [outcome] = await bank.record(facts.complained(name, day, data));
      if (outcome?.kind !== "accepted") throw new Error(JSON.stringify(outcome));
      await bank.deliver();
    },
    decisionIds: async (): Promise<string[]> => {
      const { campaign: told } = await bank.ask(
        '{ campaign(id: "sorry") { decisions(order: OLDEST_FIRST) { nodes { decisionId } } } }',
      );
      return told.decisions.nodes.map(({ decisionId }: { decisionId: string }) => decisionId);
    },
  };
}
