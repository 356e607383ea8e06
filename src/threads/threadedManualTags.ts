import type { ManualTagOutcome, ManualTags } from "../definitions/manualTags.ts";
import { IntakeTimeout } from "../intake/intakeTimeout.ts";
import { type Thread, ThreadTimeout } from "./callThread.ts";

/** The door for values set by hand, from outside the writer's thread. */
export function createThreadedManualTags(thread: Thread, timeoutMs: number): Pick<ManualTags, "run"> {
  return {
    run: async command => {
      try {
        return await thread.call<ManualTagOutcome>("manualTags", command, timeoutMs);
      } catch (error) {
        if (!(error instanceof ThreadTimeout)) throw error;
        throw new IntakeTimeout(
          `no answer within ${timeoutMs} ms; it may or may not be done: ask again with the same request or proposal id, nothing is done twice`,
          { cause: error },
        );
      }
    },
  };
}
