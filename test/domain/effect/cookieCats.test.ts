import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Kpi } from "../../../src/domain/campaign/campaign.ts";
import { createEffectCells } from "../../../src/domain/effect/effectCells.ts";
import type { Enrolment } from "../../../src/domain/effect/enrolment.ts";
import { printEnrolment } from "../../../src/domain/effect/enrolmentText.ts";
import { type Lift, liftOf } from "../../../src/domain/effect/lift.ts";
import { meanOf, type OutcomeSums } from "../../../src/domain/effect/outcomeSums.ts";
import { effectReport } from "../../../src/domain/effect/report.ts";
import { sampleRatio } from "../../../src/domain/effect/sampleRatio.ts";
import { outcomes } from "./support/outcomes.ts";

const folder = join(process.env.C360_DATA ?? "../shared/data", "cookie-cats");
const isThere = existsSync(folder);
if (!isThere) console.warn(`skipped: there is no ${folder}`);

type Figures = {
  readonly abs_lift: number;
  readonly ci95: readonly [number, number];
  readonly rel_lift: number;
  readonly z_pooled?: number;
  readonly z?: number;
  readonly p_value: number;
  readonly incremental: number;
};
type Expected = {
  readonly arms: Readonly<Record<string, { readonly n: number } & Record<string, Readonly<Record<string, number>>>>>;
  readonly lift: { readonly "gate_40 vs gate_30": Readonly<Record<string, Figures>> };
  readonly without_outlier: { readonly "gate_40 vs gate_30": Readonly<Record<string, Figures>> };
  readonly srm: { readonly chi2: number; readonly df: number; readonly p_value: number };
  readonly outlier: { readonly userid: string };
};

type Player = {
  readonly id: string;
  readonly arm: string;
  readonly rounds: number;
  readonly day1: boolean;
  readonly day7: boolean;
};

const readPlayers = (): Player[] =>
  gunzipSync(readFileSync(join(folder, "cookie_cats.csv.gz")))
    .toString()
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => {
      const [id = "", arm = "", rounds, day1, day7] = line.split(",");
      return { id, arm, rounds: Number(rounds), day1: /true/i.test(day1 ?? ""), day7: /true/i.test(day7 ?? "") };
    });

const kpis = {
  retention_1: { kind: "conversion", of: ({ day1 }: Player) => Number(day1) },
  retention_7: { kind: "conversion", of: ({ day7 }: Player) => Number(day7) },
  sum_gamerounds: { kind: "total", of: ({ rounds }: Player) => rounds },
} as const;

/** As many digits as were published. */
const digits = (figure: number): string => Number(figure).toPrecision(8);

function expectFigures(lift: Lift | null, figures: Figures): void {
  const { absolute, interval, relative, z, p, incremental } = lift!;
  const found = [absolute, interval?.from, interval?.to, relative?.value, z, p, incremental];
  const { abs_lift, ci95, rel_lift, z_pooled, p_value } = figures;
  const published = [abs_lift, ...ci95, rel_lift, z_pooled ?? figures.z, p_value, figures.incremental];
  expect(found.map(one => digits(one!))).toEqual(published.map(one => digits(one!)));
}

function expectLift(players: readonly Player[], expected: Readonly<Record<string, Figures>>): Record<string, Lift> {
  const lifts: Record<string, Lift> = {};
  for (const [name, { kind, of }] of Object.entries(kpis)) {
    const arm = (arm: string): { arm: string; sums: OutcomeSums } => ({
      arm,
      sums: outcomes(players.filter(player => player.arm === arm).map(of)),
    });
    const outcome = liftOf({ kind, prePeriod: false }, arm("gate_40"), arm("gate_30"), true);
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    expectFigures(outcome.value, expected[name] as Figures);
    lifts[name] = outcome.value;
  }
  return lifts;
}

describe.skipIf(!isThere)("a published experiment", () => {
  const expected = isThere ? (JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Expected) : null;
  const players = isThere ? readPlayers() : [];

  test("comes out to the published digits: arms, lifts, intervals, p-values, incremental outcomes", () => {
    const lifts = expectLift(players, expected!.lift["gate_40 vs gate_30"]);
    for (const [name, lift] of Object.entries(lifts)) {
      for (const [arm, outcome] of [["gate_40", lift.treated] as const, ["gate_30", lift.control] as const]) {
        const { n, [name]: figures } = expected!.arms[arm]!;
        expect(outcome.n).toBe(n);
        expect(Number(outcome.total)).toBe(figures!.count ?? figures!.sum);
        expect(digits(meanOf(outcome.n, outcome.total)!)).toBe(digits((figures!.rate ?? figures!.mean)!));
        if (figures!.sd !== undefined) expect(digits(outcome.deviation!)).toBe(digits(figures!.sd));
      }
    }
    expect(lifts.retention_1?.verdict).toBe("inconclusive");
    expect(lifts.retention_7?.verdict).toBe("worse");
    expect(lifts.sum_gamerounds?.verdict).toBe("inconclusive");
  });

  test("without its outlier comes out to the published digits too", () => {
    const without = players.filter(({ id }) => id !== expected!.outlier.userid);
    expect(without).toHaveLength(players.length - 1);
    expectLift(without, expected!.without_outlier["gate_40 vs gate_30"]);
  });

  test("comes out of the cells of its players' enrolments, whole and with the outlier taken away", () => {
    const enrolmentOf = ({ arm, rounds, day1, day7 }: Player): Enrolment => ({
      assigned: { arm, at: 0 },
      ...{ variant: null, channel: null, segments: [], days: [] },
      outcomes: [Number(day1), Number(day7), rounds].map(y => ({ facts: Number(y > 0), y, x: 0 })),
    });
    const cells = createEffectCells(() => null);
    for (const player of players) cells.change(null, printEnrolment(enrolmentOf(player)));
    const groups = cells.changes().map(({ key, text }) => ({ key, text: text! }));
    const campaign = {
      arms: ["gate_30", "gate_40"].map(name => ({ name, share: 5000, control: name === "gate_30", variants: [] })),
      kpis: Object.entries(kpis).map(
        ([code, { kind }]): Kpi => ({
          ...{ code, name: code, facts: { types: [], where: null }, margin: 10_000, prePeriod: null },
          measure: { kind: kind === "conversion" ? kind : "count" },
        }),
      ),
      channels: [],
    };
    const outlier = players.filter(({ id }) => id === expected!.outlier.userid).map(enrolmentOf);
    for (const [excluding, figures] of [[[], expected!.lift] as const, [outlier, expected!.without_outlier] as const]) {
      const { lifts, sampleRatio } = effectReport(campaign, groups, { windowEnded: true, excluding });
      expect(lifts.map(({ kpi }) => kpi)).toEqual(Object.keys(kpis));
      for (const { kpi, lift } of lifts)
        expectFigures(lift.ok ? lift.value : null, figures["gate_40 vs gate_30"][kpi] as Figures);
      if (excluding.length === 0) expect(digits(sampleRatio!.p)).toBe(digits(expected!.srm.p_value));
    }
  });

  test("is warned of: its arms are not of the sizes that their shares give", () => {
    const of = (arm: string) => ({ n: players.filter(player => player.arm === arm).length, share: 5000 });
    const ratio = sampleRatio([of("gate_30"), of("gate_40")]);
    const { chi2, df, p_value } = expected!.srm;
    expect([digits(ratio!.chiSquare), ratio!.degreesOfFreedom, digits(ratio!.p)]).toEqual([
      digits(chi2),
      df,
      digits(p_value),
    ]);
    expect(ratio!.mismatch).toBe(true);
  });
});
