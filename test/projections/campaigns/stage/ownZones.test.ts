import fc from "fast-check";
import { expect, test } from "vitest";
import type { CampaignDefinition, CampaignStart } from "../../../../src/domain/campaign/campaign.ts";
import { firstShown } from "../../../../src/domain/decision/localTime.ts";
import { createPolicyReplay } from "../../../../src/domain/decision/replay/policyReplay.ts";
import { zoneOffsets } from "../../../../src/projections/campaigns/zoneOffsets.ts";
import {
  type CampaignBank,
  campaign,
  campaignBank,
  customerId,
  day,
  hour,
  minute,
  noon,
  policy,
} from "./support/campaignBank.ts";
import { expectRebuilt, expectVerified } from "./support/expectRebuilt.ts";

const ownZone = { zoneAttribute: "timezone", zone: null };
/** Nine in the morning of 8 May, in summer in Prague. */
const nine = Date.parse("2026-05-08T09:00+02:00");
const once: CampaignStart = { kind: "once", at: nine, ownZone };
const [kiritimati, prague, pagoPago] = [nine - 12 * hour, nine, nine + 13 * hour];

const people = ["ada", "bo", "cy", "di"] as const;
const lives = (bank: CampaignBank, who: string, timezone: unknown): void =>
  bank.fact(who, "customer-attributes-changed", { attributes: { timezone } });
const told = async (bank: CampaignBank) =>
  (await bank.decisions()).map(({ customerId: id, outcome, reason, at, until }) => ({
    who: people.find(name => customerId(name) === id),
    ...{ outcome, reason, at, until },
  }));
const within = async (bank: CampaignBank, until: number): Promise<void> => bank.wait(until - bank.clock.now);

/** Ada in Kiritimati, Bo in Prague, Cy in Pago Pago; of Di nobody knows. All agree. */
async function world(given: Partial<CampaignDefinition> = {}): Promise<CampaignBank> {
  const bank = campaignBank();
  for (const who of people) bank.consents(who);
  lives(bank, "ada", "Pacific/Kiritimati");
  lives(bank, "bo", "Europe/Prague");
  lives(bank, "cy", "Pacific/Pago_Pago");
  bank.launches(campaign("spring", { start: once, zone: "Europe/Prague", ...given }));
  await bank.deliver();
  return bank;
}

test("a wave begins where its time comes first, and comes to each customer at its own, once, over restarts", async () => {
  const bank = await world();
  expect(bank.nextDue()).toBe(kiritimati);
  await within(bank, kiritimati - 1);
  expect(await told(bank)).toEqual([]);
  await within(bank, kiritimati);
  const began = [
    { who: "ada", outcome: "send", reason: null, at: kiritimati, until: null },
    { who: "bo", outcome: "defer", reason: "schedule", at: kiritimati, until: prague },
    { who: "cy", outcome: "defer", reason: "schedule", at: kiritimati, until: pagoPago },
    { who: "di", outcome: "skip", reason: "schedule", at: kiritimati, until: null },
  ];
  expect(await told(bank)).toEqual(began);
  bank.restart();
  await bank.deliver();
  expect(bank.nextDue()).toBe(prague);
  await within(bank, prague - 1);
  expect(await told(bank)).toEqual(began);
  await within(bank, prague);
  bank.restart();
  await within(bank, pagoPago - 1);
  await expectRebuilt(bank);
  await expectVerified(bank);
  await within(bank, pagoPago);
  await within(bank, pagoPago + 3 * day);
  expect((await told(bank)).slice(4)).toEqual([
    { who: "bo", outcome: "send", reason: null, at: prague, until: null },
    { who: "cy", outcome: "send", reason: null, at: pagoPago, until: null },
  ]);
  expect(bank.store.campaigns.campaignRows("deferral", { limit: 10 })).toEqual([]);
  const [wave] = bank.store.campaigns.campaignRows("waveLog", { limit: 10 }).map(({ text }) => JSON.parse(text));
  expect(wave).toMatchObject({ at: kiritimati, size: 4, decided: 4 });
  await expectRebuilt(bank);
  await expectVerified(bank);
});

test("the zone that stands in is taken where the customer's is missing or none", async () => {
  const bank = await world({ start: { ...once, ownZone: { zoneAttribute: "timezone", zone: "Asia/Kathmandu" } } });
  lives(bank, "ada", "by the sea");
  lives(bank, "bo", "+02:00");
  await within(bank, kiritimati);
  const kathmandu = Date.parse("2026-05-08T03:15Z");
  expect(await told(bank)).toMatchObject([
    { who: "ada", until: kathmandu },
    { who: "bo", until: kathmandu },
    { who: "cy", until: pagoPago },
    { who: "di", until: kathmandu },
  ]);
  expect((await bank.decisions()).map(({ schedule }) => schedule?.zone)).toEqual([
    ...["Asia/Kathmandu", "Asia/Kathmandu", "Pacific/Pago_Pago", "Asia/Kathmandu"],
  ]);
});

test("at its own time everything is asked anew: consent, the audience, and where the customer is by then", async () => {
  const bank = await world({ audience: { kind: "all", of: [] } });
  await within(bank, kiritimati);
  lives(bank, "bo", "Pacific/Pago_Pago");
  bank.fact("cy", "consent-withdrawn", { channel: "email", purpose: "marketing" });
  await within(bank, prague);
  await within(bank, pagoPago);
  expect((await told(bank)).slice(4)).toEqual([
    { who: "bo", outcome: "defer", reason: "schedule", at: prague, until: pagoPago },
    { who: "cy", outcome: "skip", reason: "consent", at: pagoPago, until: null },
    { who: "bo", outcome: "send", reason: null, at: pagoPago, until: null },
  ]);
  await expectRebuilt(bank);
  await expectVerified(bank);
});

test("what is held counts for no cap and spends no budget", async () => {
  const caps = [{ channels: [], purposes: [], most: 1, within: 30 * day }];
  const bank = await world({ budget: { money: null, contacts: 2 }, policy: policy("calm").id });
  bank.publishesPolicy(policy("calm", { caps }));
  bank.launches(campaign("other", { start: { kind: "once", at: prague - 1 }, policy: policy("calm").id }));
  await within(bank, kiritimati);
  await within(bank, prague - 1);
  await within(bank, prague);
  await within(bank, pagoPago);
  const sends = (await bank.decisions()).flatMap(({ customerId: id, campaignId, outcome, reason, until }) =>
    until === null ? [[people.find(name => customerId(name) === id), campaignId, reason ?? outcome]] : [],
  );
  expect(sends).toEqual([
    ["ada", "spring", "send"],
    ["di", "spring", "schedule"],
    ["ada", "other", "cap"],
    ["bo", "other", "send"],
    ["cy", "other", "send"],
    ["di", "other", "send"],
    ["bo", "spring", "cap"],
    ["cy", "spring", "cap"],
  ]);
});

test("two customers whom a wave held and who are one by now are sent it once", async () => {
  for (const moves of [true, false]) {
    const bank = await world();
    await within(bank, kiritimati);
    bank.fact("bo", "identity-merged", { customer: customerId("cy") });
    // The newest that was said of the two is that they live in Pago Pago.
    if (moves) lives(bank, "bo", "Europe/Prague");
    await within(bank, prague);
    await within(bank, pagoPago);
    expect((await told(bank)).slice(4)).toEqual([
      moves
        ? { who: "bo", outcome: "send", reason: null, at: prague, until: null }
        : { who: "bo", outcome: "defer", reason: "schedule", at: prague, until: pagoPago },
      ...(moves ? [] : [{ who: "bo", outcome: "send", reason: null, at: pagoPago, until: null }]),
      { who: "bo", outcome: "skip", reason: "schedule", at: pagoPago, until: null },
    ]);
    expect((await bank.decisions()).at(-1)?.gates.at(-1)).toMatchObject({ gate: "schedule", verdict: "stop" });
    expect(bank.store.campaigns.campaignRows("deferral", { limit: 10 })).toEqual([]);
  }
});

test("waves come again each day at every customer's own time, each under its own ids; a start of after nine waits for the next", async () => {
  // It is noon in UTC of 6 May and two in the afternoon in Prague.
  const start: CampaignStart = {
    ...{ kind: "recurring", unit: "day", time: 9 * 60, ownZone },
    ...{ from: noon - 10 * day, until: Date.parse("2026-05-09T00:00+02:00") },
  };
  const bank = await world({ start });
  expect(bank.nextDue()).toBe(kiritimati - day);
  for (const at of [kiritimati - day, prague - day, kiritimati, pagoPago - day, prague, pagoPago])
    await within(bank, at);
  await within(bank, pagoPago + 2 * day);
  const decisions = await bank.decisions();
  const sends = decisions.flatMap(({ customerId: id, outcome, at }) =>
    outcome === "send" ? [[people.find(name => customerId(name) === id), at]] : [],
  );
  expect(sends).toEqual([
    ...[
      ["ada", kiritimati - day],
      ["bo", prague - day],
      ["ada", kiritimati],
    ],
    ...[
      ["cy", pagoPago - day],
      ["bo", prague],
      ["cy", pagoPago],
    ],
  ]);
  expect(new Set(decisions.map(({ decisionId }) => decisionId)).size).toBe(decisions.length);
  await expectRebuilt(bank);
  await expectVerified(bank);
});

test("a campaign that is started before its time in its own zone has that day's wave at once, where it has come", async () => {
  const start: CampaignStart = { kind: "recurring", unit: "day", time: 15 * 60, from: 0, until: null, ownZone };
  const bank = await world({ start });
  await bank.wait(minute);
  // At 14:01 in Prague: three in the afternoon is over in Kiritimati, an hour away in Prague.
  expect(await told(bank)).toMatchObject([
    { who: "ada", outcome: "send" },
    { who: "bo", outcome: "defer", until: noon + hour },
    { who: "cy", outcome: "defer", until: noon + 14 * hour },
    { who: "di", outcome: "skip" },
  ]);
});

const zones = [
  ...(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/GMT+12", "Europe/Prague", "America/New_York"] as const),
  ...(["Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "nowhere"] as const),
  null,
] as const;
const arms = [
  { name: "control", share: 3_000, control: true, variants: [] },
  ...[{ name: "treated", share: 6_000, control: false, variants: [{ name: "a", share: 10_000, content: {} }] }],
];
const many = Array.from({ length: 8 }, (_, number) => `customer-${number}`);
/** Nights in which clocks change somewhere in the world, and some others: local times of the campaign's zone. */
const nights = ["2026-10-04", "2026-10-25", "2026-11-01", "2027-03-14", "2027-03-28", "2027-04-04", "2026-06-15"];

test("whatever the zones and the time, each is sent a wave once, from its own time on, in the arm it would be in without", async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...zones), { minLength: many.length, maxLength: many.length }),
      fc.constantFrom(...nights),
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom("once", "recurring"),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 5, maxLength: 15 }),
      fc.option(fc.constantFrom(...zones.slice(0, -2)), { nil: null }),
      async (homes, date, time, kind, steps, standIn) => {
        const wall = Date.parse(`${date}T00:00Z`) + time * minute;
        const at = firstShown(wall, "Europe/Prague", zoneOffsets) as number;
        // A skipped time is none that the campaign's clocks can show.
        const local = at + (zoneOffsets("Europe/Prague", at)?.offset ?? 0);
        const own = { zoneAttribute: "timezone", zone: standIn as string | null };
        const lead = async (ownZone: { readonly ownZone?: typeof own }) => {
          const bank = campaignBank();
          bank.clock.now = wall - 2 * day;
          many.forEach((who, index) => {
            bank.consents(who);
            if (homes[index] !== null) lives(bank, who, homes[index]);
          });
          const start: CampaignStart =
            kind === "once"
              ? { kind: "once", at, ...ownZone }
              : { kind: "recurring", unit: "day", time, from: wall - day, until: wall + day, ...ownZone };
          const assignment = { version: 1, salt: "spring", arms };
          bank.launches(campaign("spring", { start, zone: "Europe/Prague", assignment }));
          await bank.deliver();
          const looked: number[] = [];
          const look = async (ms: number): Promise<void> => {
            await bank.wait(ms);
            looked.push(bank.clock.now);
            if (looked.length % 5 === 0) bank.restart();
          };
          for (const step of steps) await look(step * minute);
          // Then as the engine's own timer does: at every instant that it says something is due.
          for (let due = bank.nextDue(); due !== null && due < wall + 3 * day; due = bank.nextDue())
            await look(Math.max(1, due - bank.clock.now));
          await look(wall + 4 * day - bank.clock.now);
          return { bank, decisions: await bank.decisions(), looked };
        };
        const [ours, plain] = [await lead({ ownZone: own }), await lead({})];
        const times = new Map<string, number>();
        for (const { customerId: id, outcome, reason, at: made, schedule } of ours.decisions) {
          const who = many.findIndex(name => customerId(name) === id);
          const home = homes[who] === null || homes[who] === "nowhere" ? standIn : (homes[who] as string);
          const told = Date.parse(`${schedule?.localTime}Z`);
          expect(schedule?.zone).toBe(home);
          if (kind === "once") expect(told).toBe(local);
          if (reason === "schedule") expect(outcome).toBe(home === null ? "skip" : "defer");
          if (outcome !== "send") continue;
          const from = firstShown(told, home as string, zoneOffsets) as number;
          expect(made).toBeGreaterThanOrEqual(from);
          // No look at the log between its time and the send: it went out at the first.
          expect(ours.looked.filter(when => when >= from && when < made && when >= told - 14 * hour)).toEqual([]);
          const key = `${id} ${schedule?.localTime}`;
          expect(times.has(key)).toBe(false);
          times.set(key, made);
          sent += 1;
        }
        const dealt = (decisions: typeof ours.decisions) =>
          new Map(
            decisions
              .filter(({ arm }) => arm !== null)
              .map(({ customerId: id, arm, variant }) => [id, `${arm}/${variant}`]),
          );
        expect(dealt(ours.decisions)).toEqual(dealt(plain.decisions));
        const ids = ours.decisions.map(({ decisionId }) => decisionId);
        expect(new Set(ids).size).toBe(ids.length);
        if (kind === "once") {
          // As many as without, but for those of whom nobody knows where they are.
          const known = plain.decisions.filter(({ customerId: id, outcome }) => {
            const home = homes[many.findIndex(name => customerId(name) === id)];
            return outcome === "send" && (standIn !== null || (home !== null && home !== "nowhere"));
          });
          expect(times.size).toBe(known.length);
        }
      },
    ),
    { numRuns: 20 },
  );
  expect(sent).toBeGreaterThan(100);
});

test("a policy that is tried on such waves finds every decision as it was made", async () => {
  const calm = policy("calm", {
    caps: [{ channels: [], purposes: [], most: 2, within: 7 * day }],
    // biome-ignore lint/suspicious/noThenProperty: plain data, never awaited and never a function
    quietHours: { from: 9 * 60, to: 10 * 60, zoneAttribute: null, zone: "Pacific/Pago_Pago", then: "hold" },
  });
  const bank = await world({ policy: calm.id });
  bank.publishesPolicy(calm);
  for (const at of [kiritimati, prague, pagoPago, pagoPago + hour]) await within(bank, at);
  const decisions = await bank.decisions();
  expect(decisions.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
    ...["send", "schedule", "schedule", "schedule", "send", "quietHours", "send"],
  ]);
  const definition = campaign("spring", { start: once, zone: "Europe/Prague", policy: calm.id });
  const tried = (rules: typeof calm) => {
    const replay = createPolicyReplay({
      ...{ policy: rules, policyOf: () => calm, campaignOf: () => definition, offsets: zoneOffsets, asOf: {}, keep: 9 },
    });
    for (const decision of decisions) replay.decision(decision);
    return replay.report();
  };
  expect(tried({ ...calm, name: "the same" })).toMatchObject({
    ...{ decisions: 7, differing: 0, unanswered: 0, contacts: { made: 3, wouldBe: 3 } },
    released: { sent: 0, skipped: 0, stillHeld: 0 },
  });
  // What the two holds have in common is told apart by their reasons.
  expect(tried({ ...calm, name: "the same" }).changes).toEqual(
    expect.arrayContaining([
      { was: { outcome: "defer", reason: "schedule" }, wouldBe: { outcome: "defer", reason: "schedule" }, count: 2 },
      {
        was: { outcome: "defer", reason: "quietHours" },
        wouldBe: { outcome: "defer", reason: "quietHours" },
        count: 1,
      },
      { was: { outcome: "skip", reason: "schedule" }, wouldBe: { outcome: "skip", reason: "schedule" }, count: 1 },
    ]),
  );
  // Another one changes what it is about, and never the schedule.
  expect(tried({ ...calm, quietHours: null })).toMatchObject({ differing: 2, contacts: { made: 3, wouldBe: 3 } });
});
