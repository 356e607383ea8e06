import type { AppendOutcome, AppendRequest } from "../domain/eventLog.ts";
import { IntakeTimeout } from "../intake/intakeTimeout.ts";
import { type Thread, ThreadTimeout } from "./callThread.ts";

/** Writes events of our own through the writer's thread. Rejects with StorageFailure, or IntakeTimeout: outcome unknown. */
export function createThreadedAppend(
  thread: Pick<Thread, "call">,
  timeoutMs: number,
): (requests: readonly AppendRequest[]) => Promise<AppendOutcome[]> {
  return requests => answered(thread.call<AppendOutcome[]>("append", requests, timeoutMs), timeoutMs);
}

/** The same for the texts of pending rows. */
export function createThreadedAppendPending(
  thread: Pick<Thread, "call">,
  timeoutMs: number,
): (text: string) => Promise<AppendOutcome[]> {
  return text => answered(thread.call<AppendOutcome[]>("appendPending", null, timeoutMs, text), timeoutMs);
}

async function answered(outcomes: Promise<AppendOutcome[]>, timeoutMs: number): Promise<AppendOutcome[]> {
  try {
    return await outcomes;
  } catch (error) {
    if (!(error instanceof ThreadTimeout)) throw error;
    throw new IntakeTimeout(
      `the log gave no answer within ${timeoutMs} ms; what was asked for may or may not be recorded: ask again, what is recorded already will not be recorded twice`,
      { cause: error },
    );
  }
}
