import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Audience,
  askCount,
  askMembers,
  askSizes,
  audienceOf,
  exampleSegments,
  publishSegments,
} from "./support/audiences.ts";
import { describeOnData, publicData, publishedFigures } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";
import { publishExamples } from "./support/tagsOfData.ts";

/** Where the figures are of a past day, an instant at which all of its facts had happened. */
const dataSets: readonly (readonly [name: string, title: string, asOf: string | null])[] = [
  ["cdnow", "audiences of the CDNOW customers", "1998-06-30T12:00:00Z"],
  ["credit-card-default", "audiences of the Taiwanese card clients", null],
  ["bank-churn", "audiences of the bank that customers leave", null],
  ["bank-marketing", "audiences of the Portuguese bank's campaign", null],
];

for (const [name, title, asOf] of dataSets)
  describeOnData([name], title, () => {
    const { segments: published } = publishedFigures<{ readonly segments: Readonly<Record<string, Audience>> }>(name);
    const examples = exampleSegments(name);
    const codeOf = (of: string) => of.slice(0, 2);
    let bank: RunningBank;

    beforeAll(async () => {
      bank = await startBank();
      await bank.importExtract(name, [publicData(name)]);
      await publishExamples(bank.ask, name);
      await publishSegments(bank.ask, examples.values());
    }, 300_000);
    afterAll(() => bank?.close());

    test("there is a segment for every published audience", () => {
      expect([...examples.keys()]).toEqual(Object.keys(published).map(codeOf));
    });

    test.each(Object.entries(published))("%s: the same customers", { timeout: 120_000 }, async (of, audience) => {
      const { id, rule } = examples.get(codeOf(of))!;
      expect(audienceOf(await askMembers(bank.ask, name, id))).toEqual(audience);
      expect(await askCount(bank.ask, rule)).toBe(audience.n);
    });

    if (asOf !== null)
      test("sizes as of the day that the figures are of", { timeout: 120_000 }, async () => {
        const told: Record<string, number | undefined> = {};
        for (const [code, { id }] of examples) told[code] = (await askSizes(bank.ask, id, [asOf])).sizes[0]?.size;
        expect(told).toEqual(Object.fromEntries(Object.entries(published).map(([of, { n }]) => [codeOf(of), n])));
      });
  });
