import { afterAll, beforeAll, expect, test } from "vitest";
import { askEffects, type Effects, type LiftFigures, startCampaigns } from "./support/campaignsOfData.ts";
import { describeOnData, publicData, publishedFigures } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";

/** Imports a data set and starts its example campaigns; the bank closes with the tests. */
function campaignOf(name: string, id: string): { readonly bank: () => RunningBank; readonly effects: () => Effects } {
  let bank: RunningBank;
  let effects: Effects;
  beforeAll(async () => {
    bank = await startBank();
    await bank.importExtract(name, [publicData(name)]);
    expect(await startCampaigns(bank.ask, name)).toEqual([id]);
    effects = await askEffects(bank.ask, id);
  }, 600_000);
  afterAll(() => bank?.close());
  return { bank: () => bank, effects: () => effects };
}

/** Published figures have eight significant digits. */
const published = (figure: number): number => Number(figure.toPrecision(8));

describeOnData(["cookie-cats"], "effects of the Cookie Cats experiment", () => {
  type Rate = { readonly count: number; readonly rate: number };
  type Lift = Readonly<Record<"abs_lift" | "rel_lift" | "p_value" | "incremental", number>> & {
    readonly ci95: readonly [number, number];
    readonly z_pooled?: number;
    readonly z?: number;
  };
  type Lifts = { readonly "gate_40 vs gate_30": Readonly<Record<string, Lift>> };
  type Figures = {
    readonly rows: number;
    readonly arms: Readonly<
      Record<
        string,
        {
          readonly n: number;
          readonly retention_1: Rate;
          readonly retention_7: Rate;
          readonly sum_gamerounds: { readonly sum: number; readonly mean: number; readonly sd: number };
        }
      >
    >;
    readonly lift: Lifts;
    readonly without_outlier: Lifts;
    readonly srm: { readonly chi2: number; readonly df: number; readonly p_value: number };
    readonly outlier: { readonly userid: string; readonly version: string; readonly rounds: number };
  };
  const expected = publishedFigures<Figures>("cookie-cats");
  const columns = { "day-1-retention": "retention_1", "day-7-retention": "retention_7", rounds: "sum_gamerounds" };
  const columnOf = (kpi: string): string => columns[kpi as keyof typeof columns];
  const { bank, effects } = campaignOf("cookie-cats", "gate-test");

  test("arms have their sizes, and their outcomes the published counts, rates, sums, means and deviations", () => {
    const told = effects().arms.map(({ arm, outcomes }) => {
      const of = (kpi: string) => outcomes.find(outcome => outcome.kpi === kpi)!;
      const rate = (kpi: string) => ({ count: of(kpi).converted, rate: published(of(kpi).mean!) });
      const { total, mean, deviation } = of("rounds");
      return [
        arm,
        {
          n: of("rounds").n,
          retention_1: rate("day-1-retention"),
          retention_7: rate("day-7-retention"),
          sum_gamerounds: { sum: Number(total), mean: published(mean!), sd: published(deviation!) },
        },
      ];
    });
    expect(Object.fromEntries(told)).toEqual(expected.arms);
    expect(effects().arms.map(({ arm, isControl }) => [arm, isControl])).toEqual([
      ["gate_30", true],
      ["gate_40", false],
    ]);
    expect(effects()).toMatchObject({ degraded: false, excluded: 0, funnel: { customers: expected.rows } });
  });

  /** In the names of the published figures. */
  const liftsIn = ({ lifts }: Effects): Record<string, Lift> =>
    Object.fromEntries(
      lifts.map(({ kpi, arm, variant, figures }) => {
        expect({ arm, variant }).toEqual({ arm: "gate_40", variant: null });
        const { absolute, interval, relative, z, p, incremental } = figures as LiftFigures;
        return [
          columnOf(kpi),
          {
            abs_lift: published(absolute),
            ci95: [published(interval.from), published(interval.to)],
            rel_lift: published(relative.value),
            [kpi === "rounds" ? "z" : "z_pooled"]: published(z),
            p_value: published(p),
            incremental: published(incremental),
          },
        ] as const;
      }),
    );

  test("lifts, intervals, z, p and increments are the published ones", () => {
    expect(liftsIn(effects())).toEqual(expected.lift["gate_40 vs gate_30"]);
  });

  test("what is significant is told, by the seventh day", () => {
    const verdicts = effects().lifts.map(({ kpi, figures }) => [kpi, figures?.verdict]);
    expect(verdicts).toEqual([
      ["day-7-retention", "WORSE"],
      ["day-1-retention", "INCONCLUSIVE"],
      ["rounds", "INCONCLUSIVE"],
    ]);
    expect(effects().state).toBe("WORSE");
  });

  test("arms that are too unequal for their shares are warned of", () => {
    const { chiSquare, degreesOfFreedom, p, mismatch, warning } = effects().sampleRatio!;
    expect({ chi2: published(chiSquare), df: degreesOfFreedom, p_value: published(p) }).toEqual(expected.srm);
    expect(mismatch).toBe(true);
    expect(warning).toContain("no lift can be trusted");
  });

  test("without the one who played 49,854 rounds the figures are the published ones", async () => {
    const outlier = { identity: { system: "cookie-cats", id: expected.outlier.userid } };
    const without = await askEffects(bank().ask, "gate-test", [outlier]);
    expect(liftsIn(without)).toEqual(expected.without_outlier["gate_40 vs gate_30"]);
    const control = without.arms[0]!;
    const rounds = control.outcomes.find(({ kpi }) => kpi === "rounds")!;
    expect({ arm: control.arm, excluded: without.excluded, n: rounds.n, total: Number(rounds.total) }).toEqual({
      arm: expected.outlier.version,
      excluded: 1,
      n: expected.arms.gate_30!.n - 1,
      total: expected.arms.gate_30!.sum_gamerounds.sum - expected.outlier.rounds,
    });
  });

  test("a KPI added afterwards counts from the first assignment on", async () => {
    const played = {
      ...{ code: "played-at-all", name: "Played at least one round" },
      facts: {
        types: ["behaviour-observed"],
        where: {
          all: [
            { field: "name", equals: "rounds-played" },
            { field: "properties.rounds", moreThan: 0, as: { decimal: { decimals: 0 } } },
          ],
        },
      },
    };
    const { answer } = await bank().ask<{ answer: { outcome?: string } }>(
      `mutation ($kpi: CampaignKpiInput!) {
        answer: addCampaignKpi(id: "gate-test", kpi: $kpi, actor: { kind: PERSON, id: "ada" }) { ... on CampaignChanged { outcome } }
      }`,
      { kpi: played },
    );
    expect(answer.outcome).toBe("KPI_ADDED");
    const converted = async () => {
      const { arms } = await askEffects(bank().ask, "gate-test");
      const added = arms.flatMap(({ outcomes }) => outcomes.filter(({ kpi }) => kpi === "played-at-all"));
      return added.reduce((sum, outcome) => sum + outcome.converted, 0);
    };
    const { zero_rounds } = publishedFigures<{ readonly zero_rounds: number }>("cookie-cats");
    await expect.poll(converted, { timeout: 240_000, interval: 200 }).toBe(expected.rows - zero_rounds);
  }, 300_000);

  test("counters kept fact by fact are those of a recomputation from the log", async () => {
    expect(await bank().verify()).toMatchObject({ matches: true, findings: [] });
  }, 600_000);
});

describeOnData(["bank-marketing"], "effects of the Portuguese bank's campaign", () => {
  type Figures = {
    readonly rows: number;
    readonly y: { readonly yes: number; readonly no: number };
    readonly contacts_this_campaign_total: number;
  };
  const expected = publishedFigures<Figures>("bank-marketing");
  const { effects } = campaignOf("bank-marketing", "term-deposit");

  test("contacts and responses are counted as given", () => {
    const { funnel, arms, degraded } = effects();
    const [all] = arms;
    const of = (kpi: string) => all!.outcomes.find(outcome => outcome.kpi === kpi)!;
    expect({
      degraded,
      arms: arms.length,
      customers: funnel.customers,
      contacted: funnel.contacts,
      responses: Object.fromEntries(funnel.responses.map(({ response, count }) => [response, count])),
      n: of("accepted").n,
      accepted: of("accepted").converted,
      calls: Number(of("calls").total),
    }).toEqual({
      degraded: false,
      arms: 1,
      customers: expected.rows,
      contacted: expected.rows,
      responses: { accepted: expected.y.yes, declined: expected.y.no },
      n: expected.rows,
      accepted: expected.y.yes,
      calls: expected.contacts_this_campaign_total,
    });
    expect(of("accepted").mean).toBeCloseTo(5289 / 45_211, 12);
  });

  test("a lift is refused, with the reason", () => {
    const { state, refusal, lifts, sampleRatio } = effects();
    expect({ state, refusal, sampleRatio }).toEqual({
      state: null,
      refusal: { reason: "NO_CONTROL", message: expect.stringContaining("no control arm") },
      sampleRatio: null,
    });
    expect(lifts.map(({ kpi, figures, refusal: why }) => [kpi, figures, why?.reason])).toEqual([
      ["accepted", null, "NO_CONTROL"],
      ["calls", null, "NO_CONTROL"],
    ]);
  });
});
