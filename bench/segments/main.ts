import type { Figure } from "../figure.ts";
import { benchStanding } from "./benchStanding.ts";
import { benchPreview } from "./preview.ts";

export type SegmentScale = { readonly quick: boolean; readonly large: boolean };

/** Everything that is measured of segments, one after the other. */
const measurements: readonly ((folder: string, scale: SegmentScale) => Promise<Figure[]>)[] = [
  (_, { quick }) =>
    quick
      ? benchPreview(20_000, { p50: null, p99: null, portrait: null, ratio: null })
      : benchPreview(1_000_000, { p50: 2, p99: 10, portrait: 5, ratio: 20 }),
  async (_, { large }) =>
    large ? await benchPreview(10_000_000, { p50: null, p99: 60, portrait: null, ratio: 10 }) : [],
  async (_, { quick }) =>
    quick
      ? benchStanding(20_000, 1, 2000, { rate: null, ratio: null, fillMs: null })
      : benchStanding(1_000_000, 6, 100_000, { rate: 150_000, ratio: 2.5, fillMs: 3000 }),
];

export async function benchSegments(folder: string, scale: SegmentScale): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const measure of measurements) figures.push(...(await measure(folder, scale)));
  return figures;
}
