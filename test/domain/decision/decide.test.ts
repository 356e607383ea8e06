import { expect, test } from "vitest";
import type { Arm } from "../../../src/domain/campaign/campaign.ts";
import type { OfferId } from "../../../src/domain/campaign/offer.ts";
import type { DecisionInputs } from "../../../src/domain/decision/decide.ts";
import { sampleBucket } from "../../../src/domain/segment/sampleBucket.ts";
import {
  campaign,
  candidate,
  control,
  customer,
  day,
  decided,
  hour,
  noon,
  offer,
  passage,
  policy,
  quietHours,
  treatment,
  under,
} from "./support/givenDecision.ts";

const rule = { kind: "any", rules: [] } as unknown as DecisionInputs["definition"]["audience"];
const night = Date.UTC(2024, 5, 3, 21); // 23:00 in Prague
const quiet = quietHours(22 * 60, 8 * 60, { zone: "Europe/Prague" });
const weekly = { channels: [], purposes: [], most: 2, within: 7 * day };
const sent = (ago: number, channel = "email") => ({ at: noon - ago, channel, purpose: "marketing" });
const everyGate = policy({
  suppression: rule,
  holdout: { salt: "global", share: 500 },
  caps: [weekly],
  quietHours: quiet,
});
const withAll = campaign({
  offers: ["gold-card" as OfferId],
  budget: { money: { minorUnits: 1000, currency: "CZK" }, contacts: 100 },
});
const all: Partial<DecisionInputs> = {
  definition: withAll,
  policy: under(everyGate),
  audience: () => true,
  offers: () => [candidate(offer("gold-card", 500))],
};
/** Whose bucket lies in the holdout. */
const heldOut = customer(
  Array.from({ length: 1000 }).findIndex((_, number) => sampleBucket("global", customer(number)) < 500),
);
const before = ["suppression:pass", "holdout:pass", "assignment:pass"];
const chosen = [...before, "eligibility:pass", "offer:pass"];

test("a contact that every gate lets through is sent by the first channel, and each gate says so", () => {
  const decision = decided({ ...all, spent: { money: 985, contacts: 99 }, contacts: () => [sent(hour)] });
  expect(decision).toMatchObject({
    outcome: "send",
    reason: null,
    arm: "treatment",
    control: false,
    variant: "only",
    channel: "email",
    offerId: "gold-card",
    scores: [
      { offerId: "gold-card", tier: null, successes: 0, failures: 0, value: { minorUnits: 500, currency: "CZK" } },
    ],
    consent: { granted: true, position: 7 },
    zone: "Europe/Prague",
    until: null,
    unitCost: { minorUnits: 10, currency: "CZK" },
    policyId: "retail",
    policyVersion: 3,
  });
  expect(decision.gates.map(({ detail }) => detail)).toEqual([
    "not suppressed by retail",
    `bucket ${sampleBucket("global", customer(1))} under global, kept out below 500`,
    `bucket ${sampleBucket("spring", customer(1))} under spring, of treatment, variant only`,
    "in the audience by spring-loans",
    "gold-card, first of 1 eligible",
    "1 of at most 2 contacts since 2024-05-27T12:00:00.000Z",
    "14:00 in Europe/Prague, quiet from 22:00 to 08:00",
    "marketing by email granted at position 7",
    "99 of at most 100 contacts; 985 of at most 1000 CZK in minor units, this one 10 CZK",
  ]);
});

test("each gate stops in its order, and nothing behind it is come to", () => {
  const stop = (given: Partial<DecisionInputs>, reason: string, gates: readonly string[]): void => {
    // What stands further back would stop too: the first one is the reason.
    const decision = decided({ ...all, ...given });
    expect([decision.outcome, decision.reason, passage(decision)]).toEqual(["skip", reason, gates]);
  };
  const unasked = (): never => {
    throw new Error("asked too early");
  };
  const none = { audience: unasked, offers: unasked, contacts: unasked };
  const tooLate = { gate: "stale", detail: "2 h after the fact, at most 1 h" } as const;
  stop({ ...none, tooLate, suppression: unasked }, "stale", ["stale:stop"]);
  stop({ ...none, tooLate: { gate: "ended", detail: "" }, suppression: unasked }, "ended", ["ended:stop"]);
  stop({ ...none, customerId: heldOut, suppression: () => true }, "suppression", ["suppression:stop"]);
  stop({ ...none, suppression: () => ({ unknown: "tag x failed" }) }, "suppression", ["suppression:unknown"]);
  stop({ ...none, customerId: heldOut }, "holdout", ["suppression:pass", "holdout:stop"]);
  const arms = (...of: readonly Arm[]) => ({
    ...withAll,
    assignment: { version: 1, salt: "spring", arms: of },
  });
  stop({ ...none, definition: arms(treatment(0)) }, "assignment", [...before.slice(0, 2), "assignment:stop"]);
  stop({ ...none, definition: arms(control(10_000)) }, "control", [...before, "control:stop"]);
  stop({ ...none, audience: () => false }, "eligibility", [...before, "eligibility:stop"]);
  stop({ ...none, audience: () => ({ unknown: "?" }) }, "eligibility", [...before, "eligibility:unknown"]);
  const offered = [...before, "eligibility:pass"];
  const no = candidate(offer("gold-card", 500), 0, 0, false);
  stop({ ...none, audience: () => true, offers: () => [no] }, "offer", [...offered, "offer:stop"]);
  const unclear = { ...no, eligible: { unknown: "?" } };
  stop({ ...none, audience: () => true, offers: () => [no, unclear] }, "offer", [...offered, "offer:unknown"]);
  const twice = [sent(2 * hour), sent(hour)];
  stop({ contacts: () => twice, at: noon }, "cap", [...chosen, "cap:email:stop", "cap:sms:stop"]);
  const dropped = under({ ...everyGate, quietHours: { ...quiet, zone: null } });
  const unzoned = ["email", "sms"].flatMap(channel => [`cap:${channel}:pass`, `quietHours:${channel}:unknown`]);
  stop({ policy: dropped, consent: () => null }, "quietHours", [...chosen, ...unzoned]);
  const to = (word: string, ...gates: readonly string[]): readonly string[] =>
    ["email", "sms"].flatMap(channel => [
      ...gates.map(gate => `${gate}:${channel}:pass`),
      `${gates.length === 2 ? "consent" : "budget"}:${channel}:${word}`,
    ]);
  const reached = ["cap", "quietHours"];
  const poor = { money: 1000, contacts: 0 };
  stop({ consent: () => ({ granted: false, position: 3 }), spent: poor }, "consent", [
    ...chosen,
    ...to("stop", ...reached),
  ]);
  stop({ consent: () => null, spent: poor }, "consent", [...chosen, ...to("unknown", ...reached)]);
  stop({ spent: poor }, "budget", [...chosen, ...to("stop", ...reached, "consent")]);
  stop({ spent: { money: 0, contacts: 100 } }, "budget", [...chosen, ...to("stop", ...reached, "consent")]);
});

test("a control is recorded with the channel that would have come first, its cost and its consent", () => {
  const definition = campaign({ assignment: { version: 1, salt: "s", arms: [control(10_000)] } });
  expect(decided({ definition })).toMatchObject({
    outcome: "skip",
    reason: "control",
    arm: "control",
    control: true,
    variant: null,
    channel: "email",
    unitCost: { minorUnits: 10 },
    consent: { granted: true },
  });
});

test("the first channel that everything lets through is taken", () => {
  const consent = (channel: string) => ({ granted: channel === "sms", position: 4 });
  const decision = decided({ consent });
  expect(decision).toMatchObject({
    outcome: "send",
    channel: "sms",
    unitCost: { minorUnits: 150 },
    consent: { position: 4 },
  });
  expect(passage(decision)).toEqual(["assignment:pass", "consent:email:stop", "consent:sms:pass"]);
  const capped = policy({ caps: [{ ...weekly, channels: ["email"], most: 1 }] });
  expect(decided({ policy: under(capped), contacts: () => [sent(hour)] })).toMatchObject({
    outcome: "send",
    channel: "sms",
  });
  // Dear channels may be beyond what is left of the budget where cheap ones are not.
  const dear = campaign({
    channels: [...campaign().channels].reverse(),
    budget: { money: { minorUnits: 100, currency: "CZK" }, contacts: null },
  });
  expect(decided({ definition: dear })).toMatchObject({ outcome: "send", channel: "email" });
});

test("quiet hours hold a contact until they end, only where consent and budget stand", () => {
  const held = { policy: under(policy({ quietHours: quiet })), at: night };
  const decision = decided(held);
  expect(decision).toMatchObject({ outcome: "defer", reason: "quietHours", channel: "email", zone: "Europe/Prague" });
  expect(decision.until).toBe(Date.UTC(2024, 5, 4, 6));
  expect(passage(decision).slice(1, 3)).toEqual(["quietHours:email:hold", "consent:email:pass"]);
  expect(decision.gates[1]?.detail).toBe(
    "23:00 in Europe/Prague, quiet from 22:00 to 08:00, until 2024-06-04T06:00:00.000Z",
  );
  const onlySms = {
    ...held,
    consent: (channel: string) => (channel === "sms" ? { granted: true, position: 1 } : null),
  };
  expect(decided(onlySms)).toMatchObject({ outcome: "defer", channel: "sms" });
  expect(decided({ ...held, consent: () => null })).toMatchObject({ outcome: "skip", reason: "consent", until: null });
  const drop = under(policy({ quietHours: quietHours(22 * 60, 8 * 60, { zone: "UTC" }, "drop") }));
  expect(decided({ at: night + 2 * hour, policy: drop })).toMatchObject({
    outcome: "skip",
    reason: "quietHours",
    until: null,
  });
});

test("quiet hours are those of the customer's zone", () => {
  const own = under(policy({ quietHours: { ...quiet, zoneAttribute: "timeZone" } }));
  expect(decided({ policy: own, at: night, customersZone: () => "America/New_York" })).toMatchObject({
    outcome: "send",
    zone: "America/New_York",
  });
  expect(decided({ policy: own, at: night, customersZone: () => "nowhere" })).toMatchObject({
    outcome: "defer",
    zone: "Europe/Prague",
  });
  const unknown = under(policy({ quietHours: { ...quiet, zoneAttribute: "timeZone", zone: null } }));
  expect(decided({ policy: unknown, customersZone: () => null })).toMatchObject({
    outcome: "skip",
    reason: "quietHours",
    zone: null,
  });
});

test("an exempt purpose passes by holdout, caps and quiet hours, never by suppression and consent", () => {
  const exempt = under({ ...everyGate, exempt: ["marketing"], caps: [{ ...weekly, most: 0 }] });
  const given = { policy: exempt, customerId: heldOut, at: night };
  expect(passage(decided(given))).toEqual(["suppression:pass", "assignment:pass", "consent:email:pass"]);
  expect(decided({ ...given, suppression: () => true }).reason).toBe("suppression");
  expect(decided({ ...given, consent: () => null }).reason).toBe("consent");
});

test("a cost in another currency than the budget's is not sent", () => {
  const definition = campaign({ budget: { money: { minorUnits: 1000, currency: "EUR" }, contacts: null } });
  expect(decided({ definition })).toMatchObject({ outcome: "skip", reason: "budget" });
});

test("a campaign without channels reaches nobody", () => {
  expect(decided({ definition: campaign({ channels: [] }) })).toMatchObject({
    outcome: "skip",
    reason: "consent",
    channel: null,
    unitCost: null,
  });
});
