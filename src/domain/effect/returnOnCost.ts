/** What a campaign brought in beside what it cost, both in minor units of one currency. */
export type ReturnOnCost = {
  readonly currency: string;
  /** Incremental revenue times the KPI's margin. An estimate, and so no whole number. */
  readonly incrementalMargin: number;
  readonly cost: bigint;
  /** (incremental margin − cost) / cost: 0 is the point where it pays for itself. Null where nothing was spent. */
  readonly roi: number | null;
};

/** `margin`: share of the revenue, in hundredths of a percent. */
export function returnOnCost(
  incremental: number,
  margin: number,
  { currency, cost }: { readonly currency: string; readonly cost: bigint },
): ReturnOnCost {
  const incrementalMargin = (incremental * margin) / 10_000;
  const roi = cost === 0n ? null : (incrementalMargin - Number(cost)) / Number(cost);
  return { currency, incrementalMargin, cost, roi };
}
