import type { Position } from "../../../domain/event.ts";
import { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import type { FactTable, History } from "../history/history.ts";
import { incomingTypes, mayBeOf, namedBy } from "../stage/relationTelling.ts";
import { earlier } from "./asking.ts";
import type { TagSubject } from "./evaluateTag.ts";
import { type AcceptsRow, anyRow, nextRowAt } from "./newestRow.ts";
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
  const search = new RelationSearch(subject, kinds, at, known);
  if (direction !== "incoming") search.outgoing();
  if (direction !== "outgoing") search.incoming();
  return {
    related: [...search.found.values()],
    positions: [...search.positions],
    validUntil: search.validUntil,
  };
}

class RelationSearch {
  readonly found = new Map<CustomerId, RelatedCustomer>();
  readonly positions = new Set<Position>();
  validUntil: Instant | null = null;
  readonly #subject: TagSubject;
  readonly #kinds: readonly string[];
  readonly #at: Instant;
  readonly #known: Position;

  constructor(subject: TagSubject, kinds: readonly string[], at: Instant, known: Position) {
    this.#subject = subject;
    this.#kinds = kinds;
    this.#at = at;
    this.#known = known;
  }

  outgoing(): void {
    for (const { to, position } of this.#linksOf(this.#subject.history, anyRow)) {
      const other = this.#personOf(to);
      this.#take(other?.customerId ?? to, other, position);
    }
  }

  incoming(): void {
    const { history, customerId } = this.#subject;
    const asked = new Set<CustomerId>([customerId]);
    for (const [from, said] of namedBy(history)) {
      if (!mayBeOf(this.#kinds, said)) continue;
      const other = this.#personOf(from);
      if (other === null || asked.has(other.customerId)) continue;
      asked.add(other.customerId);
      const about = this.#idsNamingMe(other.history);
      const concerns: AcceptsRow = (table, row) => about.has(table.value(row, "relationshipId"));
      for (const { to, position } of this.#linksOf(other.history, concerns))
        if (this.#isMe(to)) this.#take(other.customerId, other, position);
    }
  }

  #personOf(id: CustomerId): TagSubject | null {
    return id === this.#subject.customerId ? this.#subject : this.#subject.related(id);
  }

  #linksOf(history: History, concerns: AcceptsRow): Link[] {
    this.validUntil = earlier(this.validUntil, nextRowAt(history, outgoing, this.#at, this.#known, concerns));
    return linksAt(history, this.#kinds, this.#at, this.#known);
  }

  #isMe(raw: JsonScalar | undefined): boolean {
    const { customerId, survivorOf } = this.#subject;
    const id = typeof raw === "string" ? CustomerId.parse(raw) : null;
    if (id === null) return false;
    return (survivorOf === undefined ? this.#personOf(id)?.customerId : survivorOf(id)) === customerId;
  }

  #take(customerId: CustomerId, other: TagSubject | null, position: Position): void {
    if (customerId === this.#subject.customerId) return;
    this.found.set(customerId, { customerId, subject: other });
    this.positions.add(position);
  }

  /** Only of relationships in which somebody was ever named is that one told. */
  #idsNamingMe(history: History): ReadonlySet<JsonScalar | undefined> {
    const table = history.table("relationship-established");
    const ids = new Set<JsonScalar | undefined>();
    for (let row = 0; row < (table?.length ?? 0); row += 1)
      if (this.#isMe(table?.value(row, "customer"))) ids.add(table?.value(row, "relationshipId"));
    return ids;
  }
}

type Link = { readonly to: CustomerId; readonly kind: JsonScalar | undefined; readonly position: Position };

/** Those of these kinds (none: of any). Target and kind are what the newest establishing fact says; an end says neither. */
function linksAt(history: History, kinds: readonly string[], at: Instant, known: Position): Link[] {
  const links: Link[] = [];
  for (const thing of standingThings(history, standingFacts.relationship, at, known)) {
    const said = thing.facts.find(establishes);
    if (said === undefined) continue;
    const { table, row } = said;
    const to = table.value(row, "customer");
    const id = typeof to === "string" ? CustomerId.parse(to) : null;
    const kind = table.value(row, "kind") ?? fieldOfThing(thing, "kind");
    if (id !== null && (kinds.length === 0 || kinds.includes(String(kind))))
      links.push({ to: id, kind, position: table.position(row) });
  }
  return links;
}

const establishes = ({ table }: { readonly table: FactTable }): boolean => table.type === "relationship-established";
