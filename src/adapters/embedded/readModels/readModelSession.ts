import type Database from "better-sqlite3";
import { type CustomerId, customerStream } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { balanceFrom } from "../../../projections/balance.ts";
import type { Customer, Relationship } from "../../../projections/customer/customer.ts";
import { type Activity, customerOf } from "../../../projections/customer/customerText.ts";
import { accountTarget, customerTarget } from "../../../projections/indexRows.ts";
import type {
  Balance,
  CustomerView,
  EntryRow,
  IncomingRelationship,
  QuarantineStatus,
  Range,
} from "../../../projections/readModels.ts";
import type { SessionReads } from "../../../projections/readSession.ts";
import type { CustomerMemory } from "./customerMemory.ts";
import { readModelFailure } from "./readModelFailure.ts";
import {
  type EntryColumns,
  entryColumns,
  entryOf,
  type QuarantineColumns,
  quarantineColumns,
  quarantineOf,
} from "./readModelRows.ts";

type ActivityColumns = [lastPosition: number, lastOccurredAt: number, eventCount: number];
type PoisonColumns = [position: number | null, error: string | null];
const activityColumns = "a.last_position, a.last_occurred_at, a.event_count";

/**
 * Every read of a session over one connection; what it sees is up to the connection's transaction. `memory` is that of
 * the generation.
 */
export function sessionReads(database: Database.Database, memory: CustomerMemory): SessionReads {
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

  const rowOf = (id: CustomerId): number | null =>
    memory.rowOf(id, () => first<[number]>("SELECT row FROM customers WHERE id = ?", id)?.[0] ?? null);
  const idOf = (row: number): CustomerId =>
    (first<[CustomerId]>("SELECT id FROM customers WHERE row = ?", row) as [CustomerId])[0];
  const activityOf = (row: number): Activity | null => {
    const found = first<ActivityColumns>(`SELECT ${activityColumns} FROM activity a WHERE row = ?`, row);
    return found === null ? null : toActivity(found);
  };
  const customerIn = (row: number, id: CustomerId, activity: Activity): Customer =>
    memory.recall(row, activity, "profile", () => {
      const [text] = first<[string]>("SELECT doc FROM customers WHERE row = ?", row) as [string];
      return [customerOf(id, text, activity), text.length];
    });
  const viewOf = (id: CustomerId): CustomerView | null => {
    const row = rowOf(id);
    const found =
      row === null
        ? null
        : first<[...ActivityColumns, ...PoisonColumns]>(
            `SELECT ${activityColumns}, p.position, p.error FROM activity a LEFT JOIN poison p ON p.stream = ?
             WHERE a.row = ?`,
            customerStream(id),
            row,
          );
    return found === null ? null : toView(row as number, id, found);
  };
  const toView = (
    row: number,
    id: CustomerId,
    [lastPosition, lastOccurredAt, eventCount, position, error]: [...ActivityColumns, ...PoisonColumns],
  ): CustomerView => ({
    row,
    customer: customerIn(row, id, { lastPosition, lastOccurredAt, eventCount }),
    degraded: position === null || error === null ? null : { position, error },
  });

  /** Of several customers who claim an account, the first to appear holds it. */
  const holdingOf = (ref: string): Holding | null => {
    const found = first<[number, number, ...ActivityColumns]>(
      `SELECT h.customer, h.ordinal, ${activityColumns} FROM accounts h JOIN activity a ON a.row = h.customer
       WHERE h.ref = ? ORDER BY h.customer LIMIT 1`,
      ref,
    );
    if (found === null) return null;
    const [row, ordinal, ...activity] = found;
    return { row, ordinal, activity: toActivity(activity) };
  };
  const balanceUpTo = ({ row, ordinal }: Holding, at: Instant): Balance | null => {
    const newestFirst = prepared(
      `SELECT ${entryColumns} FROM entries WHERE customer = ? AND ordinal = ? AND occurred_at <= ?
       ORDER BY occurred_at DESC, sequence DESC, position DESC`,
    ).iterate(row, ordinal, at) as Iterable<EntryColumns>;
    try {
      return balanceFrom(decoded(newestFirst));
    } catch (error) {
      throw error instanceof RangeError ? error : readModelFailure(error, database.name);
    }
  };
  /** The balance after every entry there is, and from when on it holds. */
  const newestBalance = (holding: Holding) =>
    memory.recall(holding.row, holding.activity, `balance ${holding.ordinal}`, () => {
      const newest = first<[number | null]>(
        "SELECT max(occurred_at) FROM entries WHERE customer = ? AND ordinal = ?",
        holding.row,
        holding.ordinal,
      );
      return [{ since: newest?.[0] ?? lowest, balance: balanceUpTo(holding, highest) }, 200];
    });
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
    customerOfAccount: ref => {
      const holding = holdingOf(ref);
      return holding === null ? null : idOf(holding.row);
    },
    customerList: range =>
      all<[number, CustomerId, ...ActivityColumns, ...PoisonColumns]>(
        `SELECT c.row, c.id, ${activityColumns}, p.position, p.error FROM customers c JOIN activity a USING (row)
         LEFT JOIN poison p ON p.stream = 'customer-' || c.id
         WHERE c.row > ? AND c.row < ? ORDER BY c.row ${order(range)} LIMIT ?`,
        range.after ?? -1,
        range.before ?? highest,
        range.limit,
      ).map(([row, id, ...columns]) => toView(row, id, columns)),
    customerCount: () => (first<[number | null]>("SELECT max(row) FROM customers")?.[0] ?? -1) + 1,
    incomingRelationships: ids => ids.map(id => related(customerTarget(id))),
    accountParties: refs => refs.map(ref => related(accountTarget(ref))),
    account: ref => {
      const holding = holdingOf(ref);
      if (holding === null) return null;
      const holder = idOf(holding.row);
      const account = customerIn(holding.row, holder, holding.activity).accounts[ref];
      return account === undefined ? null : { holder, account };
    },
    timeline: (id, range, types) => {
      const row = rowOf(id);
      const activity = row === null ? null : activityOf(row);
      if (row === null || activity === null) return [];
      return memory.recall(row, activity, `timeline ${JSON.stringify([range, types])}`, () => {
        const rows = all<[number, number, string]>(
          `SELECT t.occurred_at, t.position, e.name FROM timeline t JOIN event_types e ON e.type = t.type
           WHERE t.customer = ? AND (t.occurred_at, t.position) > (?, ?) AND (t.occurred_at, t.position) < (?, ?)
             ${types === undefined ? "" : "AND e.name IN (SELECT value FROM json_each(?))"}
           ORDER BY t.occurred_at ${order(range)}, t.position ${order(range)} LIMIT ?`,
          row,
          range.after?.occurredAt ?? lowest,
          range.after?.position ?? lowest,
          range.before?.occurredAt ?? highest,
          range.before?.position ?? highest,
          ...(types === undefined ? [] : [JSON.stringify(types)]),
          range.limit,
        );
        return [rows.map(([occurredAt, position, type]) => ({ occurredAt, position, type })), 80 * (rows.length + 1)];
      });
    },
    entries: (ref, range, kind) => {
      const holding = holdingOf(ref);
      if (holding === null) return [];
      return all<EntryColumns>(
        `SELECT ${entryColumns} FROM entries WHERE customer = ? AND ordinal = ?
           AND (occurred_at, sequence, position) > (?, ?, ?) AND (occurred_at, sequence, position) < (?, ?, ?)
           ${kind === undefined ? "" : `AND amount IS ${kind === "balance" ? "" : "NOT "}NULL`}
         ORDER BY occurred_at ${order(range)}, sequence ${order(range)}, position ${order(range)} LIMIT ?`,
        holding.row,
        holding.ordinal,
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
      const holding = holdingOf(ref);
      if (holding === null) return null;
      const { since, balance } = newestBalance(holding);
      return since <= at ? balance : balanceUpTo(holding, at);
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

/** Where an account's entries are kept: its holder's row, and its place among their accounts. */
type Holding = { readonly row: number; readonly ordinal: number; readonly activity: Activity };

const toActivity = ([lastPosition, lastOccurredAt, eventCount]: ActivityColumns): Activity => ({
  lastPosition,
  lastOccurredAt,
  eventCount,
});

function* decoded(rows: Iterable<EntryColumns>): Iterable<EntryRow> {
  for (const row of rows) yield entryOf(row);
}
