import fc from "fast-check";
import type { CampaignId } from "../../../../src/domain/campaign/campaign.ts";
import type { OfferId } from "../../../../src/domain/campaign/offer.ts";
import type { Cap, PolicyDefinition } from "../../../../src/domain/campaign/policy.ts";
import type { Truth } from "../../../../src/domain/decision/truth.ts";
import { campaign, control, hour, policy, quietHours, treatment } from "./givenDecision.ts";
import type { Timed } from "./simulatedBank.ts";

const of = fc.integer({ min: 0, max: 3 });
const channel = fc.constantFrom("email", "sms");
const wait = fc.oneof(fc.constantFrom(0, 1, hour), fc.integer({ min: 0, max: 9 * hour }));
const kind = <Kind extends string>(word: Kind): fc.Arbitrary<Kind> => fc.constant(word);
const truth: fc.Arbitrary<Truth> = fc.constantFrom(true, false, false, { unknown: "tag x failed" });

const decision = fc.record({
  kind: kind("decide"),
  campaign: fc.integer({ min: 0, max: 1 }),
  customer: of,
  under: fc.constantFrom(true, true, true, false),
  wait,
});
const consent = fc.record({ kind: kind("consent"), customer: of, channel, granted: fc.boolean(), wait });
const outside = fc.record({ kind: kind("outside"), customer: of, channel, wait });
const suppressed = fc.record({ kind: kind("suppressed"), customer: of, truth, wait });

/** Some ten days of a bank with four customers. */
export const drawnSteps: fc.Arbitrary<readonly Timed[]> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: decision },
      { weight: 2, arbitrary: consent },
      { weight: 1, arbitrary: outside },
      { weight: 1, arbitrary: suppressed },
    ),
    { minLength: 20, maxLength: 80, size: "max" },
  )
  .map(steps => {
    const granted = [0, 1, 2, 3].flatMap(customer =>
      ["email", "sms"].map(by => ({ kind: "consent" as const, customer, channel: by, granted: true, wait: 0 })),
    );
    return [...granted.slice(0, 6), ...steps];
  });

const caps: fc.Arbitrary<readonly Cap[]> = fc.array(
  fc.record({
    channels: fc.subarray(["email", "sms"]),
    purposes: fc.subarray(["marketing", "service"]),
    most: fc.integer({ min: 1, max: 3 }),
    within: fc.constantFrom(hour, 5 * hour, 24 * hour),
  }),
  { maxLength: 3 },
);
const everyone = { kind: "all", rules: [] } as unknown as NonNullable<PolicyDefinition["suppression"]>;

export const drawnPolicy: fc.Arbitrary<PolicyDefinition> = fc
  .record({
    caps,
    hold: fc.boolean(),
    zone: fc.constantFrom("Europe/Prague", null),
    night: fc.constantFrom(20, 21, 22),
    holdout: fc.constantFrom(null, { salt: "global", share: 3000 }),
    exempt: fc.constantFrom<readonly string[]>([], [], ["service"]),
  })
  .map(({ hold, zone, night, ...rest }) =>
    policy({
      ...rest,
      suppression: everyone,
      quietHours: quietHours(night * 60, 7 * 60, { zoneAttribute: "timeZone", zone }, hold ? "hold" : "drop"),
    }),
  );

export const zones = ["Europe/Prague", "America/New_York", null, "Asia/Kathmandu"];
export const campaigns = ["marketing", "service"].map((purpose, number) =>
  campaign({
    id: `campaign-${number}` as CampaignId,
    purpose,
    assignment: { version: 1, salt: `salt ${number}`, arms: [control(2000), treatment(7000, "a", "b")] },
    offers: number === 0 ? (["gold-card", "loan"] as OfferId[]) : [],
    exploration: 1000,
    budget: { money: { minorUnits: 900, currency: "CZK" }, contacts: 15 },
  }),
);
/** Before the clocks of Prague change. */
export const start = Date.UTC(2024, 2, 29, 12);
