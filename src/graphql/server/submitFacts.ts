import { StorageFailure } from "../../domain/eventLog.ts";
import type { BatchContext, FactBatch, FactOutcome, Intake } from "../../intake/fact.ts";
import { late, within } from "./deadline.ts";

/** Why a batch has no outcomes. `unknown` outcome: it may or may not be stored; sending it again is always safe. */
export type NotSubmitted = {
  readonly kind: "notSubmitted";
  readonly code: string;
  readonly message: string;
  readonly outcome: "notStored" | "unknown";
  /** Anything but a broken or busy store: a bug, to be logged. */
  readonly unexpected: unknown;
};

/** Hands facts to the intake; a broken or late store is an answer to be told to the client, not an exception. */
export async function submitFacts(
  intake: Intake,
  batch: FactBatch,
  context: BatchContext,
  timeoutMs: number,
): Promise<readonly FactOutcome[] | NotSubmitted> {
  return storedOrNot(intake.submit(batch, context), timeoutMs);
}

/** The outcomes that a door promised, or why there are none. */
export async function storedOrNot<Outcome>(
  promised: Promise<readonly Outcome[]>,
  timeoutMs: number,
): Promise<readonly Outcome[] | NotSubmitted> {
  try {
    const outcomes = await within(promised, timeoutMs);
    return outcomes === late ? timedOut(`no answer within ${timeoutMs} ms`) : outcomes;
  } catch (error) {
    if (error instanceof StorageFailure)
      return { kind: "notSubmitted", code: error.code, message: error.message, outcome: "notStored", unexpected: null };
    if (error instanceof Error && error.name === "IntakeTimeout") return timedOut(error.message);
    return {
      kind: "notSubmitted",
      code: "INTERNAL",
      message: "The facts could not be taken; the server's log has the reason. Send them again.",
      outcome: "unknown",
      unexpected: error,
    };
  }
}

const timedOut = (reason: string): NotSubmitted => ({
  kind: "notSubmitted",
  code: "INTAKE_TIMEOUT",
  message: `The facts may or may not be stored (${reason}). Send them again: what is stored answers as a duplicate.`,
  outcome: "unknown",
  unexpected: null,
});
