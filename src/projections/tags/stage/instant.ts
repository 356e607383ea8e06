import { ascending } from "../../../domain/ascending.ts";
import type { Position } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { isCondition } from "../../../domain/segment/conditions.ts";
import { sameValue } from "../../../domain/tag/tagValue.ts";
import type { Moment, TagSubject } from "../evaluation/evaluateTag.ts";
import { InexactFigure } from "../evaluation/inexactFigure.ts";
import { HeldSubject, type SubjectSurroundings } from "./heldSubject.ts";
import type { Held, HeldTags } from "./heldTags.ts";
import type { Lane, Step, Watcher } from "./lane.ts";
import type { Layout } from "./layout.ts";
import { mayBeOf, relatives } from "./relationTelling.ts";
import type { Slot } from "./slot.ts";
import type { SpreadChanges } from "./spread.ts";
import type { TagChange, TagChangeCause, ValueObserver } from "./tagChange.ts";
import { never, type SlotValue } from "./tagRow.ts";
import type { Timers } from "./timers.ts";

/** Why a customer has to be looked at again at the end of this instant. */
export type Touch = {
  /** By column. */
  readonly marks: Uint8Array;
  cause: TagChangeCause;
  position: Position;
  occurredAt: Instant;
  corrected: boolean;
};

export type InstantParts = {
  readonly held: HeldTags;
  readonly timers: Timers;
  readonly spread: SpreadChanges;
  readonly layout: () => Layout;
  /** Whether the lane being filled has got to this row. */
  readonly filled: (row: number) => boolean;
  readonly survivorOf: (id: CustomerId) => CustomerId;
  readonly observer: ValueObserver | null;
};

/** All that has to be evaluated at one instant of the log's time. */
export type InstantWork = {
  readonly touch: (row: number, cause: TagChangeCause, position: Position, occurredAt: Instant) => Touch;
  /** Tags of those related to the customer that look at others: what they saw may have changed. */
  readonly touchRelated: (held: Held, position: Position, occurredAt: Instant) => void;
  readonly settle: (moment: Moment) => void;
  /** Sets the customer's timer by what it holds. */
  readonly rearm: (held: Held) => void;
  /** Evaluates what is being filled of one customer. */
  readonly fill: (held: Held, moment: Moment) => void;
};

const sparesKept = 1000;

export function createInstantWork(parts: InstantParts): InstantWork {
  const { held: customers, timers, spread, observer, survivorOf } = parts;
  let touches = new Map<number, Touch>();
  /** Marks are used again, all zero: to make them is dear, and each fact needs some. */
  let spare: Uint8Array[] = [];
  let told: TagChange[] = [];
  let beingFilled = -1;
  const complained = new Set<string>();

  const touch: InstantWork["touch"] = (row, cause, position, occurredAt) => {
    let known = touches.get(row);
    if (known === undefined) {
      const columns = parts.layout().slots.length;
      if (spare[0] !== undefined && spare[0].length !== columns) spare = [];
      const marks = spare.pop() ?? new Uint8Array(columns);
      known = { marks, cause, position, occurredAt, corrected: false };
      touches.set(row, known);
    }
    return known;
  };

  const survivor = (id: CustomerId): Held | null => {
    const survivorId = survivorOf(id);
    const row = customers.rowOf(survivorId);
    return row === null ? null : customers.open(row, survivorId);
  };
  const isFilled = (column: number, row: number): boolean =>
    parts.layout().slots[column]?.state !== "filling" || row === beingFilled || parts.filled(row);
  const surroundings: SubjectSurroundings = { survivorOf, survivor, isFilled };

  const evaluate = (step: Step, lane: Lane, subject: TagSubject, moment: Moment): void => {
    try {
      const { value, validUntil } = lane.program.evaluate(step.code, subject, moment);
      result.value = value;
      result.until = validUntil ?? never;
      if (result.until <= moment.at) throw new Error(`it says to hold until ${result.until}, asked at ${moment.at}`);
    } catch (error) {
      // Not stored: whoever asks evaluates it for himself, and meets the same error.
      result.value = undefined;
      result.until = never;
      if (error instanceof InexactFigure || complained.has(step.code)) return;
      complained.add(step.code);
      console.error(`c360: tag ${step.code} cannot be evaluated: ${(error as Error).message}`);
    }
  };
  /** One for all evaluations, so that none of them has to make another. */
  const result: { value: SlotValue; until: number } = { value: null, until: never };

  /** Evaluates the marked steps of one side of a lane for one customer; true when the customer changed. */
  const run = (held: Held, lane: Lane, side: Side, touched: Touch, moment: Moment): boolean => {
    const { marks } = touched;
    const from = side === "own" ? 0 : lane.relations;
    const to = side === "own" ? lane.relations : lane.steps.length;
    const subject = new HeldSubject(held, lane, moment.at, surroundings);
    let changed = false;
    let seen: Set<Watcher> | null = null;
    for (let index = from; index < to; index += 1) {
      const step = lane.steps[index] as Step;
      const { column } = step;
      if (marks[column] === 0) continue;
      marks[column] = 0;
      evaluate(step, lane, subject, moment);
      const before = held.values[column];
      const same = before === result.value || sameSlotValue(before, result.value);
      if (same && held.until[column] === result.until) continue;
      changed = true;
      held.until[column] = result.until;
      if (!same) {
        held.values[column] = result.value;
        count(step.slot, before, result.value);
        if (observer === null) {
        } else if (lane.state === "serving") tell(held, step, before, result.value, touched, moment.at);
        else observer.filled(step.slot.slot, held.row, result.value, before);
      }
      for (const dependent of step.dependents) marks[dependent] = 1;
      if (step.watchers.length === 0) continue;
      for (const watcher of step.watchers) {
        marks[watcher.column] = 1;
        seen ??= new Set();
        seen.add(watcher);
      }
    }
    if (seen !== null) markRelated(held, seen, touched.position, touched.occurredAt);
    return changed;
  };

  const tell = (held: Held, step: Step, before: SlotValue, after: SlotValue, touched: Touch, at: Instant): void => {
    const { cause, position, occurredAt, corrected } = touched;
    told.push({
      ...{ row: held.row, customerId: held.id, code: step.code, version: step.slot.version, slot: step.slot.slot },
      ...{ before, after, at, cause, position, occurredAt, corrected },
    });
  };

  const markRelated = (held: Held, watchers: Iterable<Watcher>, position: Position, occurredAt: Instant): void => {
    const cause = touches.get(held.row)?.cause ?? "fact";
    for (const [id, said] of relatives(held.history)) {
      const looking = [...watchers].filter(({ kinds }) => mayBeOf(kinds, said));
      if (looking.length === 0) continue;
      const other = survivor(id);
      if (other === null || other.row === held.row) continue;
      const { marks } = touch(other.row, cause, position, occurredAt);
      for (const { column } of looking) marks[column] = 1;
    }
  };

  const pass = (rows: readonly number[], side: Side, moment: Moment): void => {
    const { serving, filling } = parts.layout();
    for (const row of rows) {
      const held = customers.open(row);
      const touched = touches.get(row) as Touch;
      if (held === null) continue;
      if (survivorOf(held.id) !== held.id) {
        if (side === "own") clear(held, touched, moment.at);
        continue;
      }
      let changed = run(held, serving, side, touched, moment);
      if (filling !== null && parts.filled(row)) changed = run(held, filling, side, touched, moment) || changed;
      if (changed || !held.valued) store(held);
    }
    customers.trim();
  };

  const store = (held: Held): void => {
    if (!held.valued) observer?.placed(held.row, held.id);
    held.valued = true;
    held.valuesChanged = true;
    customers.change(held);
    rearm(held);
  };
  const rearm = ({ row, until }: Held): void => {
    let due = never;
    for (let column = 0; column < until.length; column += 1)
      if ((until[column] as number) < due) due = until[column] as number;
    timers.set(row, due === never ? null : due);
  };

  /** A customer that was merged into another has no tags of its own. */
  const clear = (held: Held, touched: Touch, at: Instant): void => {
    timers.set(held.row, null);
    if (!held.valued) return;
    for (const lane of [parts.layout().serving, parts.layout().filling])
      for (const step of lane?.steps ?? []) {
        const before = held.values[step.column];
        held.values[step.column] = null;
        held.until[step.column] = never;
        count(step.slot, before, null);
        if (before === null || observer === null) continue;
        if (step.slot.state === "serving") tell(held, step, before, null, touched, at);
        else observer.filled(step.slot.slot, held.row, null, before);
      }
    observer?.gone(held.row);
    held.valued = false;
    held.valuesChanged = true;
    customers.change(held);
  };

  const evaluateTouched = (moment: Moment): void => {
    pass(ascending(touches.keys()), "own", moment);
    pass(ascending(touches.keys()), "relations", moment);
    const columns = parts.layout().slots.length;
    for (const { marks } of touches.values())
      if (marks.length === columns && spare.length < sparesKept) spare.push(marks.fill(0));
    touches = new Map();
  };

  /** How conditions are spread is nobody's question. */
  const count = ({ slot, code, type }: Slot, before: SlotValue, after: SlotValue): void => {
    if (!isCondition(code)) spread.count(slot, type, before, after);
  };

  return {
    touch,
    touchRelated: (held, position, occurredAt) => {
      const { serving, filling } = parts.layout();
      const watchers = [serving, filling].flatMap(
        lane => lane?.steps.slice(lane.relations).map(({ column }) => ({ column, kinds: [] })) ?? [],
      );
      if (watchers.length > 0) markRelated(held, watchers, position, occurredAt);
    },
    rearm,
    settle: moment => {
      if (touches.size > 0) evaluateTouched(moment);
      if (observer === null) return;
      const changes = told;
      told = [];
      observer.settled(changes, moment);
    },
    fill: (held, moment) => {
      const lane = parts.layout().filling;
      if (lane === null || survivorOf(held.id) !== held.id) return;
      beingFilled = held.row;
      if (!held.valued) observer?.placed(held.row, held.id);
      held.valued = true;
      const subject = new HeldSubject(held, lane, moment.at, surroundings);
      // Nothing is known of these columns before their turn: what is left of an older value must not be taken for one.
      for (const { column } of lane.steps) held.until[column] = moment.at;
      for (const step of lane.steps) {
        evaluate(step, lane, subject, moment);
        held.values[step.column] = result.value;
        held.until[step.column] = result.until;
        count(step.slot, null, result.value);
      }
      observer?.atOnce(() => {
        for (const { slot, column } of lane.steps) observer.filled(slot.slot, held.row, held.values[column], null);
      });
      beingFilled = -1;
      store(held);
    },
  };
}

/** Tags that look at the customer alone, or those that look at related customers. */
type Side = "own" | "relations";

const sameSlotValue = (a: SlotValue, b: SlotValue): boolean => a !== undefined && b !== undefined && sameValue(a, b);
