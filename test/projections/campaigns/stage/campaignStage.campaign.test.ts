import fc from "fast-check";
import { expect, test } from "vitest";
import type { CampaignDefinition } from "../../../../src/domain/campaign/campaign.ts";
import type { Cap, PolicyDefinition } from "../../../../src/domain/campaign/policy.ts";
import type { Decision } from "../../../../src/domain/decision/decision.ts";
import type { RecordedEvent } from "../../../../src/domain/event.ts";
import { type CustomerId, customerOfStream, customerStream } from "../../../../src/domain/ids.ts";
import { pendingEventsIn } from "../../../../src/projections/campaigns/pendingRows.ts";
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

const people = ["ada", "bo", "cy", "di", "ed"] as const;
const person = fc.constantFrom(...people);
const channels = ["email", "sms"] as const;

const cap: fc.Arbitrary<Cap> = fc.record({
  channels: fc.subarray([...channels]),
  purposes: fc.constantFrom<readonly string[]>([], ["marketing"]),
  most: fc.integer({ min: 0, max: 3 }),
  within: fc.constantFrom(hour, 5 * hour, day, 3 * day),
});
const quiet = fc.record({
  from: fc.integer({ min: 0, max: 23 }).map(hours => hours * 60),
  to: fc.integer({ min: 0, max: 23 }).map(hours => hours * 60),
  zoneAttribute: fc.constant(null),
  zone: fc.constant("UTC"),
  // biome-ignore lint/suspicious/noThenProperty: plain data, never awaited and never a function
  then: fc.constantFrom("hold" as const, "drop" as const),
});
const calm: fc.Arbitrary<PolicyDefinition> = fc
  .record({ caps: fc.array(cap, { minLength: 1, maxLength: 3 }), quietHours: fc.option(quiet) })
  .map(given => policy("calm", given));

const arms = [
  { name: "control", share: 2_000, control: true, variants: [] },
  {
    name: "treated",
    share: 7_000,
    control: false,
    variants: [
      { name: "a", share: 4_000, content: {} },
      { name: "b", share: 6_000, content: {} },
    ],
  },
];
/** Of nobody is it known otherwise: everybody is held by each wave. */
const newYork = { zoneAttribute: "timezone", zone: "America/New_York" };
const launched = (id: string): fc.Arbitrary<CampaignDefinition> =>
  fc
    .record({
      start: fc.constantFrom<CampaignDefinition["start"]>(
        { kind: "trigger", types: ["transaction-posted"], where: null, maxAge: hour },
        { kind: "once", at: noon + 6 * hour },
        { kind: "recurring", unit: "day", time: 10 * 60, from: noon, until: null },
        { kind: "recurring", unit: "day", time: 10 * 60, from: noon, until: null, ownZone: newYork },
      ),
      channels: fc.constantFrom(
        [{ channel: "email", unitCost: { minorUnits: 5, currency: "EUR" } }],
        [
          { channel: "sms", unitCost: { minorUnits: 9, currency: "EUR" } },
          { channel: "email", unitCost: { minorUnits: 5, currency: "EUR" } },
        ],
      ),
      budget: fc.option(fc.record({ money: fc.constant(null), contacts: fc.integer({ min: 1, max: 6 }) })),
    })
    .map(given => campaign(id, { ...given, policy: policy("calm").id, assignment: { version: 1, salt: id, arms } }));

const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ what: fc.constant("pay" as const), who: person, late: fc.integer({ min: 0, max: 90 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ what: fc.constant("consent" as const), who: person, channel: fc.constantFrom(...channels) },
      granted: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant("contact" as const), who: person, channel: fc.constantFrom(...channels) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("merge" as const), who: person, other: person }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("receipt" as const),
      nth: fc.nat({ max: 20 }),
      status: fc.constantFrom("withheld", "withheld", "sent", "clicked", "bounced"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constantFrom("pause" as const, "resume" as const),
      id: fc.constantFrom("one", "two"),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 700 }) }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("step" as const) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("relay" as const), most: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("restart" as const) }) },
);

const life = fc.record({
  policy: calm,
  campaigns: fc.tuple(launched("one"), launched("two")),
  allow: fc.array(fc.record({ who: person, channel: fc.constantFrom(...channels) }), { minLength: 2, maxLength: 8 }),
  happenings: fc.array(happening, { minLength: 10, maxLength: 60, size: "max" }),
});

async function lead(given: typeof life extends fc.Arbitrary<infer Life> ? Life : never): Promise<CampaignBank> {
  const bank = campaignBank();
  for (const { who, channel } of given.allow) bank.consents(who, channel);
  bank.publishesPolicy(given.policy);
  for (const definition of given.campaigns) bank.launches(definition);
  await bank.deliver();
  const merged = new Set<string>();
  for (const next of given.happenings) {
    switch (next.what) {
      case "pay":
        bank.pays(next.who, { occurredAt: bank.clock.now - next.late * minute });
        break;
      case "consent":
        bank.fact(next.who, next.granted ? "consent-granted" : "consent-withdrawn", {
          channel: next.channel,
          purpose: "marketing",
        });
        break;
      case "contact":
        bank.fact(next.who, "campaign-contacted", {
          contactId: "x",
          campaignId: "elsewhere",
          channel: next.channel,
          purpose: "marketing",
        });
        break;
      case "merge":
        if (next.who === next.other || merged.has(next.who) || merged.has(next.other)) break;
        merged.add(next.other);
        bank.fact(next.who, "identity-merged", { customer: customerId(next.other) });
        break;
      case "receipt": {
        const decision = (await bank.decisions())[next.nth];
        if (decision === undefined) break;
        bank.tell(customerStream(decision.customerId), "delivery-reported", {
          contactId: decision.decisionId,
          status: next.status,
        });
        break;
      }
      case "pause":
        bank.tell(`campaign-${next.id}`, "campaign-paused", { reason: "a test" });
        break;
      case "resume":
        bank.tell(`campaign-${next.id}`, "campaign-resumed", {});
        break;
      case "wait":
        bank.clock.now += next.minutes * minute;
        bank.tell("clock", "clock-ticked", {});
        break;
      case "step":
        await bank.engine().step();
        break;
      case "relay":
        bank.relay(next.most);
        break;
      case "restart":
        await bank.engine().flush();
        bank.restart();
        break;
    }
  }
  await bank.deliver();
  return bank;
}

const wholeLog = (bank: CampaignBank) => bank.reader.read({ limit: 1_000_000 });

/** Who is one person with whom, as known at a position. A merge of one of whom no event came before it does nothing. */
function personAt(events: readonly RecordedEvent[], id: CustomerId, known: number): CustomerId {
  const first = events.find(({ stream }) => stream === customerStream(id))?.position ?? Number.POSITIVE_INFINITY;
  for (const event of events)
    if (event.type === "identity-merged" && event.position <= known && event.data.customer === id)
      if (first < event.position) return personAt(events, customerOfStream(event.stream) as CustomerId, known);
  return id;
}

test("no cap, quiet hour, consent or budget is ever broken, whatever comes between what", async () => {
  await fc.assert(
    fc.asyncProperty(life, async given => {
      const bank = await lead(given);
      const events = await wholeLog(bank);
      const decisions = await bank.decisions();
      const sends = decisions.filter(({ outcome }) => outcome === "send");
      const isWithheld = ({ decisionId }: Decision, known: number): boolean => {
        const told = events.filter(
          ({ type, position, data }) =>
            type === "delivery-reported" && position <= known && data.contactId === decisionId,
        );
        return told.length > 0 && told.every(({ data }) => data.status === "withheld");
      };
      for (const [index, send] of sends.entries()) {
        const who = personAt(events, send.customerId, send.known);
        const isTheirs = (id: CustomerId): boolean => personAt(events, id, send.known) === who;
        // Caps: sends decided before this one, wherever the log was then, and contacts known then.
        const contacts = [
          ...sends.slice(0, index).filter(one => isTheirs(one.customerId) && !isWithheld(one, send.known)),
          ...events
            .filter(
              ({ type, stream, position }) =>
                type === "campaign-contacted" &&
                position <= send.known &&
                isTheirs(customerOfStream(stream) as CustomerId),
            )
            .map(({ occurredAt, data }) => ({
              at: occurredAt,
              channel: data.channel as string,
              purpose: data.purpose as string,
            })),
        ];
        for (const { channels: of, purposes, most, within } of given.policy.caps) {
          if (of.length > 0 && !of.includes(send.channel as string)) continue;
          if (purposes.length > 0 && !purposes.includes(send.purpose)) continue;
          const counted = contacts.filter(
            ({ at, channel, purpose }) =>
              at > send.at - within &&
              at <= send.at &&
              (of.length === 0 || of.includes(channel as string)) &&
              (purposes.length === 0 || purposes.includes(purpose)),
          );
          expect(counted.length).toBeLessThan(most);
        }
        const hours = given.policy.quietHours;
        if (hours !== null) {
          const time = Math.floor((send.at % day) / minute);
          const isQuiet =
            hours.from <= hours.to ? time >= hours.from && time < hours.to : time >= hours.from || time < hours.to;
          expect(isQuiet).toBe(false);
        }
        // Consent: what the granting customer's own stream says last; of merged ones none may have taken it back last.
        const said = events.filter(
          ({ type, stream, position, occurredAt, data }) =>
            (type === "consent-granted" || type === "consent-withdrawn") &&
            data.channel === send.channel &&
            position <= send.known &&
            occurredAt <= send.at &&
            isTheirs(customerOfStream(stream) as CustomerId),
        );
        const last = new Map(
          said
            .sort((a, b) => a.occurredAt - b.occurredAt || a.position - b.position)
            .map(event => [event.stream, event.type]),
        );
        expect(last.size).toBeGreaterThan(0);
        if (last.size === 1) expect([...last.values()]).toEqual(["consent-granted"]);
        const spent = sends
          .slice(0, index + 1)
          .filter(one => one.campaignId === send.campaignId && !isWithheld(one, send.known)).length;
        const budget = given.campaigns.find(({ id }) => id === send.campaignId)?.budget ?? null;
        if (budget?.contacts != null) expect(spent).toBeLessThanOrEqual(budget.contacts);
      }
    }),
    { numRuns: 60 },
  );
});

test("a customer stays in its arm, is decided about once by a wave, and never twice for one fact", async () => {
  await fc.assert(
    fc.asyncProperty(life, async given => {
      const bank = await lead(given);
      const events = await wholeLog(bank);
      const decisions = await bank.decisions();
      const first = new Map<string, string | null>();
      const causes = new Set<string>();
      for (const { customerId: id, campaignId, cause, arm, variant, known } of decisions) {
        const key = `${personAt(events, id, known)} ${campaignId} ${JSON.stringify(cause)}`;
        expect(causes.has(key)).toBe(false);
        causes.add(key);
        if (arm === null) continue;
        // From each merge on it is in the arm that anybody of them was in first, which may be another.
        const who = personAt(events, id, known);
        const merges = events.filter(
          ({ type, stream, data, position }) =>
            type === "identity-merged" &&
            position <= known &&
            personAt(events, data.customer as CustomerId, known) === who &&
            personAt(events, customerOfStream(stream) as CustomerId, known) === who,
        );
        const own = `${id} ${campaignId} ${merges.length}`;
        if (!first.has(own)) first.set(own, `${arm}/${variant}`);
        expect(`${arm}/${variant}`).toBe(first.get(own));
      }
    }),
    { numRuns: 40 },
  );
});

test("what is kept is what the log gives: rebuilt, verified, and with effects summed anew", async () => {
  await fc.assert(
    fc.asyncProperty(life, async given => {
      const bank = await lead(given);
      await expectRebuilt(bank);
      await expectVerified(bank);
      expect(bank.store.campaigns.campaignRows("pending", { limit: 1 }).flatMap(pendingEventsIn)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
