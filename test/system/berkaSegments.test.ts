import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Audience,
  askMembers,
  askSizes,
  audienceOf,
  exampleSegments,
  publishSegments,
} from "./support/audiences.ts";
import { describeOnData, publicData, publishedFigures } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";
import { publishExamples } from "./support/tagsOfData.ts";

/** The figures are those of the end of this day, whose facts all stand at its first instant. */
const asOf = "1994-03-30T00:00:00+02:00";

describeOnData(["berka"], "audiences of the Berka bank", () => {
  const { segments: published } = publishedFigures<{ readonly segments: Readonly<Record<string, Audience>> }>("berka");
  const examples = exampleSegments("berka");
  let bank: RunningBank;

  beforeAll(async () => {
    bank = await startBank();
    await bank.importExtract("berka", [publicData("berka")]);
    await publishExamples(bank.ask, "berka");
    await publishSegments(bank.ask, examples.values());
  }, 240_000);
  afterAll(() => bank?.close());

  test("there is a segment for every published audience", () => {
    expect([...examples.keys()]).toEqual(Object.keys(published).map(title => title.slice(0, 3)));
  });

  test.each(Object.entries(published))(
    "%s: the same customers, as of then",
    { timeout: 60_000 },
    async (title, audience) => {
      const { id } = examples.get(title.slice(0, 3))!;
      expect(audienceOf(await askMembers(bank.ask, "berka", id, asOf))).toEqual(audience);
    },
  );

  test("sizes at an instant are those of the members then, and now those of the standing membership", async () => {
    const now = new Date().toISOString();
    const told: Record<string, unknown> = {};
    for (const [code, { id }] of examples) {
      const { size, sizes } = await askSizes(bank.ask, id, [asOf, now]);
      told[code] = { past: sizes[0]?.size, standsAsTheFactsSay: size === sizes[1]?.size };
    }
    expect(told).toEqual(
      Object.fromEntries(
        Object.entries(published).map(([title, { n }]) => [title.slice(0, 3), { past: n, standsAsTheFactsSay: true }]),
      ),
    );
  }, 60_000);

  test("a member of the wealthy owners is told why, down to the facts, and when it may change", async () => {
    const { customer } = await bank.ask<{ customer: { segment: Explained } }>(
      `{ customer(identity: { system: "berka", id: "24" }, asOf: "${asOf}") {
        segment(id: "wealthy-owners") {
          state
          explain { truth nodes { path parent depth sentence truth evidence(first: 1) { totalCount } } }
        }
      } }`,
    );
    const { state, explain } = customer.segment;
    expect(state).toBe("MEMBER");
    expect(explain.nodes.map(({ path, parent, depth, truth }) => [path, parent, depth, truth])).toEqual([
      ["rule", null, 0, true],
      ["rule.all[0]", 0, 1, true],
      ["rule.all[1]", 0, 1, true],
    ]);
    expect(explain.nodes.map(({ evidence }) => evidence.totalCount > 0)).toEqual([false, true, true]);
  });

  test("the read models with segments match a replay of the whole log", { timeout: 180_000 }, async () => {
    expect(await bank.verify()).toMatchObject({ state: "DONE", error: null, matches: true, findings: [] });
  });
});

type Explained = {
  readonly state: string;
  readonly explain: {
    readonly truth: boolean;
    readonly nodes: readonly {
      readonly path: string;
      readonly parent: number | null;
      readonly depth: number;
      readonly truth: boolean;
      readonly evidence: { readonly totalCount: number };
    }[];
  };
};
