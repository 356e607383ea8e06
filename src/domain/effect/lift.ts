import { accept, type Result, refuse } from "../result.ts";
import { katzLift, newcombeInterval, pooledZ, waldInterval } from "./conversionLift.ts";
import { twoSidedP } from "./distributions.ts";
import { type Interval, scaled } from "./interval.ts";
import { cupedDifference, relativeMean, welchDifference } from "./meanLift.ts";
import { deviationOf, meanOf, type OutcomeSums } from "./outcomeSums.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** What one arm did to one KPI beside the control, over everyone assigned to either (intention to treat). Intervals are of 95 %. */
export type Lift = {
  readonly treated: ArmOutcome;
  readonly control: ArmOutcome;
  /** Of conversions a difference of shares, of totals a difference per head in the KPI's scale. */
  readonly absolute: number;
  /** Conversions: unpooled Wald. Totals: Welch; null below two customers in an arm. */
  readonly interval: Interval | null;
  /** Of conversions only. */
  readonly newcombe: Interval | null;
  /** 0.05 is five percent more than the control. Null where the control has nothing to compare with. */
  readonly relative: { readonly value: number; readonly interval: Interval | null } | null;
  /** Conversions: pooled two-proportion z. Totals: Welch z. Null where nothing varies. */
  readonly z: number | null;
  /** Two-sided. */
  readonly p: number | null;
  /** What would not have been without the arm: its customers times the lift. */
  readonly incremental: number;
  readonly incrementalInterval: Interval | null;
  /** Where the KPI has a pre-period. */
  readonly cuped: CupedLift | null;
  /** By `p`: what CUPED says stands beside it. */
  readonly verdict: Verdict;
};

export type ArmOutcome = {
  readonly n: number;
  readonly converted: number;
  /** Σy, in the KPI's scale. */
  readonly total: bigint;
  /** Null of nobody. */
  readonly mean: number | null;
  /** With n − 1; null below two customers. */
  readonly deviation: number | null;
};

export type CupedLift = {
  readonly theta: number;
  readonly varianceReduction: number;
  readonly absolute: number;
  readonly interval: Interval | null;
  readonly z: number | null;
  readonly p: number | null;
};

/** Why there is no lift to be had. `message` says what to do. */
export type LiftRefusal =
  | { readonly kind: "noControl"; readonly message: string }
  /** Of the arm, or of the control it would be compared with. */
  | { readonly kind: "nobodyAssigned"; readonly arm: string; readonly message: string };

export const noControl: LiftRefusal = {
  kind: "noControl",
  message:
    "the campaign has no control arm, so that nobody can say what would have come about without it; responses can be counted, a lift cannot. Give the next version an arm with control: true.",
};

export type ComparedArm = { readonly arm: string; readonly sums: OutcomeSums };

/** `control` null: the campaign has none. */
export function liftOf(
  kpi: { readonly kind: "conversion" | "total"; readonly prePeriod: boolean },
  treated: ComparedArm,
  control: ComparedArm | null,
  windowEnded: boolean,
): Result<Lift, LiftRefusal> {
  if (control === null) return refuse(noControl);
  for (const { arm, sums } of [treated, control]) if (sums.n === 0) return refuse(nobodyIn(arm));
  const [t, c] = [treated.sums, control.sums];
  const { absolute, interval, newcombe, relative, z } = kpi.kind === "conversion" ? shares(t, c) : means(t, c);
  const p = z === null ? null : twoSidedP(z);
  const cuped = kpi.prePeriod ? cupedDifference(t, c) : null;
  return accept({
    treated: outcomeOf(t),
    control: outcomeOf(c),
    ...{ absolute, interval, newcombe, relative, z, p },
    incremental: t.n * absolute,
    incrementalInterval: interval === null ? null : scaled(interval, t.n),
    cuped: cuped === null ? null : { ...cuped, p: cuped.z === null ? null : twoSidedP(cuped.z) },
    verdict: verdictOf({ treated: t.n, control: c.n, windowEnded, absolute, p }),
  });
}

const nobodyIn = (arm: string): LiftRefusal => ({
  ...{ kind: "nobodyAssigned", arm },
  message: `nobody has been assigned to "${arm}" so far; there is nothing to compare yet`,
});

const shares = (t: OutcomeSums, c: OutcomeSums) => ({
  absolute: t.converted / t.n - c.converted / c.n,
  interval: waldInterval(t, c),
  newcombe: newcombeInterval(t, c),
  relative: katzLift(t, c),
  z: pooledZ(t, c),
});

const means = (t: OutcomeSums, c: OutcomeSums) => ({
  ...welchDifference(t, c),
  newcombe: null,
  relative: relativeMean(t, c),
});

export const outcomeOf = (sums: OutcomeSums): ArmOutcome => ({
  n: sums.n,
  converted: sums.converted,
  total: sums.y,
  mean: meanOf(sums.n, sums.y),
  deviation: deviationOf(sums),
});
