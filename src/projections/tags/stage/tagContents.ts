import { isCondition } from "../../../domain/segment/conditions.ts";
import { openHistory } from "../history/customerHistory.ts";
import type { Slot } from "./slot.ts";
import { decodeTagRow, never } from "./tagRow.ts";
import type { TagTables } from "./tagTables.ts";

type Scalars = readonly (string | number | null)[];

const serving = (tables: TagTables): Slot[] => tables.slots().slots.filter(({ state }) => state === "serving");

/**
 * What is kept of one customer's tags in a form that depends on the log and the versions in force alone: not on how bytes are
 * split, when slots were given out, or how far a back-fill has got.
 */
export function customerTagContents(tables: TagTables): (row: number) => readonly (string | Uint8Array)[] {
  const slots = new Map(serving(tables).map(slot => [slot.slot, slot]));
  return row => {
    const stored = tables.history(row);
    const bytes = tables.tagRow(row);
    const values =
      bytes === null
        ? []
        : decodeTagRow(bytes, slots).entries.map(({ slot, value, until }) =>
            JSON.stringify([
              slots.get(slot)?.code,
              value === undefined ? "failed" : { value },
              // A condition may say that it has to be asked again sooner than it changes, and says so as of when it was asked.
              until === never || isCondition(slots.get(slot)!.code) ? null : until,
            ]),
          );
    return [...(stored === null ? [] : [openHistory(stored).encode()]), ...values.sort()];
  };
}

/** What is kept beside the customers: the versions in force, how their values are spread, and the definitions. */
export function* tagContents(tables: TagTables): Iterable<Scalars> {
  yield ["time", tables.logTime()];
  for (const { slot, code, version } of serving(tables)) {
    yield ["in force", code, version, tables.covered(slot)];
    for (const { key, customers } of tables.spread(slot)) yield ["spread", code, key, customers];
  }
  for (const state of tables.states()) yield ["definition", JSON.stringify(state)];
}
