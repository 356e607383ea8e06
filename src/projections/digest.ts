import { createHash } from "node:crypto";
import type { Merge } from "../domain/customer/mergeGraph.ts";
import { campaignContents } from "./campaigns/campaignContents.ts";
import type { QualityCount } from "./quality/qualityCount.ts";
import type { CustomerContents, EntryInsert, ReadModelContents } from "./readModelStore.ts";
import type { QuarantineRow } from "./readModels.ts";
import { segmentContents } from "./segments/feed/segmentContents.ts";
import { customerTagContents, tagContents } from "./tags/stage/tagContents.ts";
import type { TagTables } from "./tags/stage/tagTables.ts";

type Scalars = readonly (string | number | null)[];

/**
 * SHA-256 (hex) over every row of every table. It depends on the log alone: not on how the rows were stored, in which
 * order they were written, or where the flushes fell.
 */
export function digestOf(contents: ReadModelContents): string {
  const whole = createHash("sha256");
  whole.update(`position ${contents.checkpoint}\n`);
  const digestOfOne = customerDigests(contents.tags);
  for (const customer of contents.customers()) whole.update(`customer ${digestOfOne(customer)}\n`);
  for (const [table, digest] of tableDigests(contents)) whole.update(`${table} ${digest}\n`);
  return whole.digest("hex");
}

/** Digests of single customers, with what `tags` has of them. */
export function customerDigests(tags: TagTables): (customer: CustomerContents) => string {
  const tagsOf = customerTagContents(tags);
  return customer => {
    const hash = createHash("sha256").update(customerText(customer));
    for (const part of tagsOf(customer.row)) hash.update("\n").update(part);
    return hash.digest("hex");
  };
}

function customerText({ row, id, text, activity, timeline, entries }: CustomerContents): string {
  const { lastPosition, lastOccurredAt, eventCount } = activity;
  const lines = [JSON.stringify([row, id, lastPosition, lastOccurredAt, eventCount]), text];
  for (const { occurredAt, position, type } of timeline) lines.push(JSON.stringify([occurredAt, position, type]));
  for (const { ordinal, entry } of entries) lines.push(JSON.stringify([ordinal, ...entryScalars(entry)]));
  return lines.join("\n");
}

/** Digests of the tables beside the customers, by table name. */
export const tableDigests = (contents: ReadModelContents): [table: string, digest: string][] => [
  ["identities", digestOfRows(contents.identities())],
  ["accounts", digestOfRows(contents.accounts())],
  ["relations", digestOfRows(contents.relations())],
  ["quarantine", digestOfRows(map(contents.quarantine(), quarantineScalars))],
  ["poison", digestOfRows(map(contents.poisoned(), ({ stream, position, error }) => [stream, position, error]))],
  ["tags", digestOfRows(tagContents(contents.tags))],
  ["segments", digestOfRows(segmentContents(contents.segments))],
  ["campaigns", digestOfRows(campaignContents(contents.campaigns))],
  [
    "match values",
    digestOfRows(map(contents.matchValues(), value => [value.digest, value.row, value.rule, value.since])),
  ],
  ["match pairs", digestOfRows(map(contents.matchPairs(), pair => [pair.digest, pair.first, pair.second, pair.since]))],
  ["merges", digestOfRows(map(contents.merges(), mergeScalars))],
  ["quality", digestOfRows(map(contents.quality(), qualityScalars))],
];

/** Sorted as text by code unit, so that no database's idea of order comes in. */
function digestOfRows(rows: Iterable<Scalars>): string {
  const hash = createHash("sha256");
  for (const line of [...map(rows, row => JSON.stringify(row))].sort()) hash.update(line).update("\n");
  return hash.digest("hex");
}

const entryScalars = (entry: EntryInsert["entry"]): Scalars => [
  entry.occurredAt,
  entry.sequence,
  entry.position,
  entry.kind,
  entry.transactionId,
  entry.amount,
  entry.reportedBalance,
  entry.currency,
  entry.reversedBy,
];

const mergeScalars = ({ position, eventId, survivor, absorbed, proposalId, splitAt }: Merge): Scalars => [
  position,
  eventId,
  survivor,
  absorbed,
  proposalId,
  splitAt,
];

const quarantineScalars = (row: QuarantineRow): Scalars => [
  row.position,
  row.quarantineId,
  row.source,
  row.factType,
  row.recordedAt,
  JSON.stringify(row.faults),
  row.status,
  row.settledBy,
];

const qualityScalars = ({ day, source, factType, measure, field, code, count }: QualityCount): Scalars => [
  day,
  source,
  factType,
  measure,
  field,
  code,
  count,
];

function* map<From, To>(items: Iterable<From>, to: (item: From) => To): Iterable<To> {
  for (const item of items) yield to(item);
}
