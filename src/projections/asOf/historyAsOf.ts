import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { LogReader } from "../../domain/eventLog.ts";
import type { CustomerGroup } from "../identity/customerGroup.ts";
import { historyOf } from "../identity/identityChange.ts";
import { createHistory } from "../tags/customerHistory.ts";
import { tellMerges, tellSpeaker } from "../tags/groupTables.ts";
import type { History } from "../tags/history.ts";
import { keepRefreshed } from "../tags/refreshedRows.ts";
import { hear, heard } from "../tags/relationTelling.ts";
import { takeEvent } from "../tags/takeEvent.ts";

type Sources = {
  readonly log: Pick<LogReader, "readStream" | "findById">;
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
  /** The stored histories in which facts of the group's members count today: what others said of them stands there. */
  readonly stored: readonly History[];
  /** The stored history of the one who stood for the group then, whoever stands for it today: what refreshes found is kept there. */
  readonly own: History | null;
};

/**
 * The history of a customer whose group was another one at a position than it is today (merged or split since), from the
 * streams of the members it had then. Rejects with StorageFailure.
 */
export async function historyAsOf(
  { log, upcast, stored, own }: Sources,
  { survivor, members, merges }: CustomerGroup,
  known: Position,
): Promise<History> {
  const { events, originals } = await historyOf(log, members, known);
  const history = createHistory();
  for (const event of events) {
    const original = event.corrects === null ? undefined : originals.get(event.corrects);
    const isEarlier = original !== undefined && original.position < event.position;
    takeEvent(history, upcast(event), isEarlier ? upcast(original) : null);
  }
  for (const event of events) tellSpeaker(history, survivor, event);
  tellMerges(
    history,
    merges.map(merge => {
      const { occurredAt } = events.find(({ position }) => position === merge.position) as RecordedEvent;
      return { ...merge, occurredAt };
    }),
  );
  if (own !== null) keepRefreshed(own, history);
  for (const member of members)
    for (const other of stored) for (const fact of heard(other, member)) hear(history, member, fact);
  return history;
}
