import type { QualityCount, QualityQuery, QualitySource } from "./qualityCount.ts";

const keyOf = ({ count: _, ...named }: QualityCount): string =>
  JSON.stringify([named.source, named.day, named.factType, named.measure, named.field, named.code]);

/** Adds a number to those kept under the same names. */
export function addCount(counts: Map<string, QualityCount>, added: QualityCount): void {
  const key = keyOf(added);
  const known = counts.get(key);
  counts.set(key, known === undefined ? added : { ...known, count: known.count + added.count });
}

/** The numbers that a query is about, among those of all sources and days. */
export function sumCounts(counts: Iterable<QualityCount>, { source, from, to, grain }: QualityQuery): QualityCount[] {
  const sums = new Map<string, QualityCount>();
  for (const count of counts)
    if (count.source === source && count.day >= from && count.day <= to)
      addCount(sums, grain === "day" ? count : { ...count, day: from });
  return [...sums.values()];
}

export function sourcesOf(counts: Iterable<QualityCount>): QualitySource[] {
  const sources = new Map<string, QualitySource>();
  for (const { source, day } of counts) {
    const { firstDay = day, lastDay = day } = sources.get(source) ?? {};
    sources.set(source, { source, firstDay: Math.min(firstDay, day), lastDay: Math.max(lastDay, day) });
  }
  return [...sources.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
}
