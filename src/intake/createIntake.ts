import type { LogReader, LogWriter } from "../domain/eventLog.ts";
import type { Instant } from "../domain/instant.ts";
import type { FactCatalogue } from "./catalogue.ts";
import { sourceFault } from "./checkEnvelope.ts";
import type { Intake } from "./fact.ts";
import { idSecret } from "./identify.ts";
import { oneAtATime } from "./oneAtATime.ts";
import { settleFact } from "./settleFact.ts";
import { submitFacts } from "./submitFacts.ts";
import { createWhereabouts } from "./whereabouts.ts";

export type IntakeParts = {
  readonly writer: LogWriter;
  readonly reader: Pick<LogReader, "findById">;
  readonly catalogue: FactCatalogue;
  /** Secret of this log (32 bytes) that ids are derived under; with another one every customer would be a new one. */
  readonly secret: Uint8Array;
  readonly now: () => Instant;
  /** How far ahead of now a fact may have occurred, in milliseconds. */
  readonly maxFutureMs?: number;
};

export const defaultMaxFutureMs = 24 * 60 * 60 * 1000;

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
}: IntakeParts): Intake {
  const key = idSecret(secret);
  const parts = {
    writer,
    reader,
    catalogue,
    secret: key,
    now,
    maxFutureMs,
    whereabouts: createWhereabouts(writer, key),
  };
  const inTurn = oneAtATime();
  return {
    submit: async (batch, context) => {
      const fault = sourceFault(context.source);
      if (fault !== null) throw new TypeError(`the batch's source ${fault.message}`);
      return inTurn(() => submitFacts(batch, context, parts));
    },
    settle: command => inTurn(() => settleFact(command, parts)),
  };
}
