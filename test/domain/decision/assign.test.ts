import fc from "fast-check";
import { expect, test } from "vitest";
import { type Assigned, assign, inHoldout } from "../../../src/domain/decision/assign.ts";
import { sampleBucket } from "../../../src/domain/segment/sampleBucket.ts";
import { control, customer, treatment } from "./support/givenDecision.ts";

const assignment = { version: 1, salt: "spring", arms: [control(1000), treatment(6000, "a", "b")] };
const customers = Array.from({ length: 60_000 }, (_, number) => customer(number));

test("arms and variants get their shares, and the rest is not assigned", () => {
  const counts: Record<string, number> = {};
  for (const id of customers) {
    const given = assign(assignment, id, null);
    const key = given === null ? "none" : `${given.arm}/${given.variant}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  const expected = { "control/null": 6000, "treatment/a": 18_000, "treatment/b": 18_000, none: 18_000 };
  expect(Object.keys(counts).sort()).toEqual(Object.keys(expected).sort());
  // Pearson's statistic, 3 degrees of freedom: beyond 16.3 once in a thousand.
  const square = Object.entries(expected).reduce((sum, [key, e]) => sum + ((counts[key] as number) - e) ** 2 / e, 0);
  expect(square).toBeLessThan(16.3);
});

test("arms lie end to end in the order given", () => {
  for (const id of customers.slice(0, 2000)) {
    const bucket = sampleBucket("spring", id);
    const arm = bucket < 1000 ? "control" : bucket < 7000 ? "treatment" : undefined;
    expect(assign(assignment, id, null)?.arm).toBe(arm);
  }
});

test("variants are independent of arms: under another salt the same customers fall otherwise", () => {
  const inTreatment = customers.filter(id => assign(assignment, id, null)?.arm === "treatment");
  const low = inTreatment.filter(id => sampleBucket("spring", id) < 4000);
  const a = low.filter(id => assign(assignment, id, null)?.variant === "a").length;
  expect(Math.abs(a / low.length - 0.5)).toBeLessThan(0.015);
});

test("a customer stays where it was assigned under the same version, whatever its hash says, and is assigned anew under another", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom("control", "treatment"), (number, arm) => {
      const earlier = { version: 1, arm, variant: arm === "control" ? null : "b" };
      const kept: Assigned = { arm, control: arm === "control", variant: earlier.variant, bucket: null };
      expect(assign(assignment, customer(number), earlier)).toEqual(kept);
      const next = { ...assignment, version: 2 };
      expect(assign(next, customer(number), earlier)).toEqual(assign(next, customer(number), null));
    }),
  );
});

test("the holdout is the lowest share of buckets under its own salt", () => {
  const holdout = { salt: "global", share: 500 };
  const out = customers.filter(id => inHoldout(holdout, id));
  expect(out).toEqual(customers.filter(id => sampleBucket("global", id) < 500));
  expect(Math.abs(out.length - 3000)).toBeLessThan(180);
  expect(inHoldout({ salt: "global", share: 0 }, customer(1))).toBe(false);
});
