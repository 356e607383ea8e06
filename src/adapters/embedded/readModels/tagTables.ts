import type { CustomerId } from "../../../domain/ids.ts";
import type { TagState } from "../../../domain/tag/tagCatalogue.ts";
import type { SpreadKey } from "../../../projections/tags/stage/spread.ts";
import type { SlotTable } from "../../../projections/tags/stage/tagChanges.ts";
import type { TagTables } from "../../../projections/tags/stage/tagTables.ts";
import { anInteger, aText, type Query } from "./query.ts";

const clockSql = "SELECT log_time, filled_rows, rows_to_fill, slots_revision FROM tag_clock";
type Clock = [logTime: number | null, filledRows: number | null, rowsToFill: number | null, slotsRevision: number];

/** The stored tags as the connection behind `query` sees them. */
export function embeddedTagTables({ first, all, each }: Query): TagTables {
  const clock = (): Clock => first<Clock>(clockSql) as Clock;
  const customerCount = (): number => (first<[number | null]>("SELECT max(row) FROM customers")?.[0] ?? -1) + 1;
  let read: { readonly revision: number; readonly table: SlotTable } | null = null;

  return {
    position: () => (first<[number]>("SELECT position FROM checkpoint") as [number])[0],
    logTime: () => clock()[0],
    customerCount,
    countingCustomers: () =>
      customerCount() - (first<[number]>("SELECT count(*) FROM merges WHERE split_at IS NULL") as [number])[0],
    rowOf: id => first<[number]>(`SELECT row FROM customers WHERE id = ${aText}`, id)?.[0] ?? null,
    idAt: row => first<[CustomerId]>(`SELECT id FROM customers WHERE row = ${anInteger}`, row)?.[0] ?? null,
    history: row => {
      const found = first<[Buffer, Buffer]>(
        `SELECT base, tail FROM customer_tags JOIN history_bases USING (row) WHERE row = ${anInteger}`,
        row,
      );
      return found === null ? null : { base: found[0], tail: found[1] };
    },
    kept: row => {
      const found = first<[Buffer, Buffer, Buffer | null]>(
        `SELECT base, tail, bytes FROM customer_tags JOIN history_bases USING (row) WHERE row = ${anInteger}`,
        row,
      );
      return found === null ? null : { history: { base: found[0], tail: found[1] }, bytes: found[2] };
    },
    keptOf: rows =>
      all<[number, CustomerId, Buffer, Buffer, Buffer | null]>(
        `SELECT row, customers.id, base, tail, bytes FROM json_each(${aText})
         CROSS JOIN customer_tags ON row = value JOIN history_bases USING (row) JOIN customers USING (row)`,
        JSON.stringify(rows),
      ).map(([row, id, base, tail, bytes]) => ({ row, id, history: { base, tail }, bytes })),
    tagRow: row => first<[Buffer]>(`SELECT bytes FROM customer_tags WHERE row = ${anInteger}`, row)?.[0] ?? null,
    tagRowsAfter: (after, limit) =>
      all<[number, Buffer]>(
        `SELECT row, bytes FROM customer_tags WHERE row > ? AND bytes IS NOT NULL ORDER BY row LIMIT ${anInteger}`,
        after,
        limit,
      ).map(([row, bytes]) => ({ row, bytes })),
    slots: () => {
      const revision = clock()[3];
      if (read?.revision !== revision) {
        const [doc] = first<[string]>("SELECT doc FROM tag_slots") as [string];
        read = { revision, table: JSON.parse(doc) as SlotTable };
      }
      return read.table;
    },
    filling: () => {
      const [, nextRow, total] = clock();
      return nextRow === null || total === null ? null : { nextRow, total };
    },
    covered: slot => first<[number]>(`SELECT customers FROM tag_covered WHERE slot = ${anInteger}`, slot)?.[0] ?? 0,
    spread: slot =>
      all<[SpreadKey, number]>(`SELECT key, customers FROM tag_spread WHERE slot = ${anInteger}`, slot).map(
        ([key, customers]) => ({ key, customers }),
      ),
    states: () => all<[string]>("SELECT doc FROM tag_states ORDER BY code").map(([doc]) => JSON.parse(doc) as TagState),
    dues: () => each<[number, number]>("SELECT row, due FROM customer_tags WHERE due IS NOT NULL"),
    waiting: id =>
      all<[string, string]>(`SELECT key, doc FROM tag_waiting WHERE customer_id = ${aText}`, id).map(([key, text]) => ({
        key,
        text,
      })),
  };
}
