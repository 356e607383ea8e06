import { expect, test } from "vitest";
import { describeCampaign } from "../../../src/domain/campaign/describe/describeCampaign.ts";
import { describeOffer } from "../../../src/domain/campaign/describe/describeOffer.ts";
import { describePolicy } from "../../../src/domain/campaign/describe/describePolicy.ts";
import { parseCampaign } from "../../../src/domain/campaign/parse/parseCampaign.ts";
import { parseKpi } from "../../../src/domain/campaign/parse/parseKpi.ts";
import { parseOffer } from "../../../src/domain/campaign/parse/parseOffer.ts";
import { parsePolicy } from "../../../src/domain/campaign/parse/parsePolicy.ts";
import type { Fault } from "../../../src/domain/fault.ts";
import type { Result } from "../../../src/domain/result.ts";
import { standards } from "../../../src/intake/standards.ts";
import { surroundings } from "../segment/support/knownTags.ts";
import { campaign, offer, policy } from "./support/written.ts";

const told = (result: Result<unknown, readonly Fault[]>): readonly string[] =>
  result.ok ? [] : result.refusal.map(({ field, code }) => `${field} ${code}`);
const value = <Value>(result: Result<Value, readonly Fault[]>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
};
const read = (json: object) => parseCampaign({ ...campaign({ id: "spring" }), ...json }, surroundings);
const arms = (...list: readonly object[]) => told(read({ assignment: { arms: list } }));
const kpi = (json: object) =>
  told(parseKpi({ code: "sales", name: "Sales", facts: { types: ["transaction-posted"] }, ...json }, surroundings));
/** Made from text, as files are: in code, "then" is for promises. */
const then = (what: string): object => JSON.parse(`{"then": "${what}"}`) as object;
const held = then("hold");
const czk = (amount: string | number) => ({ amount, currency: "CZK" });

test("what is left out has its default", () => {
  const least = value(read({ start: { trigger: { types: ["card-issued"] } }, channels: [{ channel: "email" }] }));
  expect(least).toMatchObject({
    start: { kind: "trigger", types: ["card-issued"], where: null, maxAge: 3_600_000 },
    policy: null,
    channels: [{ channel: "email", unitCost: null }],
    assignment: {
      version: 1,
      salt: "spring",
      arms: [{ name: "all", share: 10_000, control: false, variants: [{ name: "all", share: 10_000, content: {} }] }],
    },
    ...{ offers: [], exploration: 0, budget: null, outcomeWindow: 14 * 86_400_000, breakdown: [] },
    kpis: [{ measure: { kind: "conversion" }, margin: 10_000, prePeriod: null }],
  });
});

test("days of a schedule begin in the campaign's zone", () => {
  expect(value(read({})).start).toEqual({ kind: "once", at: Date.parse("2024-05-31T22:00:00Z") });
  const waves = { unit: "week", time: "09:05", from: "2024-01-01", until: "2024-02-01T00:00:00Z" };
  expect(value(read({ start: { recurring: waves } })).start).toEqual({
    ...{ kind: "recurring", unit: "week", time: 545 },
    ...{ from: Date.parse("2023-12-31T23:00:00Z"), until: Date.parse("2024-02-01T00:00:00Z") },
  });
});

test("waves go by customers' own clocks where an attribute says whose zone is which", () => {
  const once = { at: "2024-06-03T09:00:00+02:00", zoneAttribute: "timezone" };
  expect(value(read({ start: { once } })).start).toEqual({
    ...{ kind: "once", at: Date.parse("2024-06-03T07:00:00Z"), ownZone: { zoneAttribute: "timezone", zone: null } },
  });
  const waves = { unit: "day", time: "09:00", from: "2024-06-01", zoneAttribute: "timezone", zone: "Europe/Prague" };
  expect(value(read({ start: { recurring: waves } })).start).toMatchObject({
    ownZone: { zoneAttribute: "timezone", zone: "Europe/Prague" },
  });
  const start = (json: object) => told(read({ start: json }));
  expect(start({ once: { ...once, zoneAttribute: "time zone" } })).toEqual(["start.once.zoneAttribute malformed"]);
  expect(start({ once: { ...once, zoneAttribute: 5 } })).toEqual(["start.once.zoneAttribute wrong-type"]);
  expect(start({ once: { ...once, zone: "Mars/Base" } })).toEqual(["start.once.zone unknown-zone"]);
  expect(start({ recurring: { ...waves, zoneAttribute: undefined } })).toEqual(["start.recurring.zone not-allowed"]);
  expect(start({ trigger: { types: ["card-issued"], zoneAttribute: "timezone" } })).toEqual([
    "start.trigger.zoneAttribute unknown-field",
  ]);
});

test("a campaign that is run outside is about everybody and needs no channels, and is decided by nothing here", () => {
  const outside = { ...campaign({ id: "gate" }), start: { outside: true }, audience: undefined, channels: undefined };
  expect(value(parseCampaign(outside, surroundings))).toMatchObject({
    audience: { kind: "all", of: [] },
    channels: [],
  });
  const more = { ...outside, policy: "retail", offers: ["gold"], exploration: 5, budget: { contacts: 1 } };
  expect(told(parseCampaign(more, surroundings))).toEqual([
    ...["policy not-allowed", "offers not-allowed", "exploration not-allowed", "budget not-allowed"],
  ]);
  expect(told(read({ audience: undefined, channels: [] }))).toEqual(["audience missing", "channels too-few"]);
});

test("everything that is wrong is told at once, each with its place", () => {
  const wrong = {
    ...{ id: "Spring!", name: "", owner: 5, purpose: "x".repeat(101), zone: "Mars/Base", colour: "red" },
    description: undefined,
    audience: { tag: { code: "nobody", exists: true } },
    start: { once: { at: "2024-02-30" }, outside: true },
    policy: "Retail",
    channels: [{ channel: "email" }, { channel: "email" }],
    offers: ["gold", "gold"],
    exploration: "100.01",
    kpis: [],
    outcomeWindow: "P1M",
    breakdown: ["a", "a", "B"],
  };
  expect(told(parseCampaign(wrong, surroundings))).toEqual([
    ...["colour unknown-field", "id malformed", "name empty", "owner wrong-type", "description missing"],
    ...["purpose too-long", "zone unknown-zone", "start one-of", "audience.tag.code unknown-tag", "policy malformed"],
    ...["channels[1].channel repeated", "offers[1] repeated", "exploration out-of-range", "kpis too-few"],
    ...["outcomeWindow not-allowed", "breakdown[2] malformed"],
  ]);
  expect(told(parseCampaign("spring", surroundings))).toEqual([" wrong-type"]);
  expect(told(parseCampaign({ content: Array(200_001).fill(1) }, surroundings))).toEqual([" too-large"]);
});

test("shares are exact to two decimals and at most a hundred percent", () => {
  const one = (name: string, share: string | number, more: object = {}) => ({ name, share, ...more });
  expect(arms(one("a", "33.33"), one("b", "66.67"))).toEqual([]);
  expect(arms(one("a", "33.34"), one("b", "66.67"))).toEqual(["assignment.arms out-of-range"]);
  expect(arms(one("a", "0.01"))).toEqual([]);
  expect(arms(one("a", "0"))).toEqual(["assignment.arms[0].share out-of-range"]);
  expect(arms(one("a", "33.333"))).toEqual(["assignment.arms[0].share too-precise"]);
  expect(arms(one("a", 33.3))).toEqual(["assignment.arms[0].share malformed"]);
  expect(arms(one("a", 101))).toEqual(["assignment.arms[0].share out-of-range"]);
  expect(arms(one("a", 10), one("a", 10))).toEqual(["assignment.arms[1].name repeated"]);
  expect(arms(...Array.from({ length: 21 }, (_, n) => one(`a${n}`, 1)))).toEqual(["assignment.arms too-many"]);
  expect(told(read({ assignment: { version: 0, arms: [one("a", 1)] } }))).toEqual(["assignment.version out-of-range"]);
});

test("at most one arm is control, it has no variants, and somebody is contacted", () => {
  const control = (name: string, more: object = {}) => ({ name, share: 10, control: true, ...more });
  expect(arms(control("c"), { name: "a", share: 90 })).toEqual([]);
  expect(arms(control("c"), control("d"), { name: "a", share: 80 })).toEqual(["assignment.arms too-many"]);
  expect(arms(control("c"))).toEqual(["assignment.arms too-few"]);
  expect(arms(control("c", { variants: [{ name: "v", share: 100 }] }), { name: "a", share: 90 })).toEqual([
    "assignment.arms[0].variants not-allowed",
  ]);
});

test("the variants of an arm are all of it", () => {
  const variants = (...list: readonly object[]) => arms({ name: "a", share: 50, variants: list });
  const v = (name: string, share: string | number, more: object = {}) => ({ name, share, ...more });
  expect(variants(v("x", "33.33"), v("y", "33.33"), v("z", "33.34"))).toEqual([]);
  expect(variants(v("x", "33.33"), v("y", "33.33"), v("z", "33.33"))).toEqual([
    "assignment.arms[0].variants out-of-range",
  ]);
  expect(variants(v("x", 50), v("x", 50))).toEqual(["assignment.arms[0].variants[1].name repeated"]);
  expect(variants()).toEqual(["assignment.arms[0].variants too-few"]);
  expect(variants(v("x", 100, { content: { template: 5, "1st": "a" } }))).toEqual([
    "assignment.arms[0].variants[0].content.template wrong-type",
    "assignment.arms[0].variants[0].content malformed",
  ]);
  const proto = JSON.parse('{"__proto__": "x"}') as object;
  expect(variants(v("x", 100, { content: proto }))).toEqual(["assignment.arms[0].variants[0].content malformed"]);
});

test("costs are one sum in the budget's currency, and known where money is limited", () => {
  const costs = (budget: object | undefined, ...channels: readonly object[]) => told(read({ budget, channels }));
  const email = { channel: "email", unitCost: czk("0.10") };
  const euro = { channel: "sms", unitCost: { amount: 1, currency: "EUR" } };
  expect(costs({ money: czk(1000), contacts: 5 }, email)).toEqual([]);
  expect(costs({ money: czk(1000) }, email, euro)).toEqual(["channels[1].unitCost.currency currency-mismatch"]);
  expect(costs(undefined, email, euro)).toEqual(["channels[1].unitCost.currency currency-mismatch"]);
  expect(costs({ money: czk(1000) }, email, { channel: "app" })).toEqual(["channels[1].unitCost missing"]);
  expect(costs({ money: czk(0) }, email)).toEqual(["budget.money.amount out-of-range"]);
  expect(costs({ contacts: 0 }, email)).toEqual(["budget.contacts out-of-range"]);
  expect(costs({}, email)).toEqual(["budget missing"]);
  expect(costs(undefined, { channel: "a", unitCost: czk("-1") })).toEqual(["channels[0].unitCost.amount out-of-range"]);
  expect(costs(undefined, { channel: "a", unitCost: czk("0.001") })).toEqual([
    "channels[0].unitCost.amount too-precise",
  ]);
  expect(costs(undefined, { channel: "a", unitCost: { amount: 1, currency: "XXY" } })).toEqual([
    "channels[0].unitCost.currency unknown-currency",
  ]);
});

test("a schedule that makes no sense is refused", () => {
  const start = (json: object) => told(read({ start: json }));
  const recurring = { unit: "day", time: "09:00", from: "2024-01-02" };
  expect(start({ recurring: { ...recurring, time: "24:00" } })).toEqual(["start.recurring.time malformed"]);
  expect(start({ recurring: { ...recurring, unit: "year" } })).toEqual(["start.recurring.unit not-allowed"]);
  expect(start({ recurring: { ...recurring, until: "2024-01-02" } })).toEqual(["start.recurring empty-window"]);
  expect(start({ trigger: { types: ["card-issued"], maxAge: "PT0S" } })).toEqual(["start.trigger.maxAge out-of-range"]);
  expect(start({ trigger: { types: ["campaign-decided"] } })).toEqual(["start.trigger.types[0] unknown-type"]);
  expect(start({ trigger: { types: ["card-issued"], where: { field: "amount", exists: true } } })).toEqual([
    "start.trigger.where.field unknown-field",
  ]);
});

test("decisions can be asked for by nothing, even if they were facts", () => {
  const fields = { ...surroundings.fields, types: [...surroundings.fields.types, "campaign-decided"] };
  const around = { ...surroundings, fields };
  const facts = { types: ["campaign-decided"] };
  expect(told(parseKpi({ code: "a", name: "A", facts }, around))).toEqual(["kpi.facts.types[0] not-allowed"]);
  expect(told(parseCampaign(campaign({ id: "a", start: { trigger: facts } }), around))).toEqual([
    "start.trigger.types[0] not-allowed",
  ]);
});

test("KPIs are measured on what facts have: sums of money in one currency, or of numbers", () => {
  const sum = (field: string, as?: object) => kpi({ measure: { sum: { field, ...(as === undefined ? {} : { as }) } } });
  expect(kpi({ measure: { count: true }, prePeriod: "P30D" })).toEqual([]);
  expect(kpi({ measure: { sum: { field: "amount", as: { money: { currency: "CZK" } } } }, margin: "2.50" })).toEqual(
    [],
  );
  expect(sum("amount")).toEqual(["kpi.measure.sum.as currency-needed"]);
  expect(sum("sequence")).toEqual([]);
  expect(sum("details.points")).toEqual(["kpi.measure.sum.as form-needed"]);
  expect(sum("details.points", { decimal: { decimals: 1 } })).toEqual([]);
  expect(sum("merchant")).toEqual(["kpi.measure.sum.field type-mismatch"]);
  expect(sum("merchant", { text: true })).toEqual(["kpi.measure.sum.as type-mismatch"]);
  expect(sum("amount", { decimal: { decimals: 2 } })).toEqual(["kpi.measure.sum.as wrong-form"]);
  expect(sum("amuont", { money: { currency: "CZK" } })).toEqual(["kpi.measure.sum.field unknown-field"]);
  expect(kpi({ margin: 50 })).toEqual(["kpi.margin not-allowed"]);
  expect(kpi({ measure: { average: { field: "amount" } } })).toEqual(["kpi.measure.average unknown-field"]);
  expect(kpi({ code: "A b", facts: { types: ["sold"], window: { lifetime: true } }, prePeriod: "30 days" })).toEqual([
    ...["kpi.code malformed", "kpi.facts.window unknown-field", "kpi.facts.types[0] unknown-type"],
    "kpi.prePeriod malformed",
  ]);
  const twice = { code: "a", name: "A", facts: { types: ["card-issued"] } };
  expect(told(read({ kpis: [twice, twice] }))).toEqual(["kpis[1].code repeated"]);
});

test("a policy's caps and windows are positive, its shares and zones real", () => {
  const of = (json: object) => told(parsePolicy({ ...policy({ id: "retail" }), ...json }, surroundings));
  const quiet = { from: "21:00", to: "08:00", zone: "Europe/Prague", ...held };
  expect(of({ caps: [{ most: 1, within: "PT1H" }], quietHours: quiet })).toEqual([]);
  expect(of({ caps: [{ most: 0, within: "PT0S" }] })).toEqual([
    "caps[0].most out-of-range",
    "caps[0].within out-of-range",
  ]);
  expect(of({ caps: [{ channels: ["a", "a"], most: 1.5, within: "P1M" }] })).toEqual([
    ...["caps[0].channels[1] repeated", "caps[0].most out-of-range", "caps[0].within not-allowed"],
  ]);
  expect(of({ holdout: { salt: "x", percent: 0 } })).toEqual(["holdout.percent out-of-range"]);
  expect(of({ quietHours: { ...quiet, zone: undefined } })).toEqual(["quietHours missing"]);
  expect(of({ quietHours: { ...quiet, zone: "Prague", from: "9" } })).toEqual([
    "quietHours.from malformed",
    "quietHours.zone unknown-zone",
  ]);
  expect(of({ quietHours: { ...quiet, to: "21:00" } })).toEqual(["quietHours empty-window"]);
  expect(of({ quietHours: { ...quiet, zoneAttribute: "1zone", ...then("wait") } })).toEqual([
    "quietHours.then not-allowed",
    "quietHours.zoneAttribute malformed",
  ]);
  expect(of({ suppression: { list: "tier" }, exempt: "service" })).toEqual([
    "suppression.list not-a-list",
    "exempt wrong-type",
  ]);
});

test("an offer is worth something, to learn by a tag that has few values", () => {
  const of = (json: object) => told(parseOffer({ ...offer({ id: "gold" }), ...json }, surroundings));
  expect(of({ tier: "tier", from: "2024-01-01T00:00:00Z", until: "2025-01-01T00:00:00+01:00" })).toEqual([]);
  expect(of({ value: czk(0), tier: "spend" })).toEqual(["value.amount out-of-range", "tier type-mismatch"]);
  expect(of({ from: "2024-01-01", tier: "tires" })).toEqual(["tier unknown-tag", "from zone-needed"]);
  expect(of({ from: "2024-01-01T00:00:00Z", until: "2024-01-01T00:00:00Z" })).toEqual(["until empty-window"]);
  expect(of({ eligible: undefined, value: undefined })).toEqual(["eligible missing", "value missing"]);
});

test("each is told in words", () => {
  const spring = read({
    start: {
      trigger: {
        types: ["transaction-posted"],
        where: { field: "amount", atLeast: "500.00", as: { money: { currency: "CZK" } } },
      },
    },
    channels: [
      { channel: "email", unitCost: czk("0.10") },
      { channel: "sms", unitCost: czk(1) },
    ],
    assignment: {
      arms: [
        { name: "control", share: 10, control: true },
        {
          name: "treated",
          share: 90,
          variants: [
            { name: "a", share: 50 },
            { name: "b", share: 50 },
          ],
        },
      ],
    },
    ...{ policy: "retail", offers: ["gold", "loan"], budget: { money: czk(1000), contacts: 500 } },
  });
  expect(describeCampaign(value(spring), standards)).toBe(
    "For marketing, by email, else sms. Who: On list vip. When: at each of the transaction-posted facts where amount is at least " +
      "500.00 CZK, up to 1 hour after it occurred. Arms: control 10.00 %, control; treated 90.00 % (a 50.00 %, b 50.00 %). Under " +
      "policy retail. The best offer of gold and loan. At most 500 contacts and 1000.00 CZK. Within 14 days of the assignment: " +
      "bought: whether there are any card-issued facts.",
  );
  const waves = { unit: "day", time: "09:00", from: "2024-06-01", zoneAttribute: "timezone", zone: "Europe/Prague" };
  expect(describeCampaign(value(read({ start: { recurring: waves } })), standards)).toContain(
    "When: every day at 09:00, each customer by its own clock: in the zone of the attribute timezone (Europe/Prague where it is " +
      "unknown), from 2024-05-31T22:00:00.000Z. ",
  );
  const once = { at: "2024-06-03T07:00:00Z", zoneAttribute: "timezone" };
  expect(describeCampaign(value(read({ start: { once } })), standards)).toContain(
    "When: once, at 2024-06-03T07:00:00.000Z by the clocks of Europe/Prague, each customer by its own: in the zone of the attribute " +
      "timezone (never where it is unknown). ",
  );
  const retail = {
    ...{ ...policy({ id: "retail" }), suppression: { list: "vip" }, holdout: { salt: "h", percent: 5 } },
    caps: [{ channels: ["email", "sms"], most: 3, within: "P7D" }],
    quietHours: { from: "21:00", to: "08:00", zoneAttribute: "timezone", ...held },
    exempt: ["service"],
  };
  expect(describePolicy(value(parsePolicy(retail, surroundings)), standards)).toBe(
    "Never contacted: On list vip. 5.00 % of all customers are kept out. At most 3 contacts by email and sms together in any 7 days. No " +
      "contact from 21:00 until 08:00, in the zone of the attribute timezone (never where it is unknown); what comes then is held until " +
      "they are over. None of these limits hold for service.",
  );
  const gold = parseOffer({ ...offer({ id: "gold" }), tier: "tier", until: "2025-01-01T00:00:00Z" }, surroundings);
  expect(describeOffer(value(gold), standards)).toBe(
    "Worth 100.00 CZK. Eligible: On list vip. Offered until before 2025-01-01T00:00:00.000Z. Learned apart by tier.",
  );
});
