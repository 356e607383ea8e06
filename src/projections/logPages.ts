import type { Position, RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import type { EventId } from "../domain/ids.ts";
import type { Checkpoint } from "./readModelStore.ts";

/** The log skipped or repeated a position. Going on would lose an event in silence, so nothing goes on. */
export class LogGap extends Error {
  override readonly name = "LogGap";
  readonly code = "LOG_GAP";
}

/** The read models were built from another log, or this log lost its end: they must be rebuilt, not continued. */
export class ForeignReadModels extends Error {
  override readonly name = "ForeignReadModels";
  readonly code = "READ_MODELS_FOREIGN";
}

/** The folds take nothing personal from facts of these types: what they show of them is read from the event when asked. */
export const leftSealed: readonly string[] = [
  "transaction-posted",
  "transaction-reversed",
  "balance-reported",
  "behaviour-observed",
  "complaint-recorded",
  "call-recorded",
  "campaign-contacted",
  "delivery-reported",
  "campaign-responded",
  "account-closed",
  "consent-withdrawn",
  "relationship-ended",
  "identity-merged",
  "identity-split",
];

/** The events after a position, none missing; personal values of `leftSealed` types may be missing. */
export async function nextPage(
  log: Pick<LogReader, "read">,
  after: Position,
  limit: number,
  until: Position | undefined,
): Promise<RecordedEvent[]> {
  const page = await log.read({
    after,
    limit,
    leaveSealed: leftSealed,
    ...(until === undefined ? {} : { before: until + 1 }),
  });
  let due = after + 1;
  for (const { position } of page) {
    if (position !== due)
      throw new LogGap(`the log gave event ${position} where ${due} was due; verify the log before going on`);
    due += 1;
  }
  return page;
}

/** The events that these reverse or correct, by event id, as far as the log holds them by now. */
export async function originalsOf(
  log: Pick<LogReader, "findById">,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, RecordedEvent>> {
  const wanted = new Set<EventId>();
  for (const { corrects } of events) if (corrects !== null) wanted.add(corrects);
  const originals = new Map<string, RecordedEvent>();
  if (wanted.size === 0) return originals;
  for (const original of await log.findById([...wanted]))
    if (original !== null) originals.set(original.eventId, original);
  return originals;
}

/** Throws ForeignReadModels unless the log still holds the very event at which the rows stand. */
export async function assertSameLog(log: Pick<LogReader, "readAt">, { position, hash }: Checkpoint): Promise<void> {
  const [event] = await log.readAt([position]);
  if (event?.hash === hash) return;
  throw new ForeignReadModels(
    `the read models stand at position ${position}, but the log ${event ? "holds another event there" : "ends before it"}; rebuild them`,
  );
}
