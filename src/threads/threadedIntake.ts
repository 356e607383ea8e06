import type { FactOutcome, Intake, QuarantineOutcome } from "../intake/fact.ts";
import { IntakeTimeout } from "../intake/intakeTimeout.ts";
import { type Thread, ThreadTimeout } from "./callThread.ts";

/** The door, from outside its thread. Rejects with StorageFailure, or IntakeTimeout when no answer came in `timeoutMs`. */
export function createThreadedIntake(thread: Thread, timeoutMs: number): Intake {
  const call = async <Answer>(name: string, argument: unknown): Promise<Answer> => {
    try {
      return await thread.call<Answer>(name, argument, timeoutMs);
    } catch (error) {
      if (!(error instanceof ThreadTimeout)) throw error;
      throw new IntakeTimeout(
        `the intake gave no answer within ${timeoutMs} ms; the facts may or may not be stored: send the same again, what is stored already will be a duplicate`,
        { cause: error },
      );
    }
  };
  return {
    submit: (batch, context) => call<FactOutcome[]>("submit", { batch, context }),
    settle: command => call<QuarantineOutcome>("settle", command),
  };
}
