import { type CustomerId, customerStream } from "../../../domain/ids.ts";
import type { Relationship } from "../../../projections/customer/customer.ts";
import { customerOf } from "../../../projections/customer/customerText.ts";
import { accountTarget, customerTarget } from "../../../projections/indexRows.ts";
import type { CustomerView, IncomingRelationship } from "../../../projections/readModels.ts";
import type { SessionReads } from "../../../projections/readSession.ts";
import type { CustomerMemory } from "./customerMemory.ts";
import { anInteger, aText, type Query } from "./query.ts";
import { bothWays, highest, lowest } from "./ranges.ts";

type CustomerReads = Pick<
  SessionReads,
  | "customers"
  | "customerOfIdentity"
  | "customerList"
  | "customerCount"
  | "incomingRelationships"
  | "accountParties"
  | "timeline"
> & { readonly viewOf: (id: CustomerId) => CustomerView | null };

/** The columns of a view; the wide `doc` is read only where it is not remembered. */
type ViewColumns = [
  row: number,
  id: CustomerId,
  lastPosition: number,
  lastOccurredAt: number,
  eventCount: number,
  poisonPosition: number | null,
  poisonError: string | null,
];
const viewColumns = "c.row, c.id, a.last_position, a.last_occurred_at, a.event_count, p.position, p.error";

const viewSql = `SELECT ${viewColumns} FROM customers c JOIN activity a USING (row)
  LEFT JOIN poison p ON p.stream = ${aText} WHERE c.id = ${aText}`;
const listSql = bothWays(
  order => `SELECT ${viewColumns} FROM customers c JOIN activity a USING (row)
    LEFT JOIN poison p ON p.stream = 'customer-' || c.id
    WHERE c.row > ? AND c.row < ? ORDER BY c.row ${order} LIMIT ${anInteger}`,
);
const docSql = "SELECT doc FROM customers WHERE row = ?";
const identitySql = `SELECT c.id FROM identities i JOIN customers c ON c.row = i.customer
  WHERE i.system = ${aText} AND i.external_id = ${aText} ORDER BY i.customer LIMIT 1`;
const countSql = "SELECT max(row) FROM customers";
const relatedSql = `SELECT c.id, r.doc FROM relations r JOIN customers c ON c.row = r.customer
  WHERE r.target = ${aText} ORDER BY r.customer, r.relationship_id`;
const timelineSql = (filter: string) =>
  bothWays(
    order => `SELECT t.occurred_at, t.position, e.name FROM timeline t JOIN event_types e ON e.type = t.type
      WHERE t.customer = (SELECT row FROM customers WHERE id = ?)
        AND (t.occurred_at, t.position) > (?, ?) AND (t.occurred_at, t.position) < (?, ?) ${filter}
      ORDER BY t.occurred_at ${order}, t.position ${order} LIMIT ${anInteger}`,
  );
const wholeTimelineSql = timelineSql("");
const someTimelineSql = timelineSql("AND e.name IN (SELECT value FROM json_each(?))");

export function customerReads({ first, all }: Query, memory: CustomerMemory): CustomerReads {
  const toView = ([row, id, lastPosition, lastOccurredAt, eventCount, position, error]: ViewColumns): CustomerView => {
    const activity = { lastPosition, lastOccurredAt, eventCount };
    let customer = memory.recall(row, activity);
    if (customer === null) {
      const [text] = first<[string]>(docSql, row) as [string];
      customer = customerOf(id, text, activity);
      memory.keep(row, customer, text.length);
    }
    return { row, customer, degraded: position === null || error === null ? null : { position, error } };
  };
  const viewOf = (id: CustomerId): CustomerView | null => {
    const found = first<ViewColumns>(viewSql, customerStream(id), id);
    return found === null ? null : toView(found);
  };
  const related = (target: string): IncomingRelationship[] =>
    all<[CustomerId, string]>(relatedSql, target).map(([from, text]) => ({
      from,
      relationship: JSON.parse(text) as Relationship,
    }));

  return {
    viewOf,
    customers: ids => ids.map(viewOf),
    customerOfIdentity: (system, id) => first<[CustomerId]>(identitySql, system, id)?.[0] ?? null,
    customerList: ({ after = -1, before = highest, direction, limit }) =>
      all<ViewColumns>(listSql[direction], after, before, limit).map(toView),
    customerCount: () => (first<[number | null]>(countSql)?.[0] ?? -1) + 1,
    incomingRelationships: ids => ids.map(id => related(customerTarget(id))),
    accountParties: refs => refs.map(ref => related(accountTarget(ref))),
    timeline: (id, { after, before, direction, limit }, types) =>
      all<[number, number, string]>(
        (types === undefined ? wholeTimelineSql : someTimelineSql)[direction],
        id,
        after?.occurredAt ?? lowest,
        after?.position ?? lowest,
        before?.occurredAt ?? highest,
        before?.position ?? highest,
        ...(types === undefined ? [] : [JSON.stringify(types)]),
        limit,
      ).map(([occurredAt, position, type]) => ({ occurredAt, position, type })),
  };
}
