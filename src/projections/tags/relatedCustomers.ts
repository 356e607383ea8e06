import type { Position } from "../../domain/event.ts";
import { CustomerId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { TagSubject } from "./evaluateTag.ts";
import type { FactTable, History } from "./history.ts";
import { counts } from "./newestRow.ts";
import { fieldOfThing, standingFacts, standingThings } from "./standing.ts";

export type Direction = "outgoing" | "incoming" | "both";

const outgoing = ["relationship-established", "relationship-ended"] as const;
const incoming = ["incoming:relationship-established", "incoming:relationship-ended"] as const;

export const linkTypes = (direction: Direction): readonly string[] =>
  direction === "outgoing" ? outgoing : direction === "incoming" ? incoming : [...outgoing, ...incoming];

export type RelatedCustomer = {
  readonly customerId: CustomerId;
  /** Null where nothing is known of the customer. */
  readonly subject: TagSubject | null;
};

/**
 * The other customers related to this one at T by relationships of these kinds (none: of any kind), each once, by the ids they have now.
 * `positions`: the facts that say so.
 */
export function relatedCustomers(
  subject: TagSubject,
  kinds: readonly string[],
  direction: Direction,
  at: Instant,
  known: Position,
): { readonly related: RelatedCustomer[]; readonly positions: Position[] } {
  const found = new Map<string, RelatedCustomer>();
  const positions = new Set<Position>();
  const take = (raw: unknown, kind: unknown, position: Position): void => {
    const id = typeof raw === "string" ? CustomerId.parse(raw) : null;
    if (id === null || (kinds.length > 0 && !kinds.includes(String(kind)))) return;
    const other = id === subject.customerId ? subject : subject.related(id);
    const customerId = other?.customerId ?? id;
    if (customerId === subject.customerId) return;
    found.set(customerId, { customerId, subject: other });
    positions.add(position);
  };
  if (direction !== "incoming") {
    for (const thing of standingThings(subject.history, standingFacts.relationship, at, known)) {
      const [newest] = thing.facts;
      if (newest === undefined) continue;
      // Target and kind are what the newest establishing fact says; an end says neither.
      const said = thing.facts.find(({ table }) => table.type === "relationship-established") ?? newest;
      const kind = said.table.value(said.row, "kind") ?? fieldOfThing(thing, "kind");
      take(said.table.value(said.row, "customer"), kind, said.table.position(said.row));
    }
  }
  if (direction !== "outgoing") {
    for (const { table, row } of incomingLinks(subject.history, at, known)) {
      const to = table.value(row, "customer");
      const mine = to === subject.customerId || isSame(subject, to);
      if (mine) take(table.value(row, "from"), table.value(row, "kind"), table.position(row));
    }
  }
  return { related: [...found.values()], positions: [...positions] };
}

/** A relationship may name a customer by an id that was merged into this one since. */
function isSame(subject: TagSubject, raw: unknown): boolean {
  const id = typeof raw === "string" ? CustomerId.parse(raw) : null;
  return id !== null && subject.related(id)?.customerId === subject.customerId;
}

/** What the newest establishing fact of each incoming relationship that has not ended says. */
function incomingLinks(history: History, at: Instant, known: Position): { table: FactTable; row: number }[] {
  const newest = new Map<string, { table: FactTable; row: number }>();
  for (const type of incoming) {
    const table = history.table(type);
    if (table === null) continue;
    const end = table.indexAfter(at);
    for (let row = 0; row < end; row += 1) {
      if (!counts(table, row, known)) continue;
      const key = `${String(table.value(row, "from"))} ${String(table.value(row, "relationshipId"))}`;
      const other = newest.get(key);
      if (other === undefined || isAfter(table, row, other)) newest.set(key, { table, row });
    }
  }
  return [...newest.values()].filter(({ table }) => table.type === incoming[0]);
}

const isAfter = (table: FactTable, row: number, other: { table: FactTable; row: number }): boolean =>
  table.occurredAt(row) - other.table.occurredAt(other.row) > 0 ||
  (table.occurredAt(row) === other.table.occurredAt(other.row) &&
    table.position(row) > other.table.position(other.row));
