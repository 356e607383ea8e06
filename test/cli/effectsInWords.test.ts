import { expect, test } from "vitest";
import { effectsInWords, type PrintedEffects } from "../../src/cli/effectsInWords.ts";

const funnel = {
  ...{
    customers: 1_300,
    reached: 800,
    decided: 1_300,
    sends: 800,
    withheld: 3,
    deferred: 0,
    contacts: 0,
    sent: 800,
    delivered: 0,
  },
  ...{ bounced: 0, opened: 0, clicked: 0, unsubscribed: 0, responses: [] },
  costs: [{ amount: "1234567.80", currency: "EUR" }],
  saved: [
    { gate: "QUIET_HOURS", contacts: 40, costs: [{ amount: "2.00", currency: "EUR" }] },
    { gate: "CONTROL", contacts: 400, costs: [] },
  ],
};
const outcome = (kpi: string, n: number, converted: number, total: string, mean: number) => ({
  ...{ kpi, n, converted, total, mean },
});
const lift = (kpi: string, figures: object, returnOnCost: PrintedEffects["lifts"][number]["returnOnCost"] = null) => ({
  ...{ kpi, arm: "treated", variant: null, refusal: null, returnOnCost },
  figures: {
    treated: outcome(kpi, 800, 80, "80", 0.1),
    control: outcome(kpi, 400, 20, "20", 0.05),
    ...figures,
  } as never,
});
const effects: PrintedEffects = {
  ...{ position: "77", at: "2024-06-03T09:00:00.000Z", version: 2, awaitedKpis: [], failed: 0, excluded: 0 },
  ...{ windowEnded: true, state: "BETTER", refusal: null, unassigned: 100, funnel, channels: [] },
  kpis: [
    { code: "opened", name: "Opened", measure: "CONVERSION", currency: null },
    { code: "saved", name: "Saved", measure: "SUM", currency: "EUR" },
  ],
  arms: [
    {
      arm: "control",
      isControl: true,
      funnel: { ...funnel, customers: 400, reached: 0, costs: [] },
      outcomes: [outcome("opened", 400, 20, "20", 0.05)],
    },
    {
      arm: "treated",
      isControl: false,
      funnel: { ...funnel, customers: 800 },
      outcomes: [outcome("saved", 800, 80, "12345.60", 15.432)],
    },
  ],
  breakdown: [],
  lifts: [
    lift("opened", {
      ...{ absolute: 0.05, interval: { from: 0.02, to: 0.08 }, p: 0.00001, verdict: "BETTER" },
      ...{ relative: { value: 1, interval: { from: 0.2, to: 2 } }, incremental: 40, incrementalInterval: null },
    }),
    lift(
      "saved",
      {
        ...{ absolute: -1.5, interval: null, p: null, verdict: "INCONCLUSIVE", relative: null },
        ...{ incremental: -1200, incrementalInterval: { from: -3000, to: 600 } },
      },
      { incrementalMargin: -18, cost: { amount: "40.00", currency: "EUR" }, roi: -1.45 },
    ),
  ],
  sampleRatio: { chiSquare: 8.1, p: 0.0044, warning: "The arms are not as large as their shares." },
};

test("a report is told in lines, money exactly and shares in points", () => {
  expect(effectsInWords(effects)).toEqual([
    "As of 2024-06-03T09:00:00.000Z, position 77, by version 2: better than the control",
    "",
    "Funnel",
    "  met                        1,300",
    "  decided                    1,300",
    "  to be sent                   800",
    "  withheld                       3",
    "  sent                         800",
    "  of these in no arm: 100",
    "",
    "Arms",
    "  control (control): 400 assigned, 0 reached",
    "    opened: 20 of 400, 5.00 %",
    "  treated: 800 assigned, 800 reached, cost 1,234,567.80 EUR",
    "    saved: 12,345.60 EUR of 80 customers, 15.43 EUR a head",
    "",
    "Lift over the control, with 95 % intervals",
    "  opened, treated: +5.00 points [+2.00, +8.00], p below 0.0001, better",
    "    relative +100.00 % [+20.00, +200.00]",
    "    brought about +40.00 customers",
    "  saved, treated: -1.50 EUR a head, p -, inconclusive",
    "    brought about -1,200.00 EUR [-3,000.00, +600.00]",
    "    margin -18.00 EUR for a cost of 40.00 EUR: return on cost -145.00 %",
    "",
    "Sizes of the arms: chi-square 8.10, p 0.0044",
    "  WARNING: The arms are not as large as their shares.",
    "",
    "Not sent, by the gate that stopped it, and what that saved",
    "  control                      400",
    "  quiet hours                   40  2.00 EUR",
  ]);
});

test("a lift that is refused says why, and what is missing is said first", () => {
  const message = "the campaign has no control arm";
  const told = effectsInWords({
    ...effects,
    ...{ state: null, refusal: { message }, failed: 3, excluded: 1, awaitedKpis: ["late"], sampleRatio: null },
    funnel: { ...funnel, saved: [] },
  });
  expect(told.slice(0, 4)).toEqual([
    "As of 2024-06-03T09:00:00.000Z, position 77, by version 2: without a control",
    "Without 3 customers of whom it cannot be told what the campaign did.",
    "Left out: 1 customer.",
    "late is still being counted.",
  ]);
  expect(told.at(-1)).toBe(`  none: ${message}`);
});

test("a young campaign collects", () => {
  const first = (state: string, windowEnded: boolean) => effectsInWords({ ...effects, state, windowEnded })[0];
  expect(first("COLLECTING", false)).toContain(": collecting, no outcome window has ended");
  expect(first("COLLECTING", true)).toMatch(/: collecting$/);
  expect(first("INCONCLUSIVE", true)).toMatch(/: inconclusive$/);
});
