import { ascending } from "../../domain/ascending.ts";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { LogReader } from "../../domain/eventLog.ts";
import { type CustomerId, customerStream } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import { replacedAmong } from "../customer/corrections.ts";
import type { Customer } from "../customer/customer.ts";
import { foldCustomer, newcomer } from "../customer/fold.ts";
import { postingsOf } from "../customer/postings.ts";
import type { CustomerGroup } from "../identity/customerGroup.ts";
import { groupConsents } from "../identity/groupConsents.ts";
import { historyOf, regroups } from "../identity/identityChange.ts";
import type { Degraded } from "../readModels.ts";
import type { History } from "../tags/history/history.ts";
import { profileEvents } from "./profileEvents.ts";

/** `asOf`: facts of a later instant were not true yet. `known`: facts beyond this position were not known yet. */
export type AsOf = { readonly asOf: Instant; readonly known: Position };

export type CustomerThen = { readonly customer: Customer; readonly degraded: Degraded | null };

type Sources = {
  readonly log: Pick<LogReader, "readStream" | "readAt" | "findById">;
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
  /**
   * The customer's stored history, which spares reading what the profile takes nothing from: of thousands of facts mostly
   * a few dozen are left. Null where there is none, where the customer is degraded, or where it is of another group than the one
   * asked about (merged or split since): the streams are read as a whole then.
   */
  readonly history: History | null;
};

/**
 * The profile of a customer as it was at an instant and as we knew it at a position; null where nothing was known yet. `group`:
 * who was one person with the customer at that position. Of one that was merged into another only that shows. Like the
 * profile of today it stands still at an event that cannot be folded. Rejects with StorageFailure.
 */
export async function customerAsOf(
  sources: Sources,
  id: CustomerId,
  group: CustomerGroup,
  { asOf, known }: AsOf,
): Promise<CustomerThen | null> {
  if (group.survivor !== id) return mergedAway(sources, id, group);
  const { history } = sources;
  const then = await (history === null
    ? fromStreams(sources, group, { asOf, known })
    : fromHistory(sources, history, group, { asOf, known }));
  return then && { ...then, customer: withoutMemory(then.customer) };
}

/** What a fold keeps in mind for events to come is of no use to a profile that takes no more. */
function withoutMemory({ remembered: _, ...customer }: Customer): Customer {
  return customer;
}

async function mergedAway({ log }: Sources, id: CustomerId, { merges }: CustomerGroup): Promise<CustomerThen> {
  const merge = merges.find(({ absorbed }) => absorbed === id);
  const [event] = merge === undefined ? [] : await log.readAt([merge.position]);
  if (merge === undefined || event == null) throw new Error(`customer ${id} is in a group without a merge`);
  const { position, occurredAt, source } = event;
  const mergedInto = { customer: merge.survivor, source, occurredAt, position };
  return { customer: { ...newcomer(id, position, occurredAt), mergedInto, regroupedAt: position }, degraded: null };
}

async function fromHistory(
  { log, upcast }: Sources,
  history: History,
  group: CustomerGroup,
  { asOf, known }: AsOf,
): Promise<CustomerThen | null> {
  const told = profileEvents(history, asOf, known);
  if (told === null) return null;
  const { needed, ...activity } = told;
  const wanted = ascending(new Set([...needed, ...group.merges.map(({ position }) => position)]));
  const events = (await log.readAt(wanted)).filter(event => event !== null).map(upcast);
  const then = fold(group, events, new Map(), asOf) ?? {
    customer: {
      ...newcomer(group.survivor, told.firstPosition, told.lastOccurredAt),
      regroupedAt: group.merges.at(-1)?.position ?? 0,
    },
    degraded: null,
  };
  return { ...then, customer: { ...then.customer, ...activity } };
}

async function fromStreams(
  { log, upcast }: Sources,
  group: CustomerGroup,
  { asOf, known }: AsOf,
): Promise<CustomerThen | null> {
  const { events, originals } = await historyOf(log, group.members, known);
  const lifted = new Map([...originals].map(([id, original]) => [id, upcast(original)]));
  return fold(group, events.map(upcast), lifted, asOf);
}

/** `events`: in log order; merges among them count whenever they were decided, since whose facts these are follows from them. */
function fold(
  group: CustomerGroup,
  events: readonly RecordedEvent[],
  originals: ReadonlyMap<string, RecordedEvent>,
  asOf: Instant,
): CustomerThen | null {
  let standstill: Degraded | null = null;
  let folded: Customer | null;
  let replaced: ReadonlySet<Position>;
  // What comes after a standstill corrects nothing either, so everything before it is folded again without it.
  for (;;) {
    const taken = events.filter(({ position }) => position < (standstill?.position ?? Number.POSITIVE_INFINITY));
    replaced = replacedAmong(taken);
    const { customer, degraded } = foldUntilStandstill(group, taken, replaced, originals, asOf);
    folded = customer;
    if (degraded === null) break;
    standstill = degraded;
  }
  if (standstill !== null) folded ??= newcomerAt(group, events, standstill.position);
  const [customer, degraded] = [folded, standstill];
  const last = group.merges.at(-1);
  if (customer === null || last === undefined) return customer === null ? null : { customer, degraded };
  const until = Math.max(degraded === null ? Number.POSITIVE_INFINITY : degraded.position - 1, last.position);
  const speaking = events.filter(
    event => event.position <= until && (event.occurredAt <= asOf || regroups(event)) && !replaced.has(event.position),
  );
  const consents = groupConsents(group.survivor, group.merges, speaking);
  return { customer: { ...customer, consents, regroupedAt: last.position }, degraded };
}

function foldUntilStandstill(
  group: CustomerGroup,
  events: readonly RecordedEvent[],
  replaced: ReadonlySet<Position>,
  originals: ReadonlyMap<string, RecordedEvent>,
  asOf: Instant,
): { readonly customer: Customer | null; readonly degraded: Degraded | null } {
  const streams = new Set(group.members.map(customerStream));
  const isOwn = (stream: string): boolean => streams.has(stream);
  let customer: Customer | null = null;
  for (const event of events) {
    if (event.occurredAt > asOf) continue;
    const named = event.corrects === null ? undefined : originals.get(event.corrects);
    const isKnown = named !== undefined && named.position <= event.position && named.occurredAt <= asOf;
    const original = isKnown ? named : null;
    try {
      postingsOf(customer, event, original, isOwn);
      const start = customer ?? newcomer(group.survivor, event.position, event.occurredAt);
      customer = foldCustomer(start, event, original, replaced.has(event.position));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { customer, degraded: { position: event.position, error: message } };
    }
  }
  return { customer, degraded: null };
}

function newcomerAt({ survivor }: CustomerGroup, events: readonly RecordedEvent[], position: Position): Customer {
  const event = events.find(found => found.position === position);
  if (event === undefined) throw new Error(`no event at position ${position}`);
  return newcomer(survivor, event.position, event.occurredAt);
}
