import fc from "fast-check";
import type { Arm, CampaignDefinition, CampaignStart, Kpi } from "../../../../src/domain/campaign/campaign.ts";
import type { OfferDefinition } from "../../../../src/domain/campaign/offer.ts";
import type { PolicyDefinition } from "../../../../src/domain/campaign/policy.ts";
import type { Money } from "../../../../src/domain/money.ts";
import type { FactFilter } from "../../../../src/domain/tag/factSelection.ts";
import { anyRule } from "../../segment/support/anyRule.ts";
import { knownTags } from "../../segment/support/knownTags.ts";

/* Definitions as the domain has them, each of which the parsers could have read. */

const id = fc.constantFrom("a", "spring-loans", "x1", "one-two-3");
const word = fc.constantFrom("email", "sms", "A b", "ž", "x.y");
const zone = fc.constantFrom("Europe/Prague", "America/New_York", "UTC");
const instant = fc.integer({ min: Date.parse("1970-01-01"), max: Date.parse("2090-01-01") });
const length = fc.constantFrom(1, 1500, 3_600_000, 86_400_000, 14 * 86_400_000);
const minute = fc.integer({ min: 0, max: 1439 });
const currency = fc.constantFrom("CZK", "EUR", "JPY", "KWD");
const head = { id, name: word, owner: word, description: fc.constantFrom("One.", "Two\nlines.") };
const rule = anyRule(knownTags, { segments: ["dormant-gold" as never], maxDepth: 2 });
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const names = fc.uniqueArray(word, { maxLength: 3 });
const money = (of: fc.Arbitrary<string>, min: number): fc.Arbitrary<Money> =>
  fc.record({ minorUnits: fc.integer({ min, max: 10_000_000 }), currency: of });

const filters: readonly (FactFilter | null)[] = [
  null,
  { kind: "in", field: "direction", values: ["debit"] },
  { kind: "compare", field: "amount", operator: ">=", value: 50_000, as: { kind: "money", currency: "CZK" } },
];
const kinds = fc.constantFrom(...filters).map(where => ({ types: ["transaction-posted"], where }));

const ownZone = fc.oneof(
  fc.constant({}),
  fc.record({ ownZone: fc.record({ zoneAttribute: fc.constantFrom("zone", "time.zone"), zone: orNull(zone) }) }),
);
const start: fc.Arbitrary<CampaignStart> = fc.oneof(
  fc.tuple(kinds, length).map(([of, maxAge]): CampaignStart => ({ kind: "trigger", ...of, maxAge })),
  fc.tuple(instant, ownZone).map(([at, own]): CampaignStart => ({ kind: "once", at, ...own })),
  fc
    .tuple(
      fc.record({
        kind: fc.constant("recurring" as const),
        unit: fc.constantFrom<"day" | "week" | "month">("day", "week", "month"),
        time: minute,
        from: instant,
        until: fc.constantFrom(null, Date.parse("2095-01-01")),
      }),
      ownZone,
    )
    .map(([waves, own]): CampaignStart => ({ ...waves, ...own })),
);

/** `count` positive shares of at most `total` hundredths of a percent, or exactly that many. */
function shares(count: number, total: number, exactly: boolean): fc.Arbitrary<number[]> {
  return fc
    .uniqueArray(fc.integer({ min: 1, max: total - 1 }), { minLength: count, maxLength: count })
    .map(cuts => cuts.sort((a, b) => a - b))
    .map(cuts => cuts.map((cut, index) => (exactly && index === count - 1 ? total : cut) - (cuts[index - 1] ?? 0)));
}
const content = fc.dictionary(fc.constantFrom("template", "subject", "x.y"), word, { noNullPrototype: true });
const variants = fc
  .integer({ min: 1, max: 3 })
  .chain(count =>
    fc
      .tuple(shares(count, 10_000, true), fc.array(content, { minLength: count, maxLength: count }))
      .map(([all, contents]): Arm["variants"] =>
        all.map((share, index) => ({ name: `v${index}`, share, content: contents[index]! })),
      ),
  );
const arms = fc.integer({ min: 1, max: 4 }).chain(count =>
  fc
    .tuple(
      shares(count, 10_000, false),
      fc.array(variants, { minLength: count, maxLength: count }),
      fc.integer({ min: -1, max: count - 1 }),
    )
    .map(([all, within, controlAt]) =>
      all.map((share, index): Arm => {
        const control = count > 1 && index === controlAt;
        return { name: `arm ${index}`, share, control, variants: control ? [] : within[index]! };
      }),
    ),
);

export const anyKpi: fc.Arbitrary<Kpi> = fc
  .record({
    code: id,
    name: word,
    facts: kinds,
    measure: fc.oneof(
      fc.constantFrom<Kpi["measure"]>(
        { kind: "conversion" },
        { kind: "count" },
        { kind: "sum", field: "sequence", form: { kind: "decimal", decimals: 0 } },
      ),
      currency.map((of): Kpi["measure"] => ({ kind: "sum", field: "amount", form: { kind: "money", currency: of } })),
    ),
    margin: fc.integer({ min: 0, max: 10_000 }),
    prePeriod: orNull(length),
  })
  .map(kpi => {
    const isMoney = kpi.measure.kind === "sum" && kpi.measure.form.kind === "money";
    return isMoney ? kpi : { ...kpi, margin: 10_000 };
  });
const kpis = fc.uniqueArray(anyKpi, { minLength: 1, maxLength: 3, selector: ({ code }) => code });

export const anyCampaign: fc.Arbitrary<CampaignDefinition> = fc
  .tuple(currency, fc.boolean())
  .chain(([costs, limited]) => {
    const cost = money(fc.constant(costs), 0);
    const channel = fc.record({ channel: word, unitCost: limited ? cost : orNull(cost) });
    const contacts = fc.integer({ min: 1, max: 1_000_000_000 });
    const budget = limited
      ? fc.record({ money: money(fc.constant(costs), 1), contacts: orNull(contacts) })
      : orNull(fc.record({ money: fc.constant(null), contacts }));
    return fc.record({
      ...{ ...head, purpose: word, audience: rule, start, policy: orNull(id) },
      channels: fc.uniqueArray(channel, { minLength: 1, maxLength: 3, selector: one => one.channel }),
      assignment: fc.record({ version: fc.integer({ min: 1, max: 5 }), salt: word, arms }),
      ...{ offers: fc.uniqueArray(id, { maxLength: 3 }), exploration: fc.integer({ min: 0, max: 10_000 }) },
      ...{ budget, kpis, outcomeWindow: length, breakdown: fc.uniqueArray(id, { maxLength: 3 }), zone },
    });
  })
  .map(campaign => ({
    ...campaign,
    exploration: campaign.offers.length === 0 ? 0 : campaign.exploration,
  })) as fc.Arbitrary<unknown> as fc.Arbitrary<CampaignDefinition>;

export const anyPolicy = fc.record({
  ...head,
  suppression: orNull(rule),
  holdout: orNull(fc.record({ salt: word, share: fc.integer({ min: 1, max: 10_000 }) })),
  caps: fc.array(
    fc.record({ channels: names, purposes: names, most: fc.integer({ min: 1, max: 10_000 }), within: length }),
    { maxLength: 3 },
  ),
  quietHours: orNull(
    fc
      .record({
        ...{ from: minute, to: minute, zoneAttribute: orNull(fc.constant("zone")), zone: orNull(zone) },
        // biome-ignore lint/suspicious/noThenProperty: what is to be done with a contact; nobody awaits it
        then: fc.constantFrom("hold", "drop"),
      })
      .filter(({ from, to, zoneAttribute, zone: own }) => from !== to && (zoneAttribute ?? own) !== null),
  ),
  exempt: names,
}) as fc.Arbitrary<unknown> as fc.Arbitrary<PolicyDefinition>;

export const anyOffer = fc.record({
  ...head,
  ...{ eligible: rule, value: money(currency, 1), tier: fc.constantFrom(null, "tier", "city") },
  from: fc.constantFrom(null, Date.parse("1969-01-01")),
  until: orNull(instant),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<OfferDefinition>;
