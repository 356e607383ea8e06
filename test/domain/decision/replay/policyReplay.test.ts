import fc from "fast-check";
import { expect, test } from "vitest";
import type { PolicyDefinition } from "../../../../src/domain/campaign/policy.ts";
import type { Decision } from "../../../../src/domain/decision/decision.ts";
import { createPolicyReplay } from "../../../../src/domain/decision/replay/policyReplay.ts";
import type { ReplayReport } from "../../../../src/domain/decision/replay/replayReport.ts";
import type { ReplayedDecision, ReplaySources } from "../../../../src/domain/decision/replay/replaySources.ts";
import { zoneOffsets } from "../../../../src/projections/campaigns/zoneOffsets.ts";
import { campaigns, drawnPolicy, drawnSteps, start, zones } from "../support/drawnSteps.ts";
import {
  campaign,
  control,
  customer,
  day,
  decided,
  eventId,
  hour,
  noon,
  policy,
  quietHours,
  treatment,
  under,
} from "../support/givenDecision.ts";
import { type Logged, simulatedBank } from "../support/simulatedBank.ts";

const decision = (of: Decision): Logged => ({ kind: "decision", decision: of, allowed: undefined, before: [] });

function replayed(
  log: readonly Logged[],
  past: PolicyDefinition,
  tried: PolicyDefinition,
  asOf: ReplaySources["asOf"] = {},
  definitions = [campaign()],
): ReplayReport {
  const replay = createPolicyReplay({
    policy: tried,
    policyOf: () => past,
    campaignOf: id => definitions.find(definition => definition.id === id) ?? null,
    offsets: zoneOffsets,
    asOf,
    keep: 5,
  });
  for (const logged of log) {
    if (logged.kind === "decision") replay.decision(logged.decision);
    else replay.contact(customer(logged.customer), logged.contact);
  }
  return replay.report();
}

test("the policy that was in force finds every decision as it was made, with nothing but what they record", () => {
  let [decisions, releases] = [0, 0];
  fc.assert(
    fc.property(drawnSteps, drawnPolicy, (steps, past) => {
      const { log } = simulatedBank({ steps, start, campaigns, policy: past, zones });
      const report = replayed(log, past, { ...past, name: "another name" }, {}, campaigns);
      const made = log.flatMap(one =>
        one.kind === "decision" && one.decision.policyId !== null ? [one.decision] : [],
      );
      const sends = made.filter(({ outcome }) => outcome === "send");
      expect(report).toMatchObject({
        decisions: made.length,
        differing: 0,
        contacts: { made: sends.length, wouldBe: sends.length, saved: 0, added: 0 },
        released: { sent: 0, skipped: 0, stillHeld: 0 },
        unanswered: 0,
        unknownCampaign: 0,
        differences: [],
      });
      const cost = sends.reduce((sum, { unitCost }) => sum + (unitCost?.minorUnits ?? 0), 0);
      expect(report.costs).toEqual(sends.length === 0 ? [] : [{ currency: "CZK", made: cost, wouldBe: cost }]);
      decisions += made.length;
      releases += made.filter(({ cause }) => cause.kind === "release").length;
    }),
    { numRuns: 200 },
  );
  expect(Math.min(decisions, releases)).toBeGreaterThan(100);
});

test("another policy finds the decisions that it would have made itself", () => {
  let differing = 0;
  fc.assert(
    fc.property(drawnSteps, drawnPolicy, drawnPolicy, (all, past, tried) => {
      // What nobody asked then is answered for good here: everybody may be contacted, none is suppressed, and nothing is held.
      const steps = all
        .filter(step => step.kind !== "suppressed" && step.kind !== "consent")
        .map(step => ({ ...step, under: true }));
      const consents = [0, 1, 2, 3].flatMap(of =>
        ["email", "sms"].map(by => ({ kind: "consent" as const, customer: of, channel: by, granted: true, wait: 0 })),
      );
      const drop = (one: PolicyDefinition): PolicyDefinition => ({ ...one, quietHours: null });
      const definitions = campaigns.map(one => ({ ...one, offers: [] }));
      const lived = (rules: PolicyDefinition) =>
        simulatedBank({ steps: [...consents, ...steps], start, campaigns: definitions, policy: drop(rules), zones })
          .log;
      const [was, would] = [lived(past), lived(tried)];
      const report = replayed(
        was,
        drop(past),
        drop(tried),
        { consent: () => ({ granted: true, position: 1 }) },
        definitions,
      );
      const count = (log: readonly Logged[], matches: (decision: Decision) => boolean): number =>
        log.filter(one => one.kind === "decision" && one.decision.policyId !== null && matches(one.decision)).length;
      expect(report.contacts.made).toBe(count(was, ({ outcome }) => outcome === "send"));
      expect(report.contacts.wouldBe).toBe(count(would, ({ outcome }) => outcome === "send"));
      for (const { wouldBe } of report.changes) {
        const counted = report.changes
          .filter(one => one.wouldBe.reason === wouldBe.reason)
          .reduce((sum, one) => sum + one.count, 0);
        expect(counted).toBe(count(would, ({ reason }) => reason === wouldBe.reason));
      }
      differing += report.differing;
    }),
    { numRuns: 100 },
  );
  expect(differing).toBeGreaterThan(50);
});

const cap = (most: number) => ({ channels: [], purposes: [], most, within: 7 * day });
const at = (number: number, given: Parameters<typeof decided>[0]) =>
  decision(decided({ decisionId: eventId(number), ...given }));

test("caps count what would have been sent, and what came from outside", () => {
  const past = policy();
  const log = [0, 1, 2, 3].map(number => at(number, { policy: under(past), at: noon + number * day }));
  expect(replayed(log, past, policy({ caps: [cap(2)] }))).toMatchObject({
    decisions: 4,
    differing: 2,
    changes: [
      { was: { outcome: "send", reason: null }, wouldBe: { outcome: "send", reason: null }, count: 2 },
      { was: { outcome: "send", reason: null }, wouldBe: { outcome: "skip", reason: "cap" }, count: 2 },
    ],
    contacts: { made: 4, wouldBe: 2, saved: 2, added: 0 },
    costs: [{ currency: "CZK", made: 40, wouldBe: 20 }],
    differences: [
      {
        decisionId: eventId(2),
        at: noon + 2 * day,
        was: { outcome: "send", channel: "email" },
        wouldBe: { outcome: "skip" },
      },
      { decisionId: eventId(3) },
    ],
  });
  const outside: Logged = { kind: "contact", customer: 1, contact: { at: noon - 1, channel: "sms", purpose: null } };
  expect(replayed([outside, ...log], past, policy({ caps: [cap(2)] })).contacts).toMatchObject({ wouldBe: 1 });
  // Sends under other policies or none are not decided anew, but count.
  const unruled = at(9, { at: noon - hour });
  expect(replayed([unruled, ...log], past, policy({ caps: [cap(2)] }))).toMatchObject({
    decisions: 4,
    contacts: { wouldBe: 1 },
  });
});

test("what was not asked then is unknown, counted and not sent, unless history answers", () => {
  const past = policy({ caps: [cap(0)] });
  const consents = (channel: string) => ({ granted: channel === "sms", position: 4 });
  const log = [at(1, { policy: under(past), consent: consents })];
  // Of the first channel the consent is recorded although a cap stopped it, of the second it is not.
  expect(replayed(log, past, policy())).toMatchObject({
    unanswered: 1,
    contacts: { wouldBe: 0 },
    changes: [{ wouldBe: { reason: "consent" } }],
  });
  const asOf = { consent: (_: ReplayedDecision, channel: string) => consents(channel) };
  expect(replayed(log, past, policy(), asOf)).toMatchObject({
    unanswered: 0,
    contacts: { added: 1 },
    costs: [{ made: 0, wouldBe: 150 }],
    differences: [{ wouldBe: { channel: "sms" } }],
  });
});

test("another suppression rule is asked of history, the same one is not", () => {
  const [one, other] = [
    { kind: "all", rules: [] },
    { kind: "any", rules: [] },
  ] as unknown as NonNullable<PolicyDefinition["suppression"]>[];
  const past = policy({ suppression: one as NonNullable<typeof one> });
  const tried = policy({ suppression: other as NonNullable<typeof other> });
  const log = [at(1, { policy: under(past) }), at(2, { policy: under(past), suppression: () => true })];
  const asked: string[] = [];
  const suppression = ({ decisionId }: ReplayedDecision): boolean => asked.push(decisionId) === 1;
  expect(replayed(log, past, { ...past, caps: [] }, { suppression }).differing).toBe(0);
  expect(asked).toEqual([]);
  expect(replayed(log, past, tried, { suppression })).toMatchObject({ differing: 2, contacts: { saved: 1, added: 1 } });
  expect(replayed(log, past, tried)).toMatchObject({ unanswered: 2, contacts: { wouldBe: 0 } });
});

test("a holdout is known of everybody; a budget is spent by what would have been sent", () => {
  const past = policy({ holdout: { salt: "global", share: 10_000 } });
  const definition = campaign({ budget: { money: null, contacts: 2 } });
  const log = [1, 2, 3].map(number => at(number, { definition, policy: under(past), customerId: customer(number) }));
  expect(replayed(log, past, policy(), {}, [definition])).toMatchObject({
    contacts: { made: 0, wouldBe: 2, added: 2 },
    changes: [
      { was: { reason: "holdout" }, wouldBe: { outcome: "send" }, count: 2 },
      { was: { reason: "holdout" }, wouldBe: { reason: "budget" }, count: 1 },
    ],
  });
});

const night = Date.UTC(2024, 5, 3, 21); // 23:00 in Prague
const nightly = (to: number) => policy({ quietHours: quietHours(22 * 60, to * 60, { zone: "Europe/Prague" }) });

test("a contact that would be held is sent when the hold ends, and counts from then on", () => {
  const log = [
    at(1, { policy: under(policy()), at: night }),
    at(2, { policy: under(policy()), at: night + 12 * hour }),
  ];
  const tried = { ...nightly(8), caps: [cap(1)] };
  expect(replayed(log, policy(), tried)).toMatchObject({
    changes: [
      { wouldBe: { outcome: "defer" }, count: 1 },
      { wouldBe: { outcome: "skip", reason: "cap" }, count: 1 },
    ],
    contacts: { made: 2, wouldBe: 1, saved: 2, added: 1 },
    released: { sent: 1, skipped: 0, stillHeld: 0 },
    differences: [{ wouldBe: { outcome: "defer", until: Date.UTC(2024, 5, 4, 6) } }, { wouldBe: { reason: "cap" } }],
  });
  expect(replayed(log.slice(0, 1), policy(), tried)).toMatchObject({
    contacts: { wouldBe: 0 },
    released: { stillHeld: 1 },
  });
});

test("the release of a contact that would not have been held does not come; one held for another time is decided then", () => {
  const past = nightly(8);
  const held = at(1, { policy: under(past), at: night });
  const release = at(2, {
    policy: under(past),
    at: Date.UTC(2024, 5, 4, 6),
    cause: { kind: "release", of: eventId(1) },
    audience: () => true,
  });
  const later = at(3, { policy: under(past), at: Date.UTC(2024, 5, 4, 12) });
  const log = [held, release, later];
  expect(replayed(log, past, policy())).toMatchObject({
    changes: expect.arrayContaining([
      { was: { outcome: "defer", reason: "quietHours" }, wouldBe: { outcome: "send", reason: null }, count: 1 },
      { was: { outcome: "send", reason: null }, wouldBe: { outcome: "none", reason: null }, count: 1 },
    ]),
    contacts: { made: 2, wouldBe: 2, saved: 1, added: 1 },
    released: { sent: 0 },
  });
  for (const to of [7, 9]) {
    expect(replayed(log, past, nightly(to))).toMatchObject({
      differing: 2,
      contacts: { made: 2, wouldBe: 2, saved: 1, added: 1 },
      released: { sent: 1, skipped: 0, stillHeld: 0 },
    });
  }
});

test("decisions that came too late stay as they were, and those of an unknown campaign are counted", () => {
  const tooLate = { gate: "stale", detail: "" } as const;
  const log = [at(1, { policy: under(policy()), tooLate }), at(2, { policy: under(policy()) })];
  expect(replayed(log, policy(), policy({ caps: [cap(0)] }), {}, [])).toMatchObject({
    decisions: 2,
    differing: 0,
    unknownCampaign: 2,
  });
});

test("a customer stays in the arm that it was recorded in, whatever its hash says", () => {
  const definition = campaign({ assignment: { version: 1, salt: "s", arms: [control(0), treatment(10_000)] } });
  const earlier = { version: 1, arm: "control", variant: null };
  const past = policy();
  const log = [at(1, { definition, earlier, policy: under(past) })];
  expect(replayed(log, past, past, {}, [definition])).toMatchObject({
    differing: 0,
    changes: [{ was: { reason: "control" } }],
  });
});

test("a contact reported late counts from when it was made", () => {
  const tried = policy({ caps: [{ ...cap(1), within: day }] });
  const contact = (ago: number): Logged => ({
    kind: "contact",
    customer: 1,
    contact: { at: noon - ago, channel: "sms", purpose: null },
  });
  const log = [contact(hour), contact(3 * day), at(1, { policy: under(policy()) })];
  expect(replayed(log, policy(), tried).contacts).toMatchObject({ made: 1, wouldBe: 0 });
  const past = [contact(3 * day), contact(2 * day), at(1, { policy: under(policy()) })];
  expect(replayed(past, policy(), tried).contacts).toMatchObject({ made: 1, wouldBe: 1 });
});

test("a zone that an exempt purpose was never asked for is asked of history", () => {
  const quiet = nightly(8);
  const own = (exempt: readonly string[]) => ({
    ...quiet,
    exempt,
    quietHours: quietHours(22 * 60, 8 * 60, { zone: "Europe/Prague", zoneAttribute: "timeZone" }),
  });
  const log = [at(1, { policy: under(own(["marketing"])), at: night })];
  const asOf = {
    customersZone: (_: ReplayedDecision, attribute: string) => (attribute === "timeZone" ? "America/New_York" : null),
  };
  expect(replayed(log, own(["marketing"]), own([]), asOf)).toMatchObject({ unanswered: 0, contacts: { wouldBe: 1 } });
  expect(replayed(log, own(["marketing"]), own([]))).toMatchObject({ unanswered: 1, contacts: { wouldBe: 0 } });
});

test("a budget has back what a withheld send took, if the tried policy would have made it", () => {
  const definition = campaign({ budget: { money: null, contacts: 1 } });
  const of = (number: number, past: PolicyDefinition) =>
    decided({ definition, policy: under(past), customerId: customer(number), decisionId: eventId(number) });
  const courses = (past: PolicyDefinition, tried: PolicyDefinition): number => {
    const replay = createPolicyReplay({
      ...{ policy: tried, policyOf: () => past, campaignOf: () => definition, offsets: zoneOffsets, asOf: {}, keep: 5 },
      isWithheld: id => id === eventId(1),
    });
    replay.decision(of(1, past));
    replay.withheld(eventId(1));
    replay.withheld(eventId(1));
    for (const number of [2, 3]) replay.decision(of(number, past));
    return replay.report().contacts.wouldBe;
  };
  expect(courses(policy(), policy({ name: "the same" }))).toBe(2);
  expect(courses(policy(), policy({ caps: [cap(0)] }))).toBe(0);
});
