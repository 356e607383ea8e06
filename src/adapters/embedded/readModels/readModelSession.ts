import type Database from "better-sqlite3";
import type { CustomerId } from "../../../domain/ids.ts";
import { balanceFrom } from "../../../projections/balance.ts";
import type { Relationship } from "../../../projections/customer/customer.ts";
import { customerOf } from "../../../projections/customer/customerText.ts";
import { accountTarget, customerTarget } from "../../../projections/indexRows.ts";
import type {
  CustomerView,
  EntryRow,
  IncomingRelationship,
  QuarantineStatus,
  Range,
} from "../../../projections/readModels.ts";
import type { SessionReads } from "../../../projections/readSession.ts";
import { readModelFailure } from "./readModelFailure.ts";
import {
  type EntryColumns,
  entryColumns,
  entryOf,
  type QuarantineColumns,
  quarantineColumns,
  quarantineOf,
} from "./readModelRows.ts";

const viewColumns = `c.row, c.id, c.doc, a.last_position, a.last_occurred_at, a.event_count, p.position, p.error`;
const views = `customers c JOIN activity a USING (row) LEFT JOIN poison p ON p.stream = 'customer-' || c.id`;
type ViewColumns = [number, CustomerId, string, number, number, number, number | null, string | null];

/** Every read of a session over one connection; what it sees is up to the connection's transaction. */
export function sessionReads(database: Database.Database): SessionReads {
  const statements = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql).raw();
      statements.set(sql, statement);
    }
    return statement;
  };
  const first = <Columns>(sql: string, ...values: unknown[]): Columns | null => {
    try {
      return (prepared(sql).get(...values) ?? null) as Columns | null;
    } catch (error) {
      throw readModelFailure(error, database.name);
    }
  };
  const all = <Columns>(sql: string, ...values: unknown[]): Columns[] => {
    try {
      return prepared(sql).all(...values) as Columns[];
    } catch (error) {
      throw readModelFailure(error, database.name);
    }
  };

  const holderOf = (ref: string) =>
    first<[number, number, CustomerId]>(
      `SELECT customer, ordinal, id FROM accounts JOIN customers ON row = customer WHERE ref = ?
       ORDER BY customer LIMIT 1`,
      ref,
    );
  const viewOf = (id: CustomerId): CustomerView | null => {
    const found = first<ViewColumns>(`SELECT ${viewColumns} FROM ${views} WHERE c.id = ?`, id);
    return found === null ? null : toView(found);
  };
  const related = (target: string): IncomingRelationship[] =>
    all<[CustomerId, string]>(
      `SELECT c.id, r.doc FROM relations r JOIN customers c ON c.row = r.customer WHERE r.target = ?
       ORDER BY r.customer, r.relationship_id`,
      target,
    ).map(([from, text]) => ({ from, relationship: JSON.parse(text) as Relationship }));

  return {
    customers: ids => ids.map(viewOf),
    customerOfIdentity: (system, id) =>
      first<[CustomerId]>(
        `SELECT c.id FROM identities i JOIN customers c ON c.row = i.customer WHERE i.system = ? AND i.external_id = ?
         ORDER BY i.customer LIMIT 1`,
        system,
        id,
      )?.[0] ?? null,
    customerOfAccount: ref => holderOf(ref)?.[2] ?? null,
    customerList: range =>
      all<ViewColumns>(
        `SELECT ${viewColumns} FROM ${views} WHERE c.row > ? AND c.row < ? ORDER BY c.row ${order(range)} LIMIT ?`,
        range.after ?? -1,
        range.before ?? highest,
        range.limit,
      ).map(toView),
    customerCount: () => (first<[number | null]>("SELECT max(row) FROM customers")?.[0] ?? -1) + 1,
    incomingRelationships: ids => ids.map(id => related(customerTarget(id))),
    accountParties: refs => refs.map(ref => related(accountTarget(ref))),
    account: ref => {
      const holder = holderOf(ref)?.[2];
      const account = holder === undefined ? undefined : viewOf(holder)?.customer.accounts[ref];
      return holder === undefined || account === undefined ? null : { holder, account };
    },
    timeline: (id, range, types) =>
      all<[number, number, string]>(
        `SELECT t.occurred_at, t.position, e.name FROM timeline t JOIN event_types e ON e.type = t.type
         WHERE t.customer = (SELECT row FROM customers WHERE id = ?)
           AND (t.occurred_at, t.position) > (?, ?) AND (t.occurred_at, t.position) < (?, ?)
           ${types === undefined ? "" : "AND e.name IN (SELECT value FROM json_each(?))"}
         ORDER BY t.occurred_at ${order(range)}, t.position ${order(range)} LIMIT ?`,
        id,
        range.after?.occurredAt ?? lowest,
        range.after?.position ?? lowest,
        range.before?.occurredAt ?? highest,
        range.before?.position ?? highest,
        ...(types === undefined ? [] : [JSON.stringify(types)]),
        range.limit,
      ).map(([occurredAt, position, type]) => ({ occurredAt, position, type })),
    entries: (ref, range, kind) => {
      const held = holderOf(ref);
      if (held === null) return [];
      return all<EntryColumns>(
        `SELECT ${entryColumns} FROM entries WHERE customer = ? AND ordinal = ?
           AND (occurred_at, sequence, position) > (?, ?, ?) AND (occurred_at, sequence, position) < (?, ?, ?)
           ${kind === undefined ? "" : `AND amount IS ${kind === "balance" ? "" : "NOT "}NULL`}
         ORDER BY occurred_at ${order(range)}, sequence ${order(range)}, position ${order(range)} LIMIT ?`,
        held[0],
        held[1],
        range.after?.occurredAt ?? lowest,
        range.after?.sequence ?? lowest,
        range.after?.position ?? lowest,
        range.before?.occurredAt ?? highest,
        range.before?.sequence ?? highest,
        range.before?.position ?? highest,
        range.limit,
      ).map(entryOf);
    },
    balanceAt: (ref, at) => {
      const held = holderOf(ref);
      if (held === null) return null;
      const newestFirst = prepared(
        `SELECT ${entryColumns} FROM entries WHERE customer = ? AND ordinal = ? AND occurred_at <= ?
         ORDER BY occurred_at DESC, sequence DESC, position DESC`,
      ).iterate(held[0], held[1], at) as Iterable<EntryColumns>;
      return balanceFrom(decoded(newestFirst));
    },
    quarantine: (range, filter) => {
      const status: QuarantineStatus | null = filter?.status ?? null;
      const source = filter?.source ?? null;
      return all<QuarantineColumns>(
        `SELECT ${quarantineColumns} FROM quarantine WHERE position > ? AND position < ?
           ${status === null ? "" : "AND status = ?"} ${source === null ? "" : "AND source = ?"}
         ORDER BY position ${order(range)} LIMIT ?`,
        range.after ?? lowest,
        range.before ?? highest,
        ...(status === null ? [] : [status]),
        ...(source === null ? [] : [source]),
        range.limit,
      ).map(quarantineOf);
    },
    quarantined: quarantineId => {
      const found = first<QuarantineColumns>(
        `SELECT ${quarantineColumns} FROM quarantine WHERE quarantine_id = ?`,
        quarantineId,
      );
      return found === null ? null : quarantineOf(found);
    },
  };
}

const lowest = Number.MIN_SAFE_INTEGER;
const highest = Number.MAX_SAFE_INTEGER;
const order = ({ direction }: Range<unknown>): string => (direction === "forward" ? "ASC" : "DESC");

function toView([row, id, doc, lastPosition, lastOccurredAt, eventCount, position, error]: ViewColumns): CustomerView {
  const customer = customerOf(id, doc, { lastPosition, lastOccurredAt, eventCount });
  return { row, customer, degraded: position === null || error === null ? null : { position, error } };
}

function* decoded(rows: Iterable<EntryColumns>): Iterable<EntryRow> {
  for (const row of rows) yield entryOf(row);
}
