import { setImmediate } from "node:timers/promises";
import type { LeanLog } from "../projections/campaigns/replay/leanLog.ts";

/** As `yieldingReader`: a loop over a log that answers at once lets messages from other threads in. */
export const yieldingLeanLog = <Log extends LeanLog>(log: Log): Log => ({
  ...log,
  between: async (types: readonly string[], after: number, to: number) => {
    await setImmediate();
    return log.between(types, after, to);
  },
});
