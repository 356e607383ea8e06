import { chiSquareP } from "./distributions.ts";

export type SampleRatio = {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** Arms as unequal as this come about by chance in less than one experiment of a hundred: something sorts customers, and no lift can be trusted. */
  readonly mismatch: boolean;
};

const mismatchBelow = 0.01;

/**
 * Whether the arms' sizes agree with their shares: Pearson's chi-square Σ(observed − expected)²/expected against the shares of these
 * arms. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019. Null for fewer than two arms,
 * and while nobody is assigned.
 */
export function sampleRatio(arms: readonly { readonly n: number; readonly share: number }[]): SampleRatio | null {
  const shared = arms.filter(({ share }) => share > 0);
  const total = shared.reduce((sum, { n }) => sum + n, 0);
  const shares = shared.reduce((sum, { share }) => sum + share, 0);
  if (shared.length < 2 || total === 0) return null;
  const chiSquare = shared.reduce((sum, { n, share }) => {
    const expected = (total * share) / shares;
    return sum + (n - expected) ** 2 / expected;
  }, 0);
  const degreesOfFreedom = shared.length - 1;
  const p = chiSquareP(chiSquare, degreesOfFreedom);
  return { chiSquare, degreesOfFreedom, p, mismatch: p < mismatchBelow };
}
