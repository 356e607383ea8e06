import type { Product } from "../../src/compose.ts";
import type { OutsideCampaign, OutsidePolicy } from "../../src/domain/campaign/outside.ts";
import type { Actor } from "../../src/domain/event.ts";

const ada: Actor = { kind: "person", id: "ada" };
const bo: Actor = { kind: "person", id: "bo" };
const texts = { owner: "bench", description: "A campaign of the bench." };

/** Every gate has something to look at; hardly anybody is stopped, so that each decision goes all the way. */
export const benchPolicy: OutsidePolicy = {
  ...{ id: "bench", name: "Bench", ...texts },
  suppression: { attribute: { of: { profile: { name: "city" } }, type: { text: true }, equals: "city 49" } },
  holdout: { salt: "bench-holdout", percent: "5" },
  caps: [
    { most: 1_000, within: "P7D" },
    { channels: ["email"], most: 500, within: "P1D" },
  ],
  // An hour and a half that no bench is run in for long; what is looked at is the same at any hour.
  // biome-ignore lint/suspicious/noThenProperty: plain data, never awaited and never a function
  quietHours: { from: "03:00", to: "03:01", zoneAttribute: "timeZone", zone: "UTC", then: "hold" },
};

export const benchCampaign = (id: string, start: OutsideCampaign["start"]): OutsideCampaign => ({
  ...{ id, name: id, ...texts, purpose: "marketing", zone: "Europe/Prague", start, policy: "bench" },
  audience: { attribute: { of: { profile: { name: "city" } }, type: { text: true }, exists: true } },
  channels: [
    { channel: "email", unitCost: { amount: "0.05", currency: "EUR" } },
    { channel: "sms", unitCost: { amount: "0.09", currency: "EUR" } },
  ],
  assignment: {
    salt: `${id}-arms`,
    arms: [
      { name: "control", share: "10", control: true },
      { name: "treated", share: "90" },
    ],
  },
  budget: { money: { amount: "10000000.00", currency: "EUR" } },
  kpis: [{ code: "bought", name: "Bought", facts: { types: ["transaction-posted"] } }],
});

/** Drafted by one, approved by another, and started. */
export async function launch({ backend }: Product, campaigns: readonly OutsideCampaign[]): Promise<void> {
  const { campaignDefinitions: door, readModels } = backend;
  const done = async <Done>(
    outcome: Promise<{ ok: true; value: Done } | { ok: false; refusal: unknown }>,
  ): Promise<Done> => {
    const answer = await outcome;
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    return answer.value;
  };
  const { version } = await done(door.draftPolicy(benchPolicy, ada));
  await done(door.publishPolicy(benchPolicy.id, version, ada));
  let position = 0;
  for (const campaign of campaigns) {
    const drafted = await done(door.draft(campaign, ada));
    await done(door.approve(campaign.id, drafted.version, bo));
    ({ position } = await done(door.start(campaign.id, ada)));
  }
  await readModels.waitFor(position, 60_000);
}
