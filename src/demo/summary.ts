export const badKinds = [
  "unknownCurrency",
  "missingField",
  "badDate",
  "unknownAccount",
  "futureDate",
  "idReused",
] as const;
export type BadKind = (typeof badKinds)[number];

/** What a generated bank holds. Counts are of facts as handed on, good and bad, unless they say otherwise. */
export type BankSummary = {
  customers: number;
  households: number;
  firms: number;
  accounts: number;
  facts: number;
  byType: Record<string, number>;
  /** Facts of nobody known: calls by unidentified callers. */
  unattributed: number;
  /** Transactions that arrive days after they happened. */
  late: number;
  /** Second bookings, each with its reversal; `reversedBeforeOriginal` of them arrive reversal first. */
  reversed: number;
  reversedBeforeOriginal: number;
  /** Second deliveries, same id and content. */
  duplicates: number;
  /** Facts that no intake can accept, by what is wrong with them. */
  bad: Record<BadKind, number>;
  /** What an intake must answer in all: accepted + duplicates + quarantined = facts. */
  expected: { accepted: number; duplicates: number; quarantined: number };
};

export const emptySummary = (): BankSummary => ({
  customers: 0,
  households: 0,
  firms: 0,
  accounts: 0,
  facts: 0,
  byType: {},
  unattributed: 0,
  late: 0,
  reversed: 0,
  reversedBeforeOriginal: 0,
  duplicates: 0,
  bad: { unknownCurrency: 0, missingField: 0, badDate: 0, unknownAccount: 0, futureDate: 0, idReused: 0 },
  expected: { accepted: 0, duplicates: 0, quarantined: 0 },
});
