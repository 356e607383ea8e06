import { expect, test } from "vitest";
import { type PendingEvent, pendingEventsIn } from "../../../../src/projections/campaigns/pendingRows.ts";
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

const told = async (bank: CampaignBank) =>
  (await bank.decisions()).map(({ customerId: id, campaignId, outcome, reason, at }) => ({
    who: ["ada", "bo", "cy"].find(name => customerId(name) === id),
    ...{ campaignId, outcome, reason, at },
  }));

test("a fact that meets a trigger is decided about in its own pass, and the send is in the outbox once the log has it", async () => {
  const bank = campaignBank();
  bank.consents("ada");
  bank.launches(campaign("welcome"));
  await bank.deliver();
  bank.clock.now += minute;
  bank.pays("ada");
  await bank.engine().drain();
  expect(bank.store.campaigns.campaignRows("pending", { limit: 10 })).toHaveLength(1);
  expect(bank.outbox()).toEqual([]);
  await bank.deliver();
  const [decision] = await bank.decisions();
  expect(decision).toMatchObject({
    ...{ customerId: customerId("ada"), campaignId: "welcome", campaignVersion: 1, outcome: "send", reason: null },
    ...{ arm: "all", variant: "a", channel: "email", at: noon + minute, unitCost: { minorUnits: 5, currency: "EUR" } },
    consent: { granted: true, position: 1 },
    cause: { kind: "trigger", position: 5 },
  });
  expect(bank.outbox()).toEqual([
    {
      decisionId: decision?.decisionId,
      customerId: customerId("ada"),
      campaignId: "welcome",
      channel: "email",
      minorUnits: 5,
    },
  ]);
  expect(bank.store.campaigns.campaignRows("pending", { limit: 10 })).toEqual([]);
  await expectRebuilt(bank);
});

test("nothing is sent to whom nothing was ever said of consent, nor to one who took it back", async () => {
  const bank = campaignBank();
  bank.consents("bo");
  bank.launches(campaign("welcome"));
  await bank.deliver();
  bank.pays("ada");
  bank.fact("bo", "consent-withdrawn", { channel: "email", purpose: "marketing" });
  bank.pays("bo");
  await bank.deliver();
  expect(await told(bank)).toEqual([
    { who: "ada", campaignId: "welcome", outcome: "skip", reason: "consent", at: noon },
    { who: "bo", campaignId: "welcome", outcome: "skip", reason: "consent", at: noon },
  ]);
  expect(bank.outbox()).toEqual([]);
});

test("a cap counts what was decided in the same pass, and lets through again at the very end of its window", async () => {
  const bank = campaignBank();
  bank.consents("ada");
  bank.publishesPolicy(policy("calm", { caps: [{ channels: [], purposes: [], most: 1, within: day }] }));
  bank.launches(campaign("one", { policy: policy("calm").id }));
  bank.launches(campaign("two", { policy: policy("calm").id }));
  await bank.deliver();
  bank.pays("ada");
  await bank.deliver();
  bank.clock.now = noon + day - 1;
  bank.pays("ada");
  await bank.deliver();
  bank.clock.now = noon + day;
  bank.pays("ada");
  await bank.deliver();
  expect(await told(bank)).toEqual([
    { who: "ada", campaignId: "one", outcome: "send", reason: null, at: noon },
    { who: "ada", campaignId: "two", outcome: "skip", reason: "cap", at: noon },
    { who: "ada", campaignId: "one", outcome: "skip", reason: "cap", at: noon + day - 1 },
    { who: "ada", campaignId: "two", outcome: "skip", reason: "cap", at: noon + day - 1 },
    { who: "ada", campaignId: "one", outcome: "send", reason: null, at: noon + day },
    { who: "ada", campaignId: "two", outcome: "skip", reason: "cap", at: noon + day },
  ]);
  await expectRebuilt(bank);
});

const nights = policy("nights", {
  // biome-ignore lint/suspicious/noThenProperty: plain data, never awaited and never a function
  quietHours: { from: 11 * 60, to: 13 * 60, zoneAttribute: null, zone: "UTC", then: "hold" },
});

test("quiet hours hold a contact until they end, and it is decided anew then", async () => {
  const bank = campaignBank();
  for (const who of ["ada", "bo"]) bank.consents(who);
  bank.publishesPolicy(nights);
  bank.launches(campaign("welcome", { policy: nights.id }));
  await bank.deliver();
  bank.pays("ada");
  bank.pays("bo");
  await bank.deliver();
  bank.fact("bo", "consent-withdrawn", { channel: "email", purpose: "marketing" });
  await bank.wait(hour - 1);
  expect((await told(bank)).map(({ outcome }) => outcome)).toEqual(["defer", "defer"]);
  bank.restart();
  await bank.wait(1);
  expect(await told(bank)).toEqual([
    { who: "ada", campaignId: "welcome", outcome: "defer", reason: "quietHours", at: noon },
    { who: "bo", campaignId: "welcome", outcome: "defer", reason: "quietHours", at: noon },
    { who: "ada", campaignId: "welcome", outcome: "send", reason: null, at: noon + hour },
    { who: "bo", campaignId: "welcome", outcome: "skip", reason: "consent", at: noon + hour },
  ]);
  expect(bank.store.campaigns.campaignRows("deferral", { limit: 10 })).toEqual([]);
  await expectRebuilt(bank);
});

test("a held contact of a paused campaign waits for the resumption, and hides no later instant", async () => {
  const bank = campaignBank();
  for (const who of ["ada", "bo"]) bank.consents(who);
  bank.publishesPolicy(nights);
  bank.launches(campaign("welcome", { policy: nights.id }));
  bank.launches(campaign("spring", { start: { kind: "once", at: noon + 2 * hour } }));
  await bank.deliver();
  bank.pays("ada");
  await bank.deliver();
  expect(bank.nextDue()).toBe(noon + hour);
  bank.tell("campaign-welcome", "campaign-paused", { reason: "a test" });
  await bank.wait(hour);
  expect(await bank.decisions()).toHaveLength(1);
  expect(bank.nextDue()).toBe(noon + 2 * hour);
  bank.tell("campaign-welcome", "campaign-resumed", {});
  await bank.deliver();
  expect((await told(bank)).map(({ outcome }) => outcome)).toEqual(["defer", "send"]);
});

test("a contact that is held when its campaign ends is told as ended", async () => {
  const bank = campaignBank();
  bank.consents("ada");
  bank.publishesPolicy(nights);
  bank.launches(campaign("welcome", { policy: nights.id }));
  await bank.deliver();
  bank.pays("ada");
  await bank.deliver();
  bank.tell("campaign-welcome", "campaign-finished", { reason: "over" });
  await bank.wait(hour);
  expect((await told(bank)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ["defer", "quietHours"],
    ["skip", "ended"],
  ]);
});

test("a wave comes to everybody who was in the audience when it began, once, whatever happens in between", async () => {
  const bank = campaignBank();
  for (const who of ["ada", "bo"]) bank.consents(who);
  bank.launches(campaign("spring", { start: { kind: "once", at: noon + hour } }));
  await bank.deliver();
  expect(await told(bank)).toEqual([]);
  bank.clock.now = noon + hour;
  bank.tell("clock", "clock-ticked", {});
  await bank.engine().drain();
  bank.restart();
  bank.consents("cy");
  await bank.deliver();
  bank.restart();
  await bank.wait(day);
  expect(await told(bank)).toEqual([
    { who: "ada", campaignId: "spring", outcome: "send", reason: null, at: noon + hour },
    { who: "bo", campaignId: "spring", outcome: "send", reason: null, at: noon + hour },
  ]);
  expect(bank.store.campaigns.campaignRows("wave", { limit: 10 })).toEqual([]);
  expect(bank.store.campaigns.campaignRows("waveLog", { limit: 10 }).map(({ text }) => JSON.parse(text))).toEqual([
    {
      ...{ campaignId: "spring", at: noon + hour, version: 1, size: 2, startedAt: noon + hour },
      ...{ finishedAt: noon + hour, decided: 2 },
    },
  ]);
  await expectRebuilt(bank);
});

test("a recurring campaign comes back each day at its local time, and not for days before its start", async () => {
  const bank = campaignBank();
  bank.consents("ada");
  const start = { kind: "recurring", unit: "day", time: 9 * 60, from: noon - 10 * day, until: noon + 3 * day } as const;
  bank.launches(campaign("daily", { start, zone: "Europe/Prague" }));
  for (let passed = 0; passed < 5; passed += 1) await bank.wait(day);
  // Nine in Prague is seven in UTC: the first tick after it is at noon.
  expect((await told(bank)).map(({ at }) => at)).toEqual([noon + day, noon + 2 * day, noon + 3 * day]);
});

test("a budget is never gone beyond, with what is still on its way into the log", async () => {
  const bank = campaignBank();
  for (const who of ["ada", "bo", "cy"]) bank.consents(who);
  bank.launches(campaign("dear", { budget: { contacts: null, money: { minorUnits: 10, currency: "EUR" } } }));
  await bank.deliver();
  for (const who of ["ada", "bo", "cy"]) bank.pays(who);
  await bank.deliver();
  expect((await told(bank)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ["send", null],
    ["send", null],
    ["skip", "budget"],
  ]);
});

test("an offer that was taken is known to have been", async () => {
  const bank = campaignBank();
  bank.consents("ada");
  bank.publishesOffer(offer("gold-card"));
  bank.launches(campaign("card", { offers: [offer("gold-card").id] }));
  await bank.deliver();
  bank.pays("ada");
  await bank.deliver();
  const [first] = await bank.decisions();
  expect(first).toMatchObject({ offerId: "gold-card", scores: [{ offerId: "gold-card", successes: 0, failures: 0 }] });
  const clicked = { contactId: first?.decisionId, status: "clicked" };
  bank.fact("ada", "delivery-reported", clicked);
  bank.fact("ada", "delivery-reported", clicked);
  bank.pays("ada");
  await bank.deliver();
  expect((await bank.decisions())[1]?.scores).toMatchObject([{ offerId: "gold-card", successes: 1, failures: 0 }]);
  await expectRebuilt(bank);
});

test("facts that come too late, corrections, and facts about others than the audience trigger nothing", async () => {
  const bank = campaignBank();
  for (const who of ["ada", "bo"]) bank.consents(who);
  const audience = {
    kind: "did",
    times: 1,
    facts: { types: ["complaint-recorded"], where: null, window: { kind: "lifetime" } },
  } as const;
  bank.launches(campaign("sorry", { audience }));
  await bank.deliver();
  bank.fact("ada", "complaint-recorded", { complaintId: "1" });
  bank.pays("ada", { occurredAt: noon - hour - 1 });
  bank.pays("bo");
  await bank.deliver();
  expect(await told(bank)).toEqual([]);
  bank.pays("ada", { occurredAt: noon - hour });
  await bank.deliver();
  expect(await told(bank)).toEqual([{ who: "ada", campaignId: "sorry", outcome: "send", reason: null, at: noon }]);
});

test("what a fact triggered stands in the outbox before a wave that was decided first", async () => {
  const bank = campaignBank();
  for (const who of ["ada", "bo"]) bank.consents(who);
  bank.launches(campaign("spring", { start: { kind: "once", at: noon + minute } }));
  bank.launches(campaign("welcome"));
  await bank.deliver();
  bank.clock.now += minute;
  bank.tell("clock", "clock-ticked", {});
  await bank.deliver();
  bank.pays("bo");
  await bank.deliver();
  expect((await told(bank)).map(({ who, campaignId }) => `${who} ${campaignId}`)).toEqual([
    ...["ada spring", "bo spring", "bo welcome"],
  ]);
  expect(bank.outbox().map(({ campaignId }) => campaignId)).toEqual(["welcome", "spring", "spring"]);
  await expectRebuilt(bank);
});

/** A wave to three, all of it decided and nothing of it in the log. */
async function decidedWave() {
  const bank = campaignBank();
  for (const who of ["ada", "bo", "cy"]) bank.consents(who);
  bank.launches(campaign("spring", { start: { kind: "once", at: noon + minute } }));
  await bank.deliver();
  bank.clock.now += minute;
  bank.tell("clock", "clock-ticked", {});
  await bank.engine().drain();
  const [row] = bank.store.campaigns.campaignRows("pending", { limit: 10 });
  return { bank, underway: pendingEventsIn(row as NonNullable<typeof row>) };
}

function comeIntoLog(bank: CampaignBank, ...pending: readonly PendingEvent[]): void {
  for (const { stream, event } of pending)
    bank.writer.append([{ writes: [{ stream, expected: "any", events: [event] }] }], bank.clock.now);
}

test("what is left of decisions of which some came back before the process ended is all that is waited for", async () => {
  const { bank, underway } = await decidedWave();
  expect(underway.map(({ event }) => event.type)).toEqual([
    ...["campaign-wave-started", "campaign-decided", "campaign-decided", "campaign-decided", "campaign-wave-finished"],
  ]);
  // They come back in two goes, not in the order in which they went.
  for (const back of [[2, 0], [3]]) {
    comeIntoLog(bank, ...back.map(at => underway[at] as PendingEvent));
    await bank.engine().drain();
  }
  bank.restart();
  const [left] = bank.store.campaigns.campaignRows("pending", { limit: 10 });
  expect(pendingEventsIn(left as NonNullable<typeof left>)).toEqual([underway[1], underway[4]]);
  await bank.deliver();
  expect((await told(bank)).map(({ who }) => who)).toEqual(["bo", "cy", "ada"]);
  expect(bank.store.campaigns.campaignRows("pending", { limit: 10 })).toEqual([]);
  await expectRebuilt(bank);
});

test("a wave whose rows were lost with the read models begins again, and tells of all its decisions once it is over", async () => {
  const { bank, underway } = await decidedWave();
  // Its beginning and two of its decisions had come into the log.
  comeIntoLog(bank, ...underway.slice(0, 3));
  bank.loseReadModels();
  await bank.deliver();
  expect((await told(bank)).map(({ who }) => who)).toEqual(["ada", "bo", "cy"]);
  expect(bank.store.campaigns.campaignRows("pending", { limit: 10 })).toEqual([]);
  const [wave] = bank.store.campaigns.campaignRows("waveLog", { limit: 10 });
  expect(JSON.parse((wave as NonNullable<typeof wave>).text)).toMatchObject({ size: 3, decided: 3 });
  await expectRebuilt(bank);
});

test("a decision whose rows were lost with the read models is made again under the same id", async () => {
  const bank = campaignBank();
  bank.consents("ada");
  bank.launches(campaign("welcome"));
  await bank.deliver();
  bank.pays("ada");
  await bank.engine().drain();
  const [lost] = bank.store.campaigns.campaignRows("pending", { limit: 1 });
  bank.loseReadModels();
  await bank.deliver();
  const decisions = await bank.decisions();
  expect(decisions).toHaveLength(1);
  expect(lost === undefined ? [] : pendingEventsIn(lost).map(({ event }) => event.eventId)).toEqual([
    decisions[0]?.decisionId,
  ]);
});
