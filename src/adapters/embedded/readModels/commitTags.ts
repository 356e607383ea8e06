import type Database from "better-sqlite3";
import type { TagChanges } from "../../../projections/tags/stage/tagChanges.ts";

/** Writes what changed of the tags, inside the caller's transaction. */
export function tagWriter(database: Database.Database): (changes: TagChanges) => void {
  const putClock = database.prepare("UPDATE tag_clock SET log_time = ?, filled_rows = ?, rows_to_fill = ?");
  const countSlotsRevision = database.prepare("UPDATE tag_clock SET slots_revision = slots_revision + 1");
  const putSlots = database.prepare("UPDATE tag_slots SET doc = ?");
  const dropCovered = database.prepare("DELETE FROM tag_covered WHERE slot NOT IN (SELECT value FROM json_each(?))");
  const dropSpread = database.prepare("DELETE FROM tag_spread WHERE slot NOT IN (SELECT value FROM json_each(?))");
  const putState = database.prepare("INSERT OR REPLACE INTO tag_states VALUES (?, ?)");
  const putBase = database.prepare("INSERT OR REPLACE INTO history_bases VALUES (?, ?)");
  const putBoth = database.prepare("INSERT OR REPLACE INTO customer_tags (row, due, tail, bytes) VALUES (?, ?, ?, ?)");
  const putTail = database.prepare(
    "INSERT INTO customer_tags (row, tail) VALUES (?, ?) ON CONFLICT (row) DO UPDATE SET tail = excluded.tail",
  );
  const putValues = database.prepare("UPDATE customer_tags SET due = ?, bytes = ? WHERE row = ?");
  const addCovered = database.prepare(
    "INSERT INTO tag_covered VALUES (?, ?) ON CONFLICT (slot) DO UPDATE SET customers = customers + excluded.customers",
  );
  const addSpread = database.prepare(
    "INSERT INTO tag_spread VALUES (?, ?, ?) ON CONFLICT (slot, key) DO UPDATE SET customers = customers + excluded.customers",
  );
  const removeSpread = database.prepare("DELETE FROM tag_spread WHERE slot = ? AND key = ? AND customers = 0");
  const putWaiting = database.prepare("INSERT OR REPLACE INTO tag_waiting VALUES (?, ?, ?)");
  const removeWaiting = database.prepare("DELETE FROM tag_waiting WHERE customer_id = ?");

  return ({ logTime, customers, slots, filling, spread, states, waiting, told }) => {
    putClock.run(logTime, filling?.nextRow ?? null, filling?.total ?? null);
    for (const { row, history, values } of customers) {
      if (history !== null && history.base !== null) putBase.run(row, history.base);
      if (history !== null && values !== null) putBoth.run(row, values.due, history.tail, values.bytes);
      else if (history !== null) putTail.run(row, history.tail);
      else if (values !== null) putValues.run(values.due, values.bytes, row);
    }
    if (slots !== null) {
      putSlots.run(JSON.stringify(slots));
      countSlotsRevision.run();
      const known = JSON.stringify(slots.slots.map(({ slot }) => slot));
      dropCovered.run(known);
      dropSpread.run(known);
    }
    for (const { slot, covered, counts } of spread) {
      if (covered !== 0) addCovered.run(slot, covered);
      for (const [key, more] of counts) {
        addSpread.run(slot, key, more);
        if (more < 0) removeSpread.run(slot, key);
      }
    }
    for (const state of states) putState.run(state.code, JSON.stringify(state));
    for (const { customerId, key, text } of waiting) putWaiting.run(customerId, key, text);
    for (const customerId of told) removeWaiting.run(customerId);
  };
}
