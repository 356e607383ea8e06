import type { Delay, QualityCount, QualityMeasure } from "./qualityCount.ts";

/** How many facts, by what became of them. */
export type QualityTotals = {
  readonly accepted: number;
  readonly duplicates: number;
  /** Accepted more than a day after they happened. */
  readonly late: number;
  readonly future: number;
  readonly quarantined: number;
  readonly repaired: number;
  readonly replayed: number;
  readonly discarded: number;
  /** By how long after they happened the accepted ones came. */
  readonly delays: Readonly<Record<Delay, number>>;
};
export type Reason = { readonly code: string; readonly facts: number };
export type FieldQuality = {
  readonly field: string;
  readonly isPersonal: boolean;
  /** Null for a personal field: its presence is not counted. */
  readonly present: number | null;
  readonly completeness: number | null;
  readonly refused: number;
  readonly validity: number | null;
  readonly faults: readonly Reason[];
};
export type FactTypeQuality = {
  /** Null where a refused fact names none. */
  readonly factType: string | null;
  readonly totals: QualityTotals;
  readonly flags: readonly Reason[];
  readonly fields: readonly FieldQuality[];
};
export type QualityView = { readonly totals: QualityTotals; readonly factTypes: readonly FactTypeQuality[] };

/** What the data standard says of a fact type's fields, from the fact's root: those of the first level, and which are personal. */
export type KnownFields = {
  readonly of: (factType: string) => readonly string[];
  readonly isPersonal: (factType: string, field: string) => boolean;
};

/** Puts the numbers of one stretch of days together: whole, by fact type, and by field. */
export function qualityView(counts: readonly QualityCount[], known: KnownFields): QualityView {
  const factTypes = [...Map.groupBy(counts, ({ factType }) => factType)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([factType, own]): FactTypeQuality => {
      const totals = totalsOf(own);
      return {
        factType: factType === "" ? null : factType,
        totals,
        flags: reasonsOf(own, "flagged"),
        fields: fieldsOf(factType, own, totals, known),
      };
    });
  return { totals: totalsOf(counts), factTypes };
}

function totalsOf(counts: readonly QualityCount[]): QualityTotals {
  const sum = (wanted: QualityMeasure, code?: string): number =>
    counts.reduce(
      (facts, { measure, code: own, count }) =>
        measure === wanted && (code === undefined || own === code) ? facts + count : facts,
      0,
    );
  const delays = {
    minute: sum("delay", "minute"),
    hour: sum("delay", "hour"),
    day: sum("delay", "day"),
    week: sum("delay", "week"),
    month: sum("delay", "month"),
    more: sum("delay", "more"),
  };
  return {
    accepted: sum("accepted"),
    duplicates: sum("duplicate"),
    late: delays.week + delays.month + delays.more,
    future: sum("future"),
    quarantined: sum("quarantined"),
    repaired: sum("repaired"),
    replayed: sum("replayed"),
    discarded: sum("discarded"),
    delays,
  };
}

const reasonsOf = (counts: readonly QualityCount[], measure: QualityMeasure): Reason[] =>
  counts
    .filter(count => count.measure === measure)
    .map(({ code, count }) => ({ code, facts: count }))
    .sort((a, b) => b.facts - a.facts || (a.code < b.code ? -1 : 1));

function fieldsOf(
  factType: string,
  counts: readonly QualityCount[],
  { accepted, quarantined }: QualityTotals,
  known: KnownFields,
): FieldQuality[] {
  const byField = Map.groupBy(
    counts.filter(({ field }) => field !== ""),
    ({ field }) => field,
  );
  const fields = new Set([...known.of(factType), ...byField.keys()]);
  return [...fields].sort().map((field): FieldQuality => {
    const own = byField.get(field) ?? [];
    const numberOf = (wanted: QualityMeasure): number => own.find(({ measure }) => measure === wanted)?.count ?? 0;
    const isPersonal = known.isPersonal(factType, field);
    // What stands beside the data (occurredAt, subject …) every accepted fact has.
    const inData = field.startsWith("data.") && !field.endsWith("*");
    const present = isPersonal || !inData ? null : numberOf("present");
    const refused = numberOf("refused");
    return {
      field,
      isPersonal,
      present,
      completeness: present === null ? null : ratio(present, accepted),
      refused,
      validity: ratio(accepted + quarantined - refused, accepted + quarantined),
      faults: reasonsOf(own, "fault"),
    };
  });
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
