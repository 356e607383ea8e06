import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { LogReader } from "../../domain/eventLog.ts";
import type { CustomerGroup } from "../identity/customerGroup.ts";
import { historyOf } from "../identity/identityChange.ts";
import { createHistory } from "../tags/customerHistory.ts";
import type { History } from "../tags/history.ts";
import { hear, heard } from "../tags/relationTelling.ts";
import { takeEvent } from "../tags/takeEvent.ts";

type Sources = {
  readonly log: Pick<LogReader, "readStream" | "findById">;
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
  /** The stored histories in which facts of the group's members count today: what others said of them stands there. */
  readonly stored: readonly History[];
};

/**
 * The history of a customer whose group was another one at a position than it is today (merged or split since), from the
 * streams of the members it had then. What refreshes found then is not in it. Rejects with StorageFailure.
 */
export async function historyAsOf(
  { log, upcast, stored }: Sources,
  { members }: CustomerGroup,
  known: Position,
): Promise<History> {
  const { events, originals } = await historyOf(log, members, known);
  const history = createHistory();
  for (const event of events) {
    const original = event.corrects === null ? undefined : originals.get(event.corrects);
    const isEarlier = original !== undefined && original.position < event.position;
    takeEvent(history, upcast(event), isEarlier ? upcast(original) : null);
  }
  for (const member of members)
    for (const other of stored) for (const fact of heard(other, member)) hear(history, member, fact);
  return history;
}
