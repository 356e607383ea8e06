import fc from "fast-check";
import { expect, test } from "vitest";
import type { Arm, Kpi } from "../../../src/domain/campaign/campaign.ts";
import { createEffectCells } from "../../../src/domain/effect/effectCells.ts";
import type { Counter, Enrolment } from "../../../src/domain/effect/enrolment.ts";
import { printEnrolment } from "../../../src/domain/effect/enrolmentText.ts";
import type { StoredCell } from "../../../src/domain/effect/groupViews.ts";
import { effectReport, type ReportedCampaign } from "../../../src/domain/effect/report.ts";
import { effectSeries, firstAssignedDay } from "../../../src/domain/effect/series.ts";
import { windowEnded } from "../../../src/projections/campaigns/enrolment/windowEnded.ts";
import { enrolments } from "./support/enrolments.ts";
import { outcomes } from "./support/outcomes.ts";

const arm = (name: string, control: boolean): Arm => ({ name, share: 2500, control, variants: [] });
const kpi = (code: string, measure: Kpi["measure"]): Kpi => ({
  ...{ code, name: code, facts: { types: ["transaction-posted"], where: null }, measure, margin: 5000, prePeriod: 1 },
});
const money = { kind: "sum", field: "amount", form: { kind: "money", currency: "CZK" } } as const;
const campaign: ReportedCampaign = {
  arms: [arm("a", false), arm("control", true)],
  kpis: [kpi("bought", { kind: "conversion" }), kpi("spent", money)],
  channels: [{ channel: "sms", unitCost: { minorUnits: 70, currency: "CZK" } }],
};

function cellsOf(all: readonly Enrolment[]): { groups: StoredCell[]; days: StoredCell[] } {
  const cells = createEffectCells(() => null);
  for (const enrolment of all) cells.change(null, printEnrolment(enrolment));
  const of = (wanted: string) =>
    cells.changes().flatMap(({ kind, key, text }) => (kind === wanted && text !== null ? [{ key, text }] : []));
  return { groups: of("group"), days: of("day").sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

const total = (all: readonly Enrolment[], counter: Counter, channel?: string | null): number =>
  all
    .flatMap(({ days }) => days)
    .filter(day => channel === undefined || day.channel === channel)
    .reduce((sum, { counts }) => sum + (counts.get(counter) ?? 0), 0);

const many = fc.array(enrolments, { maxLength: 30 });

test("a report says of arms, variants, segments and channels what their customers' enrolments come to", () =>
  fc.assert(
    fc.property(many, many, (all, others) => {
      const { groups } = cellsOf([...all, ...others]);
      const report = effectReport(campaign, groups, { windowEnded: true, excluding: others });
      const of = (name: string) => all.filter(({ assigned }) => assigned?.arm === name);
      expect(report.funnel.customers).toBe(all.length);
      expect(report.unassigned).toBe(all.filter(({ assigned }) => assigned === null).length);
      for (const { arm, funnel, outcomes: found, variants, share } of report.arms) {
        expect(share).toBe(arm === "b" ? null : 2500);
        expect(funnel.customers).toBe(of(arm).length);
        expect(funnel.sends).toBe(total(of(arm), "sends"));
        expect(funnel.saved.find(({ gate }) => gate === "cap")?.contacts ?? 0).toBe(total(of(arm), "skips\tcap"));
        const czk = total(of(arm), "cost\tCZK") + 70 * total(of(arm), "contacts", "sms");
        expect(Number(funnel.costs.find(({ currency }) => currency === "CZK")?.minorUnits ?? 0n)).toBe(czk);
        for (const [index, outcome] of found.entries()) {
          expect(outcome.total).toBe(of(arm).reduce((sum, one) => sum + BigInt(one.outcomes[index]!.y), 0n));
          expect(outcome.converted).toBe(of(arm).filter(one => one.outcomes[index]!.facts > 0).length);
        }
        for (const { variant, funnel } of variants)
          expect(funnel.customers).toBe(of(arm).filter(one => one.variant === variant).length);
      }
      for (const { channel, funnel } of report.channels) {
        expect(funnel.opened).toBe(total(all, "opened", channel));
        expect(funnel.responses.map(({ count }) => count)).toEqual(
          [total(all, "response\tno thanks", channel)].filter(count => count > 0),
        );
      }
      const savers = report.breakdown.find(({ name }) => name === "savers");
      for (const { arm, funnel } of savers?.arms ?? [])
        expect(funnel.customers).toBe(of(arm).filter(({ segments }) => segments.includes("savers")).length);
      for (const { lift, kpi, variant, arm: name } of report.lifts) {
        const treated = of(name).filter(one => variant === null || one.variant === variant);
        expect(lift.ok).toBe(treated.length > 0 && of("control").length > 0);
        if (!lift.ok) continue;
        const index = kpi === "bought" ? 0 : 1;
        const sums = (of: readonly Enrolment[]) =>
          outcomes(
            of.map(one => one.outcomes[index]!.y),
            of.map(one => one.outcomes[index]!.x),
          );
        const [t, c] = [sums(treated), sums(of("control"))];
        expect(lift.value.absolute).toBeCloseTo(Number(t.y) / t.n - Number(c.y) / c.n, 6);
        expect(lift.value.treated.total).toBe(t.y);
      }
    }),
  ));

test("a series says day by day what the enrolments come to, split as it was asked for", () =>
  fc.assert(
    fc.property(many, many, fc.subarray(["arm", "variant", "channel"] as const), (all, others, by) => {
      const { days } = cellsOf([...all, ...others]);
      const options = { by, kpis: campaign.kpis, unitCosts: new Map(), excluding: others };
      const points = effectSeries(days, options);
      expect(points.reduce((sum, { assigned }) => sum + assigned, 0)).toBe(total(all, "assigned"));
      expect(points.reduce((sum, { outcomes }) => sum + Number(outcomes[1]!.total), 0)).toBe(
        total(all, "kpi\t1\ttotal"),
      );
      expect(points.reduce((sum, { outcomes }) => sum + Number(outcomes[0]!.total), 0)).toBe(
        total(all, "kpi\t0\tconverted"),
      );
      for (const point of points) {
        const fits = all.filter(
          ({ assigned, variant }) =>
            (!by.includes("arm") || (assigned?.arm ?? null) === point.arm) &&
            (!by.includes("variant") || variant === point.variant),
        );
        const sends = fits
          .flatMap(({ days }) => days)
          .filter(({ day, channel }) => day === point.day && (!by.includes("channel") || channel === point.channel))
          .reduce((sum, { counts }) => sum + (counts.get("sends") ?? 0), 0);
        expect(point.funnel.sends).toBe(sends);
      }
      const places = points.map(({ day, arm, variant, channel }) => JSON.stringify([day, arm, variant, channel]));
      expect(new Set(places).size).toBe(places.length);
      expect(points.map(({ day }) => day)).toEqual([...points.map(({ day }) => day)].sort((a, b) => a - b));
    }),
  ));

const assigned = (arm: string, y: number, counts: [Counter, number][]): Enrolment => ({
  assigned: { arm, at: 0 },
  ...{ variant: null, channel: "email", segments: [] },
  days: [{ day: 19_000, channel: "email", counts: new Map([["assigned", 1], ...counts]) }],
  outcomes: [
    { facts: Number(y > 0), y: Number(y > 0), x: 0 },
    { facts: Number(y > 0), y, x: 0 },
  ],
});

test("a return on cost sets the margin of what would not have been against what the arm cost, in one currency", () => {
  const of = (arm: string, y: number, counts: [Counter, number][]) =>
    Array.from({ length: 200 }, (_, index) => assigned(arm, index % 2 === 0 ? y : 0, counts));
  const roi = (currency: string) => {
    const cells = cellsOf([...of("a", 1000, [[`cost\t${currency}`, 100]]), ...of("control", 400, [])]);
    const report = effectReport(campaign, cells.groups, { windowEnded: true });
    expect(report.state).toBe("inconclusive"); // as many bought; they spent more
    return report.lifts.map(({ kpi, returnOnCost, lift }) => [
      kpi,
      lift.ok ? lift.value.verdict : lift.refusal.kind,
      returnOnCost.ok ? returnOnCost.value : returnOnCost.refusal.kind,
    ]);
  };
  // 200 customers times 300 more a head, of which half is margin, against 200 sends at 100.
  const value = { currency: "CZK", incrementalMargin: 30_000, cost: 20_000n, roi: 0.5 };
  expect(roi("CZK")).toEqual([
    ["bought", "inconclusive", "noMoney"],
    ["spent", "better", value],
  ]);
  expect(roi("EUR")[1]).toEqual(["spent", "better", "otherCurrency"]);
});

test("without a control everything is counted, and every lift refused", () => {
  const cells = cellsOf([assigned("a", 5, [["contacts", 1]])]);
  const report = effectReport({ ...campaign, arms: [arm("a", false)] }, cells.groups, { windowEnded: true });
  expect(report).toMatchObject({ state: null, refusal: { kind: "noControl" }, sampleRatio: null });
  expect(report.arms[0]?.funnel).toMatchObject({ customers: 1, contacts: 1, reached: 1 });
  expect(report.lifts.map(({ lift }) => lift.ok)).toEqual([false, false]);
});

test("nobody in it is a report too", () => {
  const report = effectReport(campaign, [], { windowEnded: false });
  expect(report).toMatchObject({ state: "collecting", unassigned: 0, channels: [], breakdown: [], sampleRatio: null });
  expect(report.lifts[0]?.lift).toMatchObject({ ok: false, refusal: { kind: "nobodyAssigned" } });
});

test("the first window has ended for certain once it has for who was assigned last on the first day", () => {
  const { days } = cellsOf([assigned("a", 5, [])]);
  const day = firstAssignedDay(days);
  expect(day).toBe(19_000);
  const ended = (at: number) => windowEnded(day, { zone: "UTC", outcomeWindow: 1000 }, at);
  expect([ended(19_001 * 86_400_000 + 998), ended(19_001 * 86_400_000 + 999)]).toEqual([false, true]);
  expect(windowEnded(null, { zone: "UTC", outcomeWindow: 0 }, 1e15)).toBe(false);
});
