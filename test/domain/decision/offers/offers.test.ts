import { expect, test } from "vitest";
import { betaDraw } from "../../../../src/domain/decision/offers/betaDraw.ts";
import { chooseOffer } from "../../../../src/domain/decision/offers/chooseOffer.ts";
import type { OfferScorer } from "../../../../src/domain/decision/offers/offerScorer.ts";
import { thompson } from "../../../../src/domain/decision/offers/thompson.ts";
import { uniformsFrom } from "../../../../src/domain/decision/offers/uniforms.ts";
import { candidate, eventId, noon, offer } from "../support/givenDecision.ts";

const [gold, loan, savings] = [offer("gold-card", 500), offer("loan", 2000), offer("savings", 100)];

test("uniforms are even over the unit interval, without its ends", () => {
  const uniform = uniformsFrom("seed");
  const tenths = new Array<number>(10).fill(0);
  for (let n = 0; n < 100_000; n += 1) {
    const drawn = uniform();
    if (drawn <= 0 || drawn >= 1) expect.unreachable();
    tenths[Math.floor(drawn * 10)]! += 1;
  }
  // Pearson's statistic, 9 degrees of freedom: beyond 27.9 once in a thousand.
  expect(tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
});

test("draws are the same for ever: these were drawn when the generator was written", () => {
  const id = eventId(1);
  expect(thompson(id, candidate(gold))).toBe(0.2013159404781201);
  expect(thompson(id, candidate(gold, 3, 40))).toBe(0.06172034165184841);
  expect(thompson(id, candidate(loan, 3, 40))).toBe(0.19133891606935174);
});

test.each([
  [1, 1],
  [1, 9],
  [4, 41],
  [301, 9701],
])("draws from Beta(%i, %i) have its mean, variance and median", (a, b) => {
  const draws = Array.from({ length: 20_000 }, (_, n) => betaDraw(uniformsFrom(`${n}`), a, b)).sort((x, y) => x - y);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  const expected = { mean: a / (a + b), variance: (a * b) / ((a + b) ** 2 * (a + b + 1)) };
  expect(Math.abs(mean - expected.mean)).toBeLessThan(4 * Math.sqrt(expected.variance / draws.length));
  expect(variance / expected.variance).toBeGreaterThan(0.94);
  expect(variance / expected.variance).toBeLessThan(1.06);
  // Of Beta(1, b) in closed form, else by Kerman's approximation (2011), which is close where both are large.
  const median = a === 1 ? 1 - 0.5 ** (1 / b) : (a - 1 / 3) / (a + b - 2 / 3);
  expect(Math.abs((draws[10_000] as number) - median) / Math.sqrt(expected.variance)).toBeLessThan(0.05);
});

test("offers are ranked by draw times value, equals by id, and the first is chosen", () => {
  const even: OfferScorer = () => 0.5;
  const choice = chooseOffer(
    eventId(1),
    noon,
    [savings, gold, loan].map(each => candidate(each)),
    0,
    even,
  );
  expect(choice).toMatchObject({ kind: "chosen", offerId: "loan", explored: false });
  if (choice.kind === "chosen")
    expect(choice.scores.map(({ offerId }) => offerId)).toEqual(["loan", "gold-card", "savings"]);
  const twins = ["b", "a", "c"].map(id => candidate(offer(id, 100)));
  expect(chooseOffer(eventId(1), noon, twins, 0, even)).toMatchObject({ offerId: "a" });
});

test("what is not eligible, not yet or no more open is not offered, however it scores", () => {
  const choose = (...of: Parameters<typeof chooseOffer>[2][number][]) =>
    chooseOffer(eventId(1), noon, of, 10_000, thompson);
  const open = offer("open", 1, { from: noon, until: noon + 1 });
  const [closed, later] = [offer("closed", 1e9, { until: noon }), offer("later", 1e9, { from: noon + 1 })];
  expect(choose(candidate(loan, 0, 0, false), candidate(closed), candidate(later), candidate(open))).toMatchObject({
    offerId: "open",
    scores: [{ offerId: "open" }],
  });
  expect(choose(candidate(closed), candidate(gold, 0, 0, false))).toEqual({ kind: "none", asked: 2 });
  const failed = candidate(gold, 0, 0, { unknown: "tag x failed" });
  expect(choose(failed, candidate(loan))).toMatchObject({ offerId: "loan" });
  expect(choose(failed)).toEqual({ kind: "unknown", why: "offer gold-card: tag x failed" });
  expect(
    choose(candidate(gold), candidate(offer("euro", 9, { value: { minorUnits: 9, currency: "EUR" } }))),
  ).toMatchObject({
    kind: "unknown",
  });
});

test("exploration draws its share of decisions evenly among the eligible, and the same ones again", () => {
  const best: OfferScorer = (_, { definition }) => (definition.id === "loan" ? 0.9 : 0.1);
  const of = [gold, loan, savings].map(each => candidate(each));
  const counts: Record<string, number> = {};
  for (let n = 0; n < 15_000; n += 1) {
    const choice = chooseOffer(eventId(n), noon, of, 2000, best);
    if (n % 50 === 0) expect(chooseOffer(eventId(n), noon, of, 2000, best)).toEqual(choice);
    if (choice.kind !== "chosen") return expect.unreachable();
    const key = choice.explored ? choice.offerId : "best";
    counts[key] = (counts[key] ?? 0) + 1;
  }
  expect(Math.abs((counts.best as number) - 12_000)).toBeLessThan(200);
  for (const id of ["gold-card", "loan", "savings"]) expect(Math.abs((counts[id] as number) - 1000)).toBeLessThan(125);
});

test("sampling converges on the offer that is worth most, and goes on trying little-known ones", () => {
  const truth: Record<string, number> = { "gold-card": 0.2, loan: 0.1, savings: 0.5 };
  const offers = [offer("gold-card", 100), offer("loan", 100), offer("savings", 20)];
  const seen: Record<string, { successes: number; failures: number }> = {};
  const answers = uniformsFrom("answers");
  const chosen: string[] = [];
  for (let n = 0; n < 4000; n += 1) {
    const of = offers.map(each => candidate(each, seen[each.id]?.successes ?? 0, seen[each.id]?.failures ?? 0));
    const choice = chooseOffer(eventId(n), noon, of, 0, thompson);
    if (choice.kind !== "chosen") return expect.unreachable();
    chosen.push(choice.offerId);
    seen[choice.offerId] ??= { successes: 0, failures: 0 };
    const known = seen[choice.offerId] as { successes: number; failures: number };
    if (answers() < (truth[choice.offerId] as number)) known.successes += 1;
    else known.failures += 1;
  }
  const share = (id: string, from: number): number =>
    chosen.slice(from).filter(each => each === id).length / (4000 - from);
  expect(share("gold-card", 2000)).toBeGreaterThan(0.9);
  expect(new Set(chosen.slice(0, 500)).size).toBe(3);
});
