import fc from "fast-check";
import { expect, test } from "vitest";
import { sameExp, sameLog } from "../../../../src/domain/sameLogarithm.ts";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../../src/domain/tag/tagValue.ts";
import {
  contributionsOf,
  fitLookAlike,
  type LookAlikeModel,
  likeness,
} from "../../../../src/projections/tags/models/lookAlike.ts";

const code = (text: string) => text as TagCode;
const number: ValueType = { kind: "number", decimals: 0, unit: null };
const types = { spend: number, city: { kind: "text" } as ValueType, likes: { kind: "set" } as ValueType };
type Person = { readonly seed: boolean; readonly spend: TagValue; readonly city: TagValue; readonly likes: TagValue };

const columnsOf = (people: readonly Person[]) =>
  (Object.keys(types) as (keyof typeof types)[]).map(name => ({
    code: code(name),
    type: types[name],
    values: people.map(person => person[name]),
  }));
const fitted = (people: readonly Person[]): LookAlikeModel | null =>
  fitLookAlike(
    people.map(({ seed }) => seed),
    columnsOf(people),
  );
const reading = (person: Omit<Person, "seed">) => (asked: TagCode) => person[asked as keyof typeof types];

/** Seeds mostly spend much, live in Brno and like golf; the rest mostly does not. The same people in every run. */
const people = Array.from({ length: 2_000 }, (_, n): Person => {
  const draw = (salt: number): number => ((n + 1) * 7919 * salt) % 1009;
  const seed = n % 10 === 0;
  return {
    seed,
    spend: draw(3) < 50 ? null : seed ? 500 + draw(5) : draw(7),
    city: draw(11) < (seed ? 700 : 200) ? "Brno" : draw(13) < 500 ? "Praha" : "Plzeň",
    likes: draw(17) < (seed ? 600 : 100) ? ["golf", "tea"] : ["tea"],
  };
});

test("seeds score higher than the rest", () => {
  const model = fitted(people) as LookAlikeModel;
  const scores = people.map(person => ({ seed: person.seed, score: likeness(model, reading(person), 4).score }));
  const seeds = scores.filter(({ seed }) => seed);
  const others = scores.filter(({ seed }) => !seed);
  const wins = seeds.flatMap(one => others.map(({ score }) => (one.score > score ? 1 : one.score === score ? 0.5 : 0)));
  expect(wins.reduce<number>((sum, win) => sum + win, 0) / wins.length).toBeGreaterThan(0.93);
  expect(scores.every(({ score }) => Number.isInteger(score) && score >= 0 && score <= 10_000)).toBe(true);
});

test("the contributions name their counts and add up to the score", () => {
  const model = fitted(people) as LookAlikeModel;
  const rich = { spend: 1_200, city: "Brno", likes: ["golf"] };
  const found = contributionsOf(model, reading(rich));
  const { logOdds, score } = likeness(model, reading(rich), 4);
  expect(found.reduce((sum, { weight }) => sum + weight, 0)).toBe(logOdds);
  expect(score / 10_000).toBeCloseTo(1 / (1 + Math.exp(-logOdds / 1_000_000)), 4);
  const brno = found.find(({ value }) => value === "Brno");
  expect(brno).toMatchObject({
    code: "city",
    bin: { kind: "value", value: "Brno" },
    seeds: people.filter(({ seed, city }) => seed && city === "Brno").length,
    others: people.filter(({ seed, city }) => !seed && city === "Brno").length,
  });
});

test("a weight is the logarithm of how much more often the seeds are in the bin, one added to each count", () => {
  const model = fitted([
    { seed: true, spend: null, city: "Brno", likes: null },
    { seed: true, spend: null, city: "Brno", likes: null },
    { seed: false, spend: null, city: "Praha", likes: null },
  ]) as LookAlikeModel;
  const city = model.questions.find(question => question.code === "city");
  // missing, Brno, Praha, any other
  expect(city?.weights).toEqual(
    [1 / 6 / (1 / 5), 3 / 6 / (1 / 5), 1 / 6 / (2 / 5), 1 / 6 / (1 / 5)].map(ratio =>
      Math.round(Math.log(ratio) * 1e6),
    ),
  );
});

test("a list of nobody or of everybody tells nothing", () => {
  expect(fitted(people.map(person => ({ ...person, seed: false })))).toBeNull();
  expect(fitted(people.map(person => ({ ...person, seed: true })))).toBeNull();
});

test("a value never seen when fitting is as good as a rare one", () => {
  const model = fitted(people) as LookAlikeModel;
  const found = contributionsOf(model, reading({ spend: -5, city: "Zlín", likes: [] }));
  expect(found.find(({ code }) => code === "city")?.bin).toEqual({ kind: "other" });
  expect(found.find(({ code }) => code === "spend")?.bin).toMatchObject({ kind: "stretch", from: null });
});

const anyPerson = fc.record({
  seed: fc.boolean(),
  spend: fc.option(fc.integer({ min: -3, max: 40 })),
  city: fc.option(fc.constantFrom("a", "b", "c")),
  likes: fc.option(fc.subarray(["golf", "tea", "chess"])),
});

test("the order of the customers changes nothing, nor does keeping the model as text", () =>
  fc.assert(
    fc.property(
      fc
        .array(anyPerson, { maxLength: 40 })
        .chain(some => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
      ([some, shuffled]) => {
        const model = fitted(some);
        expect(fitted(shuffled)).toEqual(model);
        if (model === null) return;
        const kept = JSON.parse(JSON.stringify(model)) as LookAlikeModel;
        for (const person of some)
          expect(likeness(kept, reading(person), 6)).toEqual(likeness(model, reading(person), 6));
      },
    ),
  ));

test("every customer is counted once in each question", () =>
  fc.assert(
    fc.property(fc.array(anyPerson, { maxLength: 40 }), some => {
      for (const { seeds, others } of fitted(some)?.questions ?? [])
        expect([...seeds, ...others].reduce((sum, count) => sum + count, 0)).toBe(some.length);
    }),
  ));

test("our logarithm and exponential are right to twelve digits", () =>
  fc.assert(
    fc.property(
      fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
      fc.double({ min: -700, max: 700, noNaN: true }),
      (x, y) => {
        expect(Math.abs(sameLog(x) - Math.log(x))).toBeLessThan(1e-12 * Math.max(1, Math.abs(Math.log(x))));
        expect(Math.abs(sameExp(y) / Math.exp(y) - 1)).toBeLessThan(1e-12);
      },
    ),
  ));
