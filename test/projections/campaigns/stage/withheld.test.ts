import { expect, test } from "vitest";
import type { Decision } from "../../../../src/domain/decision/decision.ts";
import { parseSums } from "../../../../src/domain/effect/sums.ts";
import { customerStream } from "../../../../src/domain/ids.ts";
import { spentOf } from "../../../../src/projections/campaigns/campaignReads.ts";
import {
  type CampaignBank,
  campaign,
  campaignBank,
  customerId,
  day,
  hour,
  minute,
  noon,
  offer,
  policy,
} from "./support/campaignBank.ts";
import { expectRebuilt } from "./support/expectRebuilt.ts";

const people = ["ada", "bo", "cy"];

const report = async (bank: CampaignBank, { customerId: id, decisionId }: Decision, status: string): Promise<void> => {
  bank.tell(customerStream(id), "delivery-reported", { contactId: decisionId, status });
  await bank.deliver();
};
/** One more payment, and what was decided about it. */
async function decidedUpon(bank: CampaignBank, who: string): Promise<Decision> {
  bank.clock.now += minute;
  bank.pays(who);
  await bank.deliver();
  return (await bank.decisions()).at(-1) as Decision;
}
const wordsOf = ({ outcome, reason }: Decision): string => (reason === null ? outcome : `${outcome} ${reason}`);

async function running(...given: Parameters<typeof campaign>): Promise<CampaignBank> {
  const bank = campaignBank();
  for (const who of people) bank.consents(who);
  bank.publishesPolicy(policy("daily", { caps: [{ channels: [], purposes: [], most: 1, within: day }] }));
  bank.publishesOffer(offer("loan"));
  bank.launches(campaign(...given));
  await bank.deliver();
  return bank;
}

test("a send that is withheld counts for no cap, until a channel says that it had it after all", async () => {
  const bank = await running("welcome", { policy: policy("daily").id });
  const first = await decidedUpon(bank, "ada");
  expect(wordsOf(first)).toBe("send");
  expect(wordsOf(await decidedUpon(bank, "ada"))).toBe("skip cap");
  await report(bank, first, "withheld");
  const second = await decidedUpon(bank, "ada");
  expect(wordsOf(second)).toBe("send");
  await report(bank, second, "withheld");
  await report(bank, second, "delivered");
  bank.restart();
  expect(wordsOf(await decidedUpon(bank, "ada"))).toBe("skip cap");
  await expectRebuilt(bank);
});

test("a report that a channel had it stands, whoever says withheld afterwards", async () => {
  const bank = await running("welcome", { policy: policy("daily").id, budget: { money: null, contacts: 1 } });
  const first = await decidedUpon(bank, "ada");
  await report(bank, first, "sent");
  await report(bank, first, "withheld");
  expect(wordsOf(await decidedUpon(bank, "ada"))).toBe("skip cap");
  expect(wordsOf(await decidedUpon(bank, "bo"))).toBe("skip budget");
  await expectRebuilt(bank);
});

test("what a withheld send would have cost goes back to the budget, and the next customer is sent to", async () => {
  const euros = { minorUnits: 9, currency: "EUR" };
  const bank = await running("welcome", { budget: { money: euros, contacts: null } });
  const first = await decidedUpon(bank, "ada");
  expect(spentOf(bank.store.campaigns, "welcome")).toEqual({ contacts: 1, minorUnits: 5 });
  expect(wordsOf(await decidedUpon(bank, "bo"))).toBe("skip budget");
  await report(bank, first, "withheld");
  expect(spentOf(bank.store.campaigns, "welcome")).toEqual({ contacts: 0, minorUnits: 0 });
  expect(bank.outbox()).toEqual([]);
  bank.restart();
  expect(wordsOf(await decidedUpon(bank, "cy"))).toBe("send");
  expect(wordsOf(await decidedUpon(bank, "bo"))).toBe("skip budget");
  await report(bank, first, "withheld");
  expect(spentOf(bank.store.campaigns, "welcome")).toEqual({ contacts: 1, minorUnits: 5 });
  await report(bank, first, "sent");
  await report(bank, first, "delivered");
  expect(spentOf(bank.store.campaigns, "welcome")).toEqual({ contacts: 2, minorUnits: 10 });
  await expectRebuilt(bank);
});

test("later members of a wave are sent what the budget got back", async () => {
  // A slice ends at the eighth question whether it is enough: after seven members.
  const bank = campaignBank({ decideMs: -1 });
  for (let index = 0; index < 10; index += 1) bank.consents(`customer-${index}`);
  const start = { kind: "once", at: noon + hour } as const;
  bank.launches(campaign("wave", { start, budget: { money: null, contacts: 1 } }));
  await bank.deliver();
  bank.clock.now += hour;
  bank.tell("clock", "clock-ticked", {});
  await bank.engine().step();
  bank.relay(1_000);
  const early = await bank.decisions();
  expect(early.map(wordsOf)).toEqual(["send", ...Array(6).fill("skip budget")]);
  await report(bank, early[0] as Decision, "withheld");
  const late = (await bank.decisions()).slice(early.length);
  expect(late.map(wordsOf)).toEqual(["send", "skip budget", "skip budget"]);
  expect(spentOf(bank.store.campaigns, "wave")).toEqual({ contacts: 1, minorUnits: 5 });
  await expectRebuilt(bank);
});

test("effects count a withheld send as such and as nothing else, and the customer stays assigned", async () => {
  const bank = await running("welcome");
  const sums = () =>
    bank.store.campaigns
      .campaignRows("group", { limit: 10 })
      .map(({ text }) => Object.fromEntries([...parseSums(text)].filter(([name]) => !name.startsWith("kpi"))));
  const first = await decidedUpon(bank, "ada");
  const made = { customers: 1n, reached: 1n, "count\temail\tdecided": 1n };
  expect(sums()).toEqual([{ ...made, "count\temail\tsends": 1n, "count\temail\tcost\tEUR": 5n }]);
  await report(bank, first, "withheld");
  const { reached: _, ...met } = made;
  expect(sums()).toEqual([{ ...met, "count\temail\twithheld": 1n }]);
  await report(bank, first, "sent");
  expect(sums()).toEqual([
    { ...made, "count\temail\tsends": 1n, "count\temail\tcost\tEUR": 5n, "count\temail\tsent": 1n },
  ]);
  await expectRebuilt(bank);
});

test("an offer of a withheld send was shown to nobody, and learns nothing", async () => {
  const bank = await running("welcome", { offers: [offer("loan").id] });
  const scores = () =>
    bank.store.campaigns.campaignRows("offerScore", { limit: 10 }).map(({ text }) => JSON.parse(text));
  const first = await decidedUpon(bank, "ada");
  expect(scores()).toEqual([{ shown: 1, successes: 0 }]);
  await report(bank, first, "withheld");
  expect(scores()).toEqual([{ shown: 0, successes: 0 }]);
  await report(bank, first, "clicked");
  expect(scores()).toEqual([{ shown: 1, successes: 1 }]);
  await expectRebuilt(bank);
});

test("what was withheld from one counts for nobody who is merged with it", async () => {
  const bank = await running("welcome", { policy: policy("daily").id });
  await report(bank, await decidedUpon(bank, "bo"), "withheld");
  bank.fact("ada", "identity-merged", { customer: customerId("bo") });
  await bank.deliver();
  expect(wordsOf(await decidedUpon(bank, "bo"))).toBe("send");
  expect(wordsOf(await decidedUpon(bank, "ada"))).toBe("skip cap");
  await expectRebuilt(bank);
});
