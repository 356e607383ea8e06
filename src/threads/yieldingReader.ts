import { setImmediate } from "node:timers/promises";
import type { LogReader } from "../domain/eventLog.ts";

/**
 * Gives the thread's event loop a turn before every page. A loop over a reader that answers at once would otherwise
 * never let a message from another thread in.
 */
export const yieldingReader = (reader: LogReader): LogReader => ({
  ...reader,
  read: async query => {
    await setImmediate();
    return reader.read(query);
  },
});
