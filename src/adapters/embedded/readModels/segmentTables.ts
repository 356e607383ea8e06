import { ascending } from "../../../domain/ascending.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { SegmentState } from "../../../domain/segment/segmentCatalogue.ts";
import { hasBit } from "../../../projections/segments/feed/memberBits.ts";
import { decodeRows } from "../../../projections/segments/feed/rowSet.ts";
import type { SegmentTables } from "../../../projections/segments/feed/segmentTables.ts";
import {
  type FeedColumns,
  feedChange,
  feedColumns,
  kindOf,
  type StandingColumns,
  standingColumns,
  standingOf,
} from "./feedRows.ts";
import { bitsOfBlocks, blockBytes } from "./imageBlocks.ts";
import { anInteger, aText, type Query } from "./query.ts";
import { highest } from "./ranges.ts";

const numberOfId = `(SELECT number FROM segment_standing WHERE id = ${aText})`;
const historyOf = (only: string): string =>
  `SELECT segment_standing.id, segment_feed.sequence, segment_feed.version, what, customers.id, row, position, at, occurred_at
   FROM segment_feed INDEXED BY segment_feed_by_customer JOIN customers USING (row) JOIN segment_standing USING (number)
   WHERE row = ${anInteger} AND (at, number, segment_feed.sequence) < (${anInteger}, ${anInteger}, ${anInteger}) ${only}
   ORDER BY at DESC, number DESC, segment_feed.sequence DESC LIMIT ${anInteger}`;
const wholeHistory = historyOf("");
const historyInOne = historyOf(`AND number = ${numberOfId}`);
const rowsPerBlock = blockBytes * 8;

/** The stored segments as the connection behind `query` sees them. */
export function embeddedSegmentTables({ first, all }: Query): SegmentTables {
  const numberOf = (id: SegmentId): number | null =>
    first<[number]>(`SELECT number FROM segment_standing WHERE id = ${aText}`, id)?.[0] ?? null;
  const image: SegmentTables["image"] = (id, sequence) => {
    const number = numberOf(id);
    if (number === null) return null;
    const kept = first<[number]>(
      `SELECT sequence FROM segment_images WHERE number = ${anInteger} AND sequence <= ${anInteger}
       ORDER BY sequence DESC LIMIT 1`,
      number,
      sequence,
    );
    if (kept === null) throw new Error(`segment ${id} has no base`);
    const blocks = all<[number, Buffer]>(
      `SELECT block, bits FROM segment_image_blocks WHERE number = ${anInteger} AND sequence = ${anInteger} ORDER BY block`,
      number,
      kept[0],
    );
    return { sequence: kept[0], bits: bitsOfBlocks(blocks) };
  };

  return {
    states: () => all<[string]>("SELECT doc FROM segment_states ORDER BY id").map(([doc]) => stateOf(doc)),
    state: id => {
      const found = first<[string]>(`SELECT doc FROM segment_states WHERE id = ${aText}`, id);
      return found === null ? null : stateOf(found[0]);
    },
    standing: () =>
      all<StandingColumns>(`SELECT ${standingColumns} FROM segment_standing ORDER BY number`).map(standingOf),
    standingOf: id => {
      const found = first<StandingColumns>(`SELECT ${standingColumns} FROM segment_standing WHERE id = ${aText}`, id);
      return found === null ? null : standingOf(found);
    },
    epoch: () => first<[string]>("SELECT epoch FROM segment_epoch")?.[0] ?? null,
    consents: () => all<[string, string]>("SELECT channel, purpose FROM heard_consents"),
    base: id => image(id, 0)?.bits ?? null,
    image,
    inBase: (id, row) => {
      const block = Math.floor(row / rowsPerBlock);
      const found = first<[Buffer]>(
        `SELECT bits FROM segment_image_blocks WHERE number = ${numberOfId} AND sequence = 0 AND block = ${anInteger}`,
        id,
        block,
      );
      return found !== null && hasBit(found[0], row - block * rowsPerBlock);
    },
    feedAfter: (id, sequence, limit) =>
      all<FeedColumns>(
        `SELECT ${feedColumns} FROM segment_feed JOIN customers USING (row)
         WHERE number = ${numberOfId} AND sequence > ${anInteger} ORDER BY sequence LIMIT ${anInteger}`,
        id,
        sequence,
        limit,
      ).map(columns => feedChange(id, columns)),
    // As one text: so many rows one by one cost several times as much.
    flipsAfter: (id, sequence, limit) => {
      const [flips] = first<[string]>(
        `SELECT json_group_array(row * 2 + (what & 1)) FROM (
           SELECT row, what FROM segment_feed
           WHERE number = ${numberOfId} AND sequence > ${anInteger} ORDER BY sequence LIMIT ${anInteger}
         )`,
        id,
        sequence,
        limit,
      ) as [string];
      return (JSON.parse(flips) as number[]).map(flip => [Math.floor(flip / 2), flip % 2 === 1]);
    },
    reached: (id, sequence) => {
      const found = first<[number, number]>(
        `SELECT at, position + behind FROM segment_feed WHERE number = ${numberOfId} AND sequence = ${anInteger}`,
        id,
        sequence,
      );
      return found === null ? null : { at: found[0], position: found[1] };
    },
    customerChanges: (row, id, before, limit) => {
      const from = before === null ? [highest, 0, 0] : [before.at, numberOf(before.segment) ?? 0, before.sequence];
      const found =
        id === null
          ? all<[SegmentId, ...FeedColumns]>(wholeHistory, row, ...from, limit)
          : all<[SegmentId, ...FeedColumns]>(historyInOne, row, ...from, id, limit);
      return found.map(([segment, ...columns]) => feedChange(segment, columns));
    },
    lastFlips: row =>
      new Map(
        all<[SegmentId, number]>(
          `SELECT id, what FROM segment_feed JOIN (
             SELECT number, max(sequence) AS sequence FROM segment_feed INDEXED BY segment_feed_by_customer
             WHERE row = ${anInteger} GROUP BY number
           ) USING (number, sequence) JOIN segment_standing USING (number)`,
          row,
        ).map(([id, what]) => [id, kindOf(what)]),
      ),
    days: (id, fromDay, toDay) =>
      all<[number, number, number, number]>(
        `SELECT day, entered, exited, size FROM segment_days
         WHERE number = ${numberOfId} AND day BETWEEN ${anInteger} AND ${anInteger} ORDER BY day`,
        id,
        fromDay,
        toDay,
      ).map(([day, entered, exited, size]) => ({ segment: id, day, entered, exited, size })),
    rowsChanged: () => (first<[number]>("SELECT up_to FROM changed_rows_kept") as [number])[0],
    rowsChangedAfter: count => {
      const [since, upTo] = first<[number, number]>("SELECT since, up_to FROM changed_rows_kept") as [number, number];
      if (count < since || count > upTo) return null;
      const rows = new Set<number>();
      for (const [bytes] of all<[Buffer]>("SELECT rows FROM changed_rows WHERE up_to > ?", count))
        for (const row of decodeRows(bytes)) rows.add(row);
      return ascending(rows);
    },
  };
}

const stateOf = (doc: string): SegmentState => JSON.parse(doc) as SegmentState;
