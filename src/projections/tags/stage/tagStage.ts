import type { Position, RecordedEvent } from "../../../domain/event.ts";
import { type CustomerId, customerOfStream } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { TagCode, type TagVersion } from "../../../domain/tag/definition.ts";
import { foldTagEvent } from "../../../domain/tag/foldTagEvent.ts";
import type { TagCatalogue } from "../../../domain/tag/tagCatalogue.ts";
import type { CountsFor, EngineStage, Regrouped, StagedEvent } from "../../engineStage.ts";
import type { Moment } from "../evaluation/evaluateTag.ts";
import { refreshedTable } from "../evaluation/reportedTag.ts";
import { compileTags } from "../evaluation/tagProgram.ts";
import { createHistory } from "../history/customerHistory.ts";
import { tellMerges, tellSpeaker } from "../history/groupTables.ts";
import { takeEvent } from "../history/takeEvent.ts";
import { createBackfill } from "./backfill.ts";
import { createHeldTags, type Held } from "./heldTags.ts";
import { createInstantWork } from "./instant.ts";
import type { TouchingFact } from "./lane.ts";
import { type Compile, type Layout, layoutOf, publishedVersions } from "./layout.ts";
import { refreshedValues } from "./refresh.ts";
import { keepRefreshed } from "./refreshedRows.ts";
import { hear, heard, incomingTypes, relationsToTell, type Told } from "./relationTelling.ts";
import { createSpreadChanges } from "./spread.ts";
import type { ValueObserver } from "./tagChange.ts";
import type { SlotTable, TagChanges, WaitingRelation } from "./tagChanges.ts";
import type { TagTables } from "./tagTables.ts";
import { createTimers } from "./timers.ts";
import { createWantedVersions } from "./wantedVersions.ts";

export type TagStageOptions = {
  readonly tables: TagTables;
  /** Which versions to keep up to date; default: those published, as soon as they are filled. */
  readonly inForce?: readonly Pick<TagVersion, "code" | "version">[];
  /** What else to keep up to date beside the tags, as if they were published; asked for again and again, the same list while nothing changed. */
  readonly conditions?: () => readonly TagVersion[];
  readonly observer?: ValueObserver | null;
  readonly compile?: Compile;
  /** Milliseconds that one slice of a back-fill may take, during which facts wait. */
  readonly sliceMs?: number;
  readonly cacheBytes?: number;
  readonly changedLimit?: number;
  /** Milliseconds, for pacing and nothing else. */
  readonly now?: () => number;
};

export type TagStage = EngineStage & {
  /** When the next timer is due, in the log's time; null when none is armed. */
  readonly nextDue: () => Instant | null;
  readonly logTime: () => Instant | null;
  /** Ends the instant at hand before its time: what is asked then is asked of values that are up to date. Null before the first event. */
  readonly settleNow: () => Moment | null;
  /** The customer whose values are in a row: of merged customers the survivor alone. Null where nothing is kept of it. */
  readonly customerAt: (row: number) => Pick<Held, "id" | "history"> | null;
  /** Whom `customerAt` will be asked for soon. */
  readonly bring: (rows: readonly number[]) => void;
  readonly rowOf: (id: CustomerId) => number | null;
};

/**
 * Keeps histories and tag values up to date as events come. What is told to it in one instant of the log (events with the same
 * recordedAt) is evaluated once, at its end, before anything later; timers fire in between, each at the very instant it is due.
 */
export function createTagStage({
  tables,
  inForce,
  conditions = () => noConditions,
  observer = null,
  compile = compileTags,
  sliceMs = 20,
  cacheBytes = 256 * 2 ** 20,
  changedLimit = 20_000,
  now = () => performance.now(),
}: TagStageOptions): TagStage {
  let survivorOf = (id: CustomerId): CustomerId => id;
  let time: Instant | null = tables.logTime();
  let position: Position = tables.position();
  let catalogue: TagCatalogue = { position: 0, tags: new Map(tables.states().map(state => [state.code, state])) };
  let rows = tables.customerCount();
  let slotsChanged = false;
  let anything = false;
  let newStates = new Set<TagCode>();
  let waiting = new Map<string, WaitingRelation>();
  let told = new Set<CustomerId>();
  const timers = createTimers(rows);
  const spread = createSpreadChanges();
  let layout: Layout = layoutOf(tables.slots(), catalogue, compile);

  const held = createHeldTags({ tables, layout: () => layout, dueOf: timers.dueOf, cacheBytes, changedLimit });
  const work = createInstantWork({
    ...{ held, timers, spread, observer },
    layout: () => layout,
    filled: row => row < (backfill.progress()?.nextRow ?? 0),
    survivorOf: id => survivorOf(id),
  });
  const wanted = createWantedVersions({ catalogue: () => catalogue, conditions, inForce });
  const backfill = createBackfill({
    ...{ held, work, tables, compile, now, sliceMs },
    rows: () => rows,
    layout: () => layout,
    relayout: table => relayout(table),
    settle: () => settle(time as Instant),
    published: wanted,
    moment: () => ({ at: time as Instant, known: position }),
  });
  for (const [row, due] of tables.dues()) timers.set(row, due);

  const settle = (at: Instant): void => work.settle({ at, known: position });

  /** Ends the instant at hand, and fires what is due up to the next one. */
  const advance = (to: Instant): void => {
    if (time !== null) settle(time);
    for (let due = timers.earliest(); due !== null && due <= to; due = timers.earliest()) {
      for (let row = timers.takeDue(due); row >= 0; row = timers.takeDue(due)) expire(row, due);
      settle(due);
    }
    time = to;
  };

  const expire = (row: number, due: Instant): void => {
    const customer = held.open(row);
    if (customer === null) return;
    const { marks } = work.touch(row, "clock", position, due);
    let expired = false;
    for (let column = 0; column < marks.length; column += 1)
      if ((customer.until[column] as number) <= due) {
        marks[column] = 1;
        expired = true;
      }
    // The tag that it was for may have gone meanwhile.
    if (!expired) work.rearm(customer);
  };

  const relayout = (table: SlotTable): void => {
    held.packAll();
    layout = layoutOf(table, catalogue, compile);
    slotsChanged = true;
    anything = true;
    observer?.relaid(layout.slots, { at: time as Instant, known: position });
  };

  const touchAll = (customer: Held, cause: "fact" | "merge", event: RecordedEvent): void => {
    work.touch(customer.row, cause, event.position, event.occurredAt).marks.fill(1);
  };

  /** `facts`: what came, or counts no more. */
  const touchBy = (
    customer: Held,
    facts: readonly TouchingFact[],
    event: Pick<RecordedEvent, "position" | "occurredAt">,
  ) => {
    const touched = work.touch(customer.row, "fact", event.position, event.occurredAt);
    touched.position = event.position;
    if (!touched.corrected) touched.occurredAt = event.occurredAt;
    for (const fact of facts) {
      layout.serving.mark(touched.marks, fact, time as Instant);
      layout.filling?.mark(touched.marks, fact, time as Instant);
    }
    return touched;
  };

  const takeFact = ({ event, original }: StagedEvent, { row, id }: CountsFor): void => {
    const known = held.take(row, id);
    const customer = known ?? held.create(row, id);
    takeEvent(customer.history, event, original);
    tellSpeaker(customer.history, id, event);
    rows = Math.max(rows, row + 1);
    customer.historyChanged = true;
    if (known === null) hearWaiting(customer);
    const late = event.corrects !== null || event.occurredAt < customer.newest;
    if (event.occurredAt > customer.newest && event.occurredAt <= event.recordedAt) {
      customer.newest = event.occurredAt;
      customer.valuesChanged ||= customer.valued;
    }
    held.change(customer);
    if (known === null) touchAll(customer, "fact", event);
    const touched = touchBy(customer, original === null ? [event] : [event, original], event);
    if (late) {
      touched.corrected = true;
      touched.occurredAt = Math.min(touched.occurredAt, original?.occurredAt ?? event.occurredAt);
    }
    tellRelations(customer, event, original);
  };

  const tellRelations = (customer: Held, event: RecordedEvent, original: RecordedEvent | null): void => {
    for (const { to, facts } of relationsToTell(customer, event, original))
      for (const addressee of new Set([to, survivorOf(to)])) hearOf(addressee, to, facts, event);
  };

  const hearOf = (listener: CustomerId, to: CustomerId, facts: readonly Told[], event: RecordedEvent): void => {
    const row = held.rowOf(listener);
    const customer = row === null ? null : held.open(row);
    if (customer === null) {
      if (listener !== to) return;
      for (const fact of facts) {
        const key = `${fact.from}/${fact.position}`;
        waiting.set(`${to}/${key}`, { customerId: to, key, text: JSON.stringify(fact) });
      }
      anything = true;
      return;
    }
    for (const fact of facts) hear(customer.history, fact);
    customer.historyChanged = true;
    held.change(customer);
    touchBy(
      customer,
      incomingTypes.map(type => ({ type, occurredAt: event.occurredAt, data: {} })),
      event,
    );
  };

  /** A customer that others spoke of before it had a fact of its own. */
  const hearWaiting = (customer: Held): void => {
    const texts = new Map(tables.waiting(customer.id).map(({ key, text }) => [key, text]));
    for (const [key, news] of waiting) {
      if (news.customerId !== customer.id) continue;
      texts.set(news.key, news.text);
      waiting.delete(key);
    }
    if (texts.size === 0) return;
    told.add(customer.id);
    const facts = [...texts.values()].map(text => JSON.parse(text) as Told).sort((a, b) => a.position - b.position);
    for (const fact of facts) hear(customer.history, fact);
  };

  const regrouped = ({ customer: { row, id }, events, merges }: Regrouped): void => {
    const before = held.open(row);
    if (before === null && events.length === 0) return;
    anything = true;
    const last = events.at(-1)?.event;
    const history = createHistory();
    for (const { event, original } of events) takeEvent(history, event, original);
    tellMerges(history, merges);
    for (const { event } of events) tellSpeaker(history, id, event);
    const members = new Set<CustomerId>([id]);
    for (const { event } of events) members.add(customerOfStream(event.stream) ?? id);
    for (const member of members) {
      const memberRow = held.rowOf(member);
      const own = memberRow === null ? null : held.open(memberRow);
      for (const fact of own === null ? [] : heard(own.history)) hear(history, fact);
    }
    if (before !== null) keepRefreshed(before.history, history);
    const customer = before ?? held.create(row, id);
    rows = Math.max(rows, row + 1);
    if (before !== null) work.touchRelated(before, position, last?.occurredAt ?? time ?? 0);
    customer.history = history;
    customer.historyChanged = true;
    customer.newest = newestOf(events);
    held.change(customer);
    if (before === null) hearWaiting(customer);
    const touched = work.touch(row, "merge", position, last?.occurredAt ?? time ?? 0);
    touched.cause = "merge";
    touched.marks.fill(1);
    for (const { event, original } of events) tellRelations(customer, event, original);
    work.touchRelated(customer, position, last?.occurredAt ?? time ?? 0);
  };

  const takeDefinition = (event: RecordedEvent): void => {
    const next = foldTagEvent(catalogue, event);
    const code = event.stream.startsWith("tag-") ? TagCode.parse(event.stream.slice(4)) : null;
    const changed = code !== null && next.tags.get(code) !== catalogue.tags.get(code) ? code : null;
    if (changed !== null && event.type === "tag-refreshed") refresh(changed, event);
    catalogue = next;
    if (changed === null) return;
    newStates.add(changed);
    anything = true;
  };

  /** Everybody is asked for what was known before this event; only then is anybody told. */
  const refresh = (code: TagCode, event: RecordedEvent): void => {
    const asOf = (event.data as { readonly asOf: Instant }).asOf;
    const everybody = function* () {
      for (let row = 0; row < rows; row += 1) {
        const customer = held.peek(row);
        if (customer !== null && survivorOf(customer.id) === customer.id) yield customer;
      }
    };
    const moment: Moment = { at: asOf, known: event.position - 1 };
    const program = compile(publishedVersions(catalogue));
    const related = (id: CustomerId) => {
      const row = held.rowOf(survivorOf(id));
      const other = row === null ? null : held.open(row);
      return other === null ? null : { customerId: other.id, history: other.history, related };
    };
    for (const [row, data] of refreshedValues({ code, program, everybody, moment, related })) {
      const customer = held.peek(row) as Held;
      customer.history.addFound(refreshedTable(code), asOf, event.position, data);
      customer.historyChanged = true;
      held.change(customer);
      touchBy(customer, [{ type: refreshedTable(code), occurredAt: asOf, data }], event);
      held.trim();
    }
  };

  return {
    attach: engine => {
      survivorOf = engine.survivorOf;
    },
    reach: event => {
      if (time === null || event.recordedAt > time) advance(event.recordedAt);
      position = event.position;
      anything = true;
    },
    take: (staged, customer) => {
      if (customer === null) takeDefinition(staged.event);
      else takeFact(staged, customer);
    },
    regrouped,
    work: caughtUp => {
      if (time === null) return false;
      const more = backfill.step(caughtUp);
      anything ||= more;
      return more;
    },
    changes: () => {
      if (time !== null) settle(time);
      if (!anything || time === null) return {};
      const tags: TagChanges = {
        logTime: time,
        customers: held.changes(),
        slots: slotsChanged ? { slots: layout.slots, nextSlot: layout.nextSlot } : null,
        filling: backfill.progress(),
        spread: spread.changes(layout.byNumber),
        states: [...newStates].flatMap(code => catalogue.tags.get(code) ?? []),
        waiting: [...waiting.values()],
        told: [...told],
      };
      return { tags };
    },
    committed: () => {
      held.committed();
      spread.clear();
      newStates = new Set();
      waiting = new Map();
      told = new Set();
      slotsChanged = false;
      anything = false;
    },
    nextDue: () => timers.earliest(),
    logTime: () => time,
    settleNow: () => {
      if (time === null) return null;
      settle(time);
      return { at: time, known: position };
    },
    customerAt: row => {
      const customer = held.open(row);
      return customer !== null && survivorOf(customer.id) === customer.id ? customer : null;
    },
    bring: held.bring,
    rowOf: held.rowOf,
  };
}

const noConditions: readonly TagVersion[] = [];

const newestOf = (events: readonly StagedEvent[]): Instant =>
  events.reduce(
    (newest, { event }) => (event.occurredAt <= event.recordedAt ? Math.max(newest, event.occurredAt) : newest),
    0,
  );
