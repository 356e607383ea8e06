import type { TagVersion } from "../../../domain/tag/definition.ts";
import type { Moment } from "../evaluation/evaluateTag.ts";
import type { HeldTags } from "./heldTags.ts";
import type { InstantWork } from "./instant.ts";
import { type Compile, type Layout, nextSlots, switchedSlots } from "./layout.ts";
import type { Filling, SlotTable } from "./tagChanges.ts";
import type { TagTables } from "./tagTables.ts";

type Parts = {
  readonly held: HeldTags;
  readonly work: InstantWork;
  readonly tables: TagTables;
  readonly compile: Compile;
  readonly now: () => number;
  readonly sliceMs: number;
  readonly rows: () => number;
  readonly layout: () => Layout;
  /** Ends the instant at hand: what is told of a switch is told of values that are up to date. */
  readonly settle: () => void;
  readonly relayout: (table: SlotTable) => void;
  readonly published: () => readonly TagVersion[];
  readonly moment: () => Moment;
};

/**
 * Brings the tags in force to those published: whatever was published together is filled in one pass over all customers, in
 * slices, from their histories. Nothing begins before the log has been caught up with once, so that a rebuild reads it through and
 * then evaluates everybody one time.
 */
export type Backfill = {
  /** One slice; true when there was something to do. */
  readonly step: (caughtUp: boolean) => boolean;
  readonly progress: () => Filling | null;
};

export function createBackfill(parts: Parts): Backfill {
  const { held, work, compile, now, sliceMs, rows, layout, relayout, published, moment } = parts;
  let filling: Filling | null = layout().filling === null ? null : parts.tables.filling();
  let ready = false;
  let checked: readonly TagVersion[] | null = null;

  const begin = (): boolean => {
    const versions = published();
    if (checked === versions) return false;
    checked = versions;
    const next = nextSlots(layout(), versions, compile);
    if (next === null) return false;
    parts.settle();
    relayout(next);
    if (layout().filling !== null) filling = { nextRow: 0, total: rows() };
    return true;
  };

  const slice = ({ nextRow }: Filling): void => {
    parts.settle();
    const started = now();
    let row = nextRow;
    for (let done = 0; row < rows(); row += 1, done += 1) {
      if (done % 16 === 15 && now() - started >= sliceMs) break;
      const customer = held.peek(row);
      if (customer !== null) work.fill(customer, moment());
      filling = { nextRow: row + 1, total: rows() };
      held.trim();
    }
    if (row >= rows()) finish();
  };

  const finish = (): void => {
    relayout(switchedSlots(layout(), published()));
    filling = null;
    checked = null;
  };

  return {
    step: caughtUp => {
      ready ||= caughtUp;
      if (!ready) return false;
      if (filling === null) return begin();
      slice(filling);
      return true;
    },
    progress: () => filling,
  };
}
