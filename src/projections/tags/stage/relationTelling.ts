import type { Position, RecordedEvent } from "../../../domain/event.ts";
import { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonObject } from "../../../domain/json.ts";
import { speakersIn } from "../history/groupTables.ts";
import type { FactTable, History } from "../history/history.ts";

/** What one customer's stream says about a relationship, as it is told to the other customer. */
export type Told = {
  readonly from: CustomerId;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly position: Position;
  readonly endedBy: Position;
  readonly data: JsonObject;
};

const relationTypes = ["relationship-established", "relationship-ended"] as const;
export const incomingTypes = relationTypes.map(type => `incoming:${type}`);
const isRelation = (type: string): boolean => (relationTypes as readonly string[]).includes(type);

/**
 * What customers named in a relationship have to be told once `event` is in the history of the one who says it: every fact
 * about that relationship, since an end, or a late beginning, names only its id. Telling it again changes nothing.
 */
export function relationsToTell(
  { id, history }: { readonly id: CustomerId; readonly history: History },
  event: RecordedEvent,
  original: RecordedEvent | null,
): { readonly to: CustomerId; readonly facts: readonly Told[] }[] {
  if (!isRelation(event.type)) return [];
  const ids = new Set([event, original].flatMap(fact => (fact === null ? [] : [fact.data.relationshipId])));
  const speakers = speakersIn(history);
  const facts: Told[] = [];
  const targets = new Set<CustomerId>();
  for (const type of relationTypes) {
    const table = history.table(type);
    for (let row = 0; row < (table?.length ?? 0); row += 1) {
      const data = rowData(table as FactTable, row);
      if (!ids.has(data.relationshipId)) continue;
      const key = keyOf(table as FactTable, row);
      const from = speakers.get(key.position) ?? id;
      facts.push({ from, type, ...key, data });
      const target = typeof data.customer === "string" ? CustomerId.parse(data.customer) : null;
      if (target !== null && target !== from) targets.add(target);
    }
  }
  return [...targets].map(to => ({ to, facts }));
}

/** Takes what was told; what was told before changes nothing but for its end. */
export function hear(history: History, { from, type, endedBy, data, ...key }: Told): void {
  history.addIncoming(from, { type, ...key, data });
  if (endedBy !== 0) history.end(`incoming:${type}`, key.occurredAt, key.position, endedBy);
}

/**
 * What others said to a customer, as its history holds it. One that stood for others keeps what was said to them once they are
 * split: it only points to who might name this customer, and they are asked.
 */
export function heard(history: History): Told[] {
  return relationTypes.flatMap(type => {
    const table = history.table(`incoming:${type}`);
    return Array.from({ length: table?.length ?? 0 }, (_, row) => {
      const { from, ...data } = rowData(table as FactTable, row);
      return { from: from as CustomerId, type, ...keyOf(table as FactTable, row), data };
    });
  });
}

/** Customers by id, with the kinds of relationship that were ever said of them; null: it may have been of any kind. */
export type SaidKinds = ReadonlyMap<CustomerId, ReadonlySet<string> | null>;

/** Whether somebody of whom that was said may be one whom these kinds (none: any kind) are about. */
export const mayBeOf = (kinds: readonly string[], said: ReadonlySet<string> | null): boolean =>
  kinds.length === 0 || said === null || kinds.some(kind => said.has(kind));

/** Everybody this customer names, or is named by, in relationships that stand or stood. */
export function relatives(history: History): SaidKinds {
  const found = saidKinds(history.table("relationship-established"), "customer");
  for (const [id, kinds] of namedBy(history)) {
    const known = found.get(id);
    found.set(id, known === null || kinds === null ? null : new Set([...(known ?? []), ...kinds]));
  }
  return found;
}

/** Everybody who ever named this customer in a relationship, perhaps in one that has been turned to another since. */
export function namedBy(history: History): SaidKinds {
  const found = saidKinds(history.table("incoming:relationship-established"), "from");
  // An end names no kind: of one that was never established nothing can be said.
  for (const id of saidKinds(history.table("incoming:relationship-ended"), "from").keys())
    if (!found.has(id)) found.set(id, null);
  return found;
}

function saidKinds(table: FactTable | null, field: string): Map<CustomerId, Set<string> | null> {
  const found = new Map<CustomerId, Set<string> | null>();
  for (let row = 0; row < (table?.length ?? 0); row += 1) {
    const named = table?.value(row, field);
    const id = typeof named === "string" ? CustomerId.parse(named) : null;
    if (id === null) continue;
    const kind = table?.value(row, "kind") ?? null;
    const kinds = found.get(id);
    if (kind === null) found.set(id, null);
    else if (kinds === undefined) found.set(id, new Set([String(kind)]));
    else kinds?.add(String(kind));
  }
  return found;
}

const keyOf = (table: FactTable, row: number) => ({
  occurredAt: table.occurredAt(row),
  position: table.position(row),
  endedBy: table.endedBy(row),
});

function rowData(table: FactTable, row: number): Record<string, JsonObject[string]> {
  const data: Record<string, JsonObject[string]> = {};
  for (const field of table.fields()) {
    const value = table.value(row, field);
    if (value !== undefined) data[field] = value;
  }
  return data;
}
