import type { Figure } from "../figure.ts";
import { benchStanding } from "./benchStanding.ts";
import { benchHeardChanges } from "./heardChanges.ts";
import { benchPreview } from "./preview.ts";
import { benchSubscribers } from "./subscribers/benchSubscribers.ts";

export type SegmentScale = { readonly quick: boolean };

/** Everything that is measured of segments, one after the other. */
const measurements: readonly ((folder: string, scale: SegmentScale) => Promise<Figure[]>)[] = [
  (_, { quick }) =>
    quick
      ? benchPreview({ customers: 20_000, p50: null, p99: null, portrait: null, ratio: null })
      : benchPreview({ customers: 1_000_000, p50: 2, p99: 10, portrait: 5, ratio: 20 }),
  async (_, { quick }) =>
    quick
      ? benchStanding(20_000, 1, 2000, { rate: null, ratio: null, fillMs: null, bytes: null })
      : benchStanding(1_000_000, 6, 100_000, { rate: 150_000, ratio: 2.5, fillMs: 3000, bytes: 700 }),
  (folder, { quick }) => heardFigures(folder, quick),
  (_, { quick }) => subscriberFigures(quick),
];

export async function benchSegments(folder: string, scale: SegmentScale): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const measure of measurements) figures.push(...(await measure(folder, scale)));
  return figures;
}

/** Counts of ten million customers take some 8 GB and a quarter of an hour, so they are no part of a run that does not ask for them. */
export const benchTenMillion = ({ quick }: SegmentScale): Promise<Figure[]> =>
  quick
    ? benchPreview({ customers: 200_000, stretch: 20_000, p50: null, p99: null, portrait: null, ratio: null })
    : benchPreview({ customers: 10_000_000, stretch: 1_000_000, p50: null, p99: 60, portrait: null, ratio: 10 });

async function heardFigures(folder: string, quick: boolean): Promise<Figure[]> {
  const { factsPerSecond, p50, p99 } = await benchHeardChanges(folder, quick ? 100 : 500, quick ? 200 : 2000, 5);
  const plain = { unit: "ms", against: null, reference: null, ratio: null, must: null, aim: null };
  const name = `fact to subscriber at ${factsPerSecond.toLocaleString("en")} facts/s`;
  return [
    { name: `${name}, p99`, value: p99, ...plain, atMost: 50 },
    { name: "the same, p50", value: p50, ...plain },
  ];
}

async function subscriberFigures(quick: boolean): Promise<Figure[]> {
  const subscribers = quick ? 500 : 10_000;
  const { plain: theirs, shared: ours } = await benchSubscribers({ subscribers, changes: quick ? 3 : 10 });
  const plain = { against: null, reference: null, ratio: null, must: null, aim: null };
  return [
    {
      name: `${subscribers.toLocaleString("en")} subscribers of one segment`,
      ...{ value: ours.messagesPerSecond, unit: "messages/s" },
      ...{ against: "graphql-ws as it comes", reference: theirs.messagesPerSecond },
      ...{ ratio: ours.messagesPerSecond / theirs.messagesPerSecond, must: 3, aim: null },
    },
    { name: "memory of each of them", value: ours.bytesEach, unit: "bytes", ...plain, atMost: 10_000 },
  ];
}
