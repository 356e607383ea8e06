import type { Position } from "../../../domain/event.ts";
import { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import type { FactTable, History } from "../history/history.ts";
import { incomingTypes, mayBeOf, namedBy } from "../stage/relationTelling.ts";
import { earlier } from "./asking.ts";
import type { TagSubject } from "./evaluateTag.ts";
import { nextRowAt } from "./newestRow.ts";
import { fieldOfThing, standingFacts, standingThings } from "./standing.ts";

export type Direction = "outgoing" | "incoming" | "both";

const outgoing = standingFacts.relationship.types;

/** Facts by which a relation tag may change, what others say included. */
export const linkTypes = (direction: Direction): readonly string[] =>
  direction === "outgoing" ? outgoing : direction === "incoming" ? incomingTypes : [...outgoing, ...incomingTypes];

export type RelatedCustomer = {
  readonly customerId: CustomerId;
  /** Null where nothing is known of the customer. */
  readonly subject: TagSubject | null;
};

export type Related = {
  readonly related: RelatedCustomer[];
  /** The facts that say so. */
  readonly positions: Position[];
  /** When this may change though nothing new is told. */
  readonly validUntil: Instant | null;
};

/**
 * The other customers related to this one at T by relationships of these kinds (none: of any kind), each once, by the ids they have
 * now. Who names this customer is asked what stands of it: only there is the whole of what a merged customer says. To ask
 * somebody is dear, so nobody is whose relationship was never said to be of these kinds.
 */
export function relatedCustomers(
  subject: TagSubject,
  kinds: readonly string[],
  direction: Direction,
  at: Instant,
  known: Position,
): Related {
  const found = new Map<CustomerId, RelatedCustomer>();
  const positions = new Set<Position>();
  let validUntil: Instant | null = null;
  const personOf = (id: CustomerId): TagSubject | null => (id === subject.customerId ? subject : subject.related(id));
  const linksOf = ({ history }: TagSubject, concerns: (relationshipId: JsonScalar | undefined) => boolean): Link[] => {
    const accepts = (table: FactTable, row: number): boolean => concerns(table.value(row, "relationshipId"));
    validUntil = earlier(validUntil, nextRowAt(history, outgoing, at, known, accepts));
    return linksAt(history, at, known).filter(({ kind }) => kinds.length === 0 || kinds.includes(String(kind)));
  };
  const isMe = (raw: JsonScalar | undefined): boolean => {
    const id = typeof raw === "string" ? CustomerId.parse(raw) : null;
    if (id === null) return false;
    const stands = subject.survivorOf === undefined ? personOf(id)?.customerId : subject.survivorOf(id);
    return stands === subject.customerId;
  };
  const take = (customerId: CustomerId, other: TagSubject | null, position: Position): void => {
    if (customerId === subject.customerId) return;
    found.set(customerId, { customerId, subject: other });
    positions.add(position);
  };
  if (direction !== "incoming")
    for (const { to, position } of linksOf(subject, () => true)) {
      const other = personOf(to);
      take(other?.customerId ?? to, other, position);
    }
  if (direction !== "outgoing") {
    const asked = new Set<CustomerId>([subject.customerId]);
    for (const [from, said] of namedBy(subject.history)) {
      if (!mayBeOf(kinds, said)) continue;
      const other = personOf(from);
      if (other === null || asked.has(other.customerId)) continue;
      asked.add(other.customerId);
      const about = idsNaming(other.history, isMe);
      for (const { to, position } of linksOf(other, id => about.has(id)))
        if (isMe(to)) take(other.customerId, other, position);
    }
  }
  return { related: [...found.values()], positions: [...positions], validUntil };
}

type Link = { readonly to: CustomerId; readonly kind: JsonScalar | undefined; readonly position: Position };

/** Only of relationships in which somebody was ever named is that one told. */
function idsNaming(history: History, isNamed: (customer: JsonScalar | undefined) => boolean) {
  const table = history.table("relationship-established");
  const ids = new Set<JsonScalar | undefined>();
  for (let row = 0; row < (table?.length ?? 0); row += 1)
    if (isNamed(table?.value(row, "customer"))) ids.add(table?.value(row, "relationshipId"));
  return ids;
}

/** Target and kind are what the newest establishing fact says; an end says neither. */
function linksAt(history: History, at: Instant, known: Position): Link[] {
  return standingThings(history, standingFacts.relationship, at, known).flatMap(thing => {
    const said = thing.facts.find(({ table }) => table.type === "relationship-established");
    if (said === undefined) return [];
    const { table, row } = said;
    const to = table.value(row, "customer");
    const id = typeof to === "string" ? CustomerId.parse(to) : null;
    const kind = table.value(row, "kind") ?? fieldOfThing(thing, "kind");
    return id === null ? [] : [{ to: id, kind, position: table.position(row) }];
  });
}
