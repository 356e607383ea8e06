import type { Merge } from "../../../domain/customer/mergeGraph.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { EntryKey, EntryRow, QuarantineRow } from "../../../projections/readModels.ts";

/*
 * Columns come as arrays (raw mode), in the order named here. The driver binds a number beyond 32 bits as a float, which
 * SQLite turns back into an integer only up to 2^51: amounts go in as big integers from there on.
 */

export const entryColumns =
  "occurred_at, sequence, position, transaction_id, amount, reported_balance, currency, reversed_by";
export type EntryColumns = [number, number, number, string | null, number | null, number | null, string, number | null];

export const entryOf = ([
  occurredAt,
  sequence,
  position,
  transactionId,
  amount,
  reportedBalance,
  currency,
  reversedBy,
]: EntryColumns): EntryRow => ({
  occurredAt,
  sequence,
  position,
  kind: amount === null ? "balance" : "transaction",
  transactionId,
  amount,
  reportedBalance,
  currency,
  reversedBy,
});

export const integer = (value: number): number | bigint => (Math.abs(value) < 2 ** 50 ? value : BigInt(value));
export const optionalInteger = (value: number | null): number | bigint | null =>
  value === null ? null : integer(value);

export const quarantineColumns = "quarantine_id, position, source, fact_type, recorded_at, faults, status, settled_by";
export type QuarantineColumns = [string, number, string, string | null, number, string, string, number | null];

export const quarantineOf = ([
  quarantineId,
  position,
  source,
  factType,
  recordedAt,
  faults,
  status,
  settledBy,
]: QuarantineColumns): QuarantineRow => ({
  quarantineId,
  position,
  source,
  factType,
  recordedAt,
  faults: JSON.parse(faults) as QuarantineRow["faults"],
  status: status as QuarantineRow["status"],
  settledBy,
});

export const compareEntries = (a: EntryKey, b: EntryKey): number =>
  a.occurredAt - b.occurredAt || a.sequence - b.sequence || a.position - b.position;

export const mergeColumns = "position, event_id, survivor, absorbed, proposal_id, split_at";
export type MergeColumns = [number, string, CustomerId, CustomerId, string | null, number | null];

export const mergeOf = ([position, eventId, survivor, absorbed, proposalId, splitAt]: MergeColumns): Merge => ({
  position,
  eventId,
  survivor,
  absorbed,
  proposalId,
  splitAt,
});
