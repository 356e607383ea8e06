import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import type { CampaignId } from "../../../src/domain/campaign/campaign.ts";
import type { Cap } from "../../../src/domain/campaign/policy.ts";
import { type Spent, spentWith } from "../../../src/domain/decision/budget.ts";
import type { Contact } from "../../../src/domain/decision/caps.ts";
import type { Decision } from "../../../src/domain/decision/decision.ts";
import type { ConsentStatement } from "../../../src/domain/decision/gateInputs.ts";
import { campaign, customer, decided, eventId, hour, policy, quietHours, under } from "./support/givenDecision.ts";

/*
 * A bank's days drawn at random: facts of several campaigns, customers who allow and forbid, contacts from outside, holds that are
 * released. Whatever the order, what was sent is held against the rules in the plainest way there is.
 */
type Step =
  | { readonly kind: "decide"; readonly campaign: number; readonly customer: number }
  | { readonly kind: "consent"; readonly customer: number; readonly channel: string; readonly granted: boolean }
  | { readonly kind: "outside"; readonly customer: number; readonly channel: string };
type Timed = Step & { readonly wait: number };

const customerNumber = fc.integer({ min: 0, max: 2 });
const channel = fc.constantFrom("email", "sms");
const wait = fc.oneof(fc.constantFrom(0, 1, hour), fc.integer({ min: 0, max: 9 * hour }));
const steps: fc.Arbitrary<readonly Timed[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("decide" as const),
        campaign: fc.integer({ min: 0, max: 1 }),
        customer: customerNumber,
        wait,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("consent" as const),
        customer: customerNumber,
        channel,
        granted: fc.boolean(),
        wait,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("outside" as const), customer: customerNumber, channel, wait }),
    },
  ),
  { minLength: 5, maxLength: 60 },
);
const caps: fc.Arbitrary<readonly Cap[]> = fc.array(
  fc.record({
    channels: fc.subarray(["email", "sms"]),
    purposes: fc.subarray(["marketing", "service"]),
    most: fc.integer({ min: 1, max: 3 }),
    within: fc.constantFrom(hour, 5 * hour, 24 * hour),
  }),
  { maxLength: 3 },
);
const zones = ["Europe/Prague", "America/New_York", null];
const campaigns = ["marketing", "service"].map((purpose, number) =>
  campaign({
    id: `campaign-${number}` as CampaignId,
    purpose,
    budget: { money: { minorUnits: 400, currency: "CZK" }, contacts: 9 },
  }),
);

test("no sequence of facts, holds and changes of mind ever breaks a cap, quiet hours, consent or a budget", () => {
  let sends = 0;
  let defers = 0;
  fc.assert(
    fc.property(steps, caps, fc.boolean(), fc.constantFrom("Europe/Prague", null), (all, drawn, hold, zone) => {
      const hours = quietHours(21 * 60, 7 * 60, { zoneAttribute: "timeZone", zone }, hold ? "hold" : "drop");
      const rules = policy({ caps: drawn, quietHours: hours });
      const contacts = new Map<number, Contact[]>();
      const consents = new Map<string, ConsentStatement>();
      const spent: Spent[] = campaigns.map(() => ({ money: 0, contacts: 0 }));
      const due: { at: number; campaign: number; customer: number }[] = [];
      const made: { decision: Decision; allowed: boolean | undefined; of: number; before: readonly Contact[] }[] = [];
      let now = Date.UTC(2024, 2, 29, 12);
      const contact = (of: number, one: Contact): void => {
        contacts.set(of, [...(contacts.get(of) ?? []), one]);
      };
      const make = (number: number, of: number): void => {
        const definition = campaigns[number] as (typeof campaigns)[number];
        const decision = decided({
          decisionId: eventId(made.length + 1),
          definition,
          policy: under(rules),
          customerId: customer(of),
          at: now,
          contacts: () => contacts.get(of) ?? [],
          customersZone: () => zones[of] ?? null,
          consent: by => consents.get(`${of}/${by}/${definition.purpose}`) ?? null,
          spent: spent[number] as Spent,
        });
        const allowed = consents.get(`${of}/${decision.channel}/${definition.purpose}`)?.granted;
        made.push({ decision, allowed, of, before: contacts.get(of) ?? [] });
        if (decision.outcome === "defer") due.push({ at: decision.until as number, campaign: number, customer: of });
        if (decision.outcome !== "send") return;
        contact(of, { at: now, channel: decision.channel as string, purpose: definition.purpose });
        spent[number] = spentWith(definition.budget, spent[number] as Spent, decision.unitCost);
      };
      for (const step of all) {
        const next = now + step.wait;
        for (;;) {
          const first = due.sort((one, other) => one.at - other.at)[0];
          if (first === undefined || first.at > next) break;
          due.shift();
          now = first.at;
          make(first.campaign, first.customer);
        }
        now = next;
        if (step.kind === "decide") make(step.campaign, step.customer);
        if (step.kind === "outside") contact(step.customer, { at: now, channel: step.channel, purpose: null });
        if (step.kind === "consent") {
          for (const { purpose } of campaigns) {
            consents.set(`${step.customer}/${step.channel}/${purpose}`, { granted: step.granted, position: 1 });
          }
        }
      }

      for (const { decision, allowed, of, before } of made) {
        defers += decision.outcome === "defer" ? 1 : 0;
        if (decision.outcome !== "send") continue;
        sends += 1;
        expect(allowed).toBe(true);
        const lived = zones[of] ?? zone;
        if (lived === null) return expect.unreachable("sent without a zone");
        const local = Temporal.Instant.fromEpochMilliseconds(decision.at).toZonedDateTimeISO(lived);
        expect(local.hour >= 7 && local.hour < 21).toBe(true);
        const applies = (list: readonly string[], value: string | null): boolean =>
          list.length === 0 || value === null || list.includes(value);
        for (const cap of drawn) {
          if (!applies(cap.channels, decision.channel) || !applies(cap.purposes, decision.purpose)) continue;
          const window = before.filter(
            one =>
              one.at > decision.at - cap.within &&
              one.at <= decision.at &&
              applies(cap.channels, one.channel) &&
              applies(cap.purposes, one.purpose),
          );
          expect(window.length).toBeLessThan(cap.most);
        }
      }
      for (const { money, contacts: count } of spent) {
        expect(money).toBeLessThanOrEqual(400);
        expect(count).toBeLessThanOrEqual(9);
      }
    }),
    { numRuns: 150 },
  );
  expect(Math.min(sends, defers)).toBeGreaterThan(20);
});
