import { beforeAll, expect, test } from "vitest";
import {
  type Audience,
  askCount,
  askMembers,
  askSizes,
  audienceOf,
  exampleSegments,
  publishSegments,
} from "./audiences.ts";
import { publishedFigures } from "./publicData.ts";
import type { RunningBank } from "./runningBank.ts";

/**
 * Tests that the example segments of a data set are its published audiences, in a bank that holds it and its tags. `asOf`: where
 * the figures are of a past day, an instant at which all of its facts had happened.
 */
export function testAudiences(name: string, bank: () => RunningBank, asOf: string | null = null): void {
  const { segments: published } = publishedFigures<{ readonly segments: Readonly<Record<string, Audience>> }>(name);
  const examples = exampleSegments(name);
  const codeOf = (of: string) => of.slice(0, 2);
  beforeAll(() => publishSegments(bank().ask, examples.values()), 120_000);

  test("there is a segment for every published audience", () => {
    expect([...examples.keys()]).toEqual(Object.keys(published).map(codeOf));
  });

  test.each(Object.entries(published))("%s: the same customers", { timeout: 120_000 }, async (of, audience) => {
    const { id, rule } = examples.get(codeOf(of))!;
    expect(audienceOf(await askMembers(bank().ask, name, id))).toEqual(audience);
    expect(await askCount(bank().ask, rule)).toBe(audience.n);
  });

  if (asOf !== null)
    test("sizes as of the day that the figures are of", { timeout: 120_000 }, async () => {
      const told: Record<string, number | undefined> = {};
      for (const [code, { id }] of examples) told[code] = (await askSizes(bank().ask, id, [asOf])).sizes[0]?.size;
      expect(told).toEqual(Object.fromEntries(Object.entries(published).map(([of, { n }]) => [codeOf(of), n])));
    });
}
