import type { Figure } from "../figure.ts";
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
];

export async function benchSegments(folder: string, scale: SegmentScale): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const measure of measurements) figures.push(...(await measure(folder, scale)));
  return figures;
}
