import fc from "fast-check";
import { expect, test } from "vitest";
import {
  katzLift,
  newcombeInterval,
  pooledZ,
  waldInterval,
  wilsonInterval,
} from "../../../src/domain/effect/conversionLift.ts";
import { chiSquareP, twoSidedP, z95 } from "../../../src/domain/effect/distributions.ts";
import { type LiftRefusal, liftOf } from "../../../src/domain/effect/lift.ts";
import { cupedDifference, relativeMean, welchDifference } from "../../../src/domain/effect/meanLift.ts";
import { addOutcomes, covarianceOf, deviationOf, noOutcomes } from "../../../src/domain/effect/outcomeSums.ts";
import { returnOnCost } from "../../../src/domain/effect/returnOnCost.ts";
import { sampleRatio } from "../../../src/domain/effect/sampleRatio.ts";
import { outcomes } from "./support/outcomes.ts";

const conversion = { kind: "conversion", prePeriod: false } as const;
const of = (converted: number, n: number) => ({ converted, n });
const rounded = ({ from, to }: { from: number; to: number }, digits = 4): [string, string] => [
  from.toFixed(digits),
  to.toFixed(digits),
];

test("quantiles and tails are those of the printed tables, far out too", () => {
  expect(z95).toBe(1.959963984540054);
  expect(twoSidedP(0)).toBe(1);
  expect(twoSidedP(-z95)).toBeCloseTo(0.05, 15);
  expect(twoSidedP(9)).toBeCloseTo(2.257176811907681e-19, 30);
  expect(chiSquareP(3.841458820694124, 1)).toBeCloseTo(0.05, 14);
  expect(chiSquareP(18.30703805327515, 10)).toBeCloseTo(0.05, 14);
  expect([twoSidedP(38), twoSidedP(1e9), chiSquareP(1e9, 3), chiSquareP(0, 1), chiSquareP(0, 100)]).toEqual([
    ...[0, 0, 0, 1, 1],
  ]);
  for (const z of [30, 36.9, 37]) expect(twoSidedP(z)).toBeGreaterThan(0);
  for (const df of [1, 2, 10, 100])
    for (const value of [1e-300, 1e-5, 0.01, 1, 100, 1379]) expect(chiSquareP(value, df)).toBeGreaterThan(0);
});

/** Table II of Newcombe (1998), method 10: the examples (a) to (h) with their published limits. */
test.each([
  [of(56, 70), of(48, 80), "0.0524", "0.3339"],
  [of(9, 10), of(3, 10), "0.1705", "0.8090"],
  [of(6, 7), of(2, 7), "0.0582", "0.8062"],
  [of(5, 56), of(0, 29), "-0.0381", "0.1926"],
  [of(0, 10), of(0, 20), "-0.1611", "0.2775"],
  [of(0, 10), of(0, 10), "-0.2775", "0.2775"],
  [of(10, 10), of(0, 20), "0.6791", "1.0000"],
  [of(10, 10), of(0, 10), "0.6075", "1.0000"],
])("Newcombe's interval for %j against %j is the published one", (treated, control, from, to) => {
  expect(rounded(newcombeInterval(treated, control))).toEqual([from, to]);
});

test("Wald, Wilson, Katz and the pooled z are what their formulas give by hand", () => {
  expect(rounded(waldInterval(of(56, 70), of(48, 80)))).toEqual(["0.0575", "0.3425"]);
  expect(rounded(wilsonInterval(of(81, 263)))).toEqual(["0.2553", "0.3662"]); // Newcombe's other paper of 1998
  const katz = katzLift(of(56, 70), of(48, 80))!; // ln(4/3) ± z √(1/56 − 1/70 + 1/48 − 1/80)
  expect(katz.value).toBeCloseTo(1 / 3, 12);
  expect(rounded(katz.interval!)).toEqual(["0.0766", "0.6512"]);
  expect(pooledZ(of(56, 70), of(48, 80))).toBeCloseTo(2.6502, 4);
  expect(katzLift(of(5, 10), of(0, 10))).toBeNull();
  expect(katzLift(of(0, 10), of(5, 10))).toEqual({ value: -1, interval: null });
  expect(pooledZ(of(0, 10), of(0, 10))).toBeNull();
});

test("variances from sums lose no digit, however large the figures are beside their spread", () => {
  const far = outcomes([1_000_000_000_001, 1_000_000_000_002, 1_000_000_000_003]);
  expect(deviationOf(far)).toBe(1);
  expect(deviationOf(outcomes([7]))).toBeNull();
});

test("a difference of means is Welch's, its relative lift of the means", () => {
  const [t, c] = [outcomes([3, 5, 7, 9]), outcomes([2, 2, 4, 4, 3])];
  const { absolute, interval, z } = welchDifference(t, c);
  const error = Math.sqrt(20 / 3 / 4 + 1 / 5);
  expect(absolute).toBe(3);
  expect(z).toBeCloseTo(3 / error, 12);
  expect(interval!.from).toBeCloseTo(3 - z95 * error, 12);
  expect(interval!.to).toBeCloseTo(3 + z95 * error, 12);
  expect(relativeMean(t, c)!.value).toBe(1);
  expect(relativeMean(t, outcomes([0, 0]))).toBeNull();
  expect(welchDifference(outcomes([1]), c)).toEqual({ absolute: -2, interval: null, z: null });
});

test("CUPED takes away exactly what the pre-period explains", () => {
  // y = 2x + 1 in the control, 2x + 4 in the arm: all noise is the pre-period's.
  const [before, others] = [
    [1, 4, 2, 8],
    [3, 3, 9, 0, 1],
  ];
  const arm = outcomes(
    before.map(x => 2 * x + 4),
    before,
  );
  const control = outcomes(
    others.map(x => 2 * x + 1),
    others,
  );
  const cuped = cupedDifference(arm, control)!;
  expect(cuped.theta).toBeCloseTo(2, 12);
  expect(cuped.absolute).toBeCloseTo(3, 12);
  expect(cuped.varianceReduction).toBeCloseTo(1, 12);
  expect(cupedDifference(outcomes([1, 2]), outcomes([3, 4]))).toBeNull(); // x does not vary
});

test("the interval turns its sign with the arms, and holds the estimate", () =>
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.nat(500), fc.nat(500), (a, b, c, d) => {
      const [treated, control] = [of(a, a + b + 1), of(c, c + d + 1)];
      for (const interval of [waldInterval, newcombeInterval]) {
        const [there, back] = [interval(treated, control), interval(control, treated)];
        const difference = treated.converted / treated.n - control.converted / control.n;
        expect(there.from).toBeCloseTo(-back.to, 12);
        expect(there.from).toBeLessThanOrEqual(difference);
        expect(there.to).toBeGreaterThanOrEqual(difference);
      }
      const newcombe = newcombeInterval(treated, control);
      expect(newcombe.from).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(newcombe.to).toBeLessThanOrEqual(1 + 1e-12);
    }),
  ));

test("sums taken away are as if they had never been there", () =>
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.array(fc.integer()), (some, others) => {
      const [a, b] = [outcomes(some, [...some].reverse()), outcomes(others, [...others].reverse())];
      expect(addOutcomes(addOutcomes(a, b), b, -1)).toEqual(a);
      expect(addOutcomes(noOutcomes, a)).toEqual(a);
    }),
  ));

test("a lift without a control is refused with the reason, and so is one of an arm with nobody in it", () => {
  const arm = { arm: "a", sums: outcomes([1, 0]) };
  const refusal = (outcome: ReturnType<typeof liftOf>): LiftRefusal | null => (outcome.ok ? null : outcome.refusal);
  expect(refusal(liftOf(conversion, arm, null, true))).toMatchObject({
    kind: "noControl",
    message: expect.stringContaining("no control arm"),
  });
  expect(refusal(liftOf(conversion, arm, { arm: "c", sums: noOutcomes }, true))).toMatchObject({
    kind: "nobodyAssigned",
    arm: "c",
  });
  expect(refusal(liftOf(conversion, { arm: "a", sums: noOutcomes }, arm, true))).toMatchObject({ arm: "a" });
});

test("the verdict waits for a hundred in each arm and for the first window to end", () => {
  const arm = (arm: string, n: number, share: number) => ({
    arm,
    sums: outcomes(Array.from({ length: n }, (_, index) => Number(index < n * share))),
  });
  const verdict = (n: number, share: number, control: number, windowEnded = true) => {
    const outcome = liftOf(conversion, arm("a", n, share), arm("c", control, 0.3), windowEnded);
    return outcome.ok ? outcome.value.verdict : outcome.refusal;
  };
  expect(verdict(99, 0.9, 200)).toBe("collecting");
  expect(verdict(200, 0.9, 99)).toBe("collecting");
  expect(verdict(200, 0.9, 200, false)).toBe("collecting");
  expect(verdict(200, 0.9, 200)).toBe("better");
  expect(verdict(200, 0.1, 200)).toBe("worse");
  expect(verdict(200, 0.3, 200)).toBe("inconclusive");
});

test("arms are held against their own shares", () => {
  expect(sampleRatio([{ n: 10, share: 5000 }])).toBeNull();
  expect(
    sampleRatio([
      { n: 0, share: 10 },
      { n: 0, share: 10 },
    ]),
  ).toBeNull();
  const uneven = sampleRatio([
    { n: 8000, share: 800 },
    { n: 1000, share: 100 },
    { n: 1000, share: 100 },
  ])!;
  expect([uneven.chiSquare, uneven.degreesOfFreedom, uneven.p, uneven.mismatch]).toEqual([0, 2, 1, false]);
  expect(
    sampleRatio([
      { n: 8000, share: 50 },
      { n: 1000, share: 50 },
    ])!.mismatch,
  ).toBe(true);
});

test("a return on cost is what is left of the margin, over the cost", () => {
  expect(returnOnCost(50_000, 2500, { currency: "CZK", cost: 10_000n })).toEqual({
    ...{ currency: "CZK", incrementalMargin: 12_500, cost: 10_000n },
    roi: 0.25,
  });
  expect(returnOnCost(50_000, 2500, { currency: "CZK", cost: 0n }).roi).toBeNull();
});

test("covariances are those of the definition", () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), { minLength: 2 }),
      pairs => {
        const [a, b] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
        const mean = (of: number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
        const { n, y, x, xy } = outcomes(a, b);
        const plain = pairs.reduce((sum, [p, q]) => sum + (p - mean(a)) * (q - mean(b)), 0) / (n - 1);
        expect(covarianceOf(n, y, x, xy)).toBeCloseTo(plain, 6);
      },
    ),
  ));
