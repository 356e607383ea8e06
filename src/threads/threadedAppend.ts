import type { AppendOutcome, AppendRequest } from "../domain/eventLog.ts";
import { IntakeTimeout } from "../intake/intakeTimeout.ts";
import { type Thread, ThreadTimeout } from "./callThread.ts";

/** Writes events of our own through the writer's thread. Rejects with StorageFailure, or IntakeTimeout: outcome unknown. */
export function createThreadedAppend(
  thread: Pick<Thread, "call">,
  timeoutMs: number,
): (requests: readonly AppendRequest[]) => Promise<AppendOutcome[]> {
  return async requests => {
    try {
      return await thread.call<AppendOutcome[]>("append", requests, timeoutMs);
    } catch (error) {
      if (!(error instanceof ThreadTimeout)) throw error;
      throw new IntakeTimeout(
        `the log gave no answer within ${timeoutMs} ms; what was asked for may or may not be recorded: ask again, what is recorded already will not be recorded twice`,
        { cause: error },
      );
    }
  };
}
