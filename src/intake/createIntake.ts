import { type IdentityPolicy, noIdentityPolicy } from "../domain/customer/identityPolicy.ts";
import type { LogReader, LogWriter } from "../domain/eventLog.ts";
import type { Instant } from "../domain/instant.ts";
import type { FactCatalogue } from "./catalogue.ts";
import { sourceFault } from "./checkEnvelope.ts";
import { createDuplicateTally } from "./duplicateTally.ts";
import type { FactOutcome, Intake } from "./fact.ts";
import { idSecret } from "./identify.ts";
import { createIdentityBook } from "./identityBook.ts";
import { oneAtATime } from "./oneAtATime.ts";
import { settleFact } from "./settleFact.ts";
import { type Submission, submitFacts } from "./submitFacts.ts";
import { createWhereabouts } from "./whereabouts.ts";

export type IntakeParts = {
  readonly writer: LogWriter;
  readonly reader: Pick<LogReader, "findById" | "read" | "readStream">;
  readonly catalogue: FactCatalogue;
  /** Secret of this log (32 bytes) that ids are derived under; with another one every customer would be a new one. */
  readonly secret: Uint8Array;
  readonly now: () => Instant;
  /** How far ahead of now a fact may have occurred, in milliseconds. */
  readonly maxFutureMs?: number;
  /** Limits and blocked values of ids. */
  readonly policy?: IdentityPolicy;
};

export const defaultMaxFutureMs = 24 * 60 * 60 * 1000;

export type GroupingIntake = Intake & {
  /** Several batches in one durable commit; answers in the same order. One fails only when all do. */
  readonly submitAll: (submissions: readonly Submission[]) => Promise<FactOutcome[][]>;
  /** Writes down how many facts came again since the last time, which leave no event otherwise; whether there were any. */
  readonly observe: () => Promise<boolean>;
};

/**
 * The door, in the thread of the log's writer. Batches and settlements go through one at a time: what one decides on is
 * what the log holds when it writes. Throws TypeError for a batch context that names no usable source.
 */
export function createIntake({
  writer,
  reader,
  catalogue,
  secret,
  now,
  maxFutureMs = defaultMaxFutureMs,
  policy = noIdentityPolicy,
}: IntakeParts): GroupingIntake {
  const key = idSecret(secret);
  const duplicates = createDuplicateTally();
  const parts = {
    writer,
    reader,
    catalogue,
    secret: key,
    now,
    maxFutureMs,
    duplicates,
    whereabouts: createWhereabouts(writer, key),
    identities: createIdentityBook(reader, policy),
  };
  const inTurn = oneAtATime();
  const submitAll = async (submissions: readonly Submission[]): Promise<FactOutcome[][]> => {
    for (const { context } of submissions) {
      const fault = sourceFault(context.source);
      if (fault !== null) throw new TypeError(`the batch's source ${fault.message}`);
    }
    return inTurn(() => submitFacts(submissions, parts));
  };
  const observe = async (): Promise<boolean> => {
    const requests = duplicates.requests(now());
    if (requests.length === 0) return false;
    writer.append(requests, now());
    duplicates.recorded();
    return true;
  };
  return {
    submitAll,
    observe: () => inTurn(observe),
    submit: async (batch, context) => (await submitAll([{ batch, context }]))[0] as FactOutcome[],
    settle: command => inTurn(() => settleFact(command, parts)),
  };
}
