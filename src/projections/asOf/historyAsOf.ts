import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { LogReader } from "../../domain/eventLog.ts";
import type { CustomerId } from "../../domain/ids.ts";
import type { CustomerGroup } from "../identity/customerGroup.ts";
import { historyOf } from "../identity/identityChange.ts";
import { createHistory } from "../tags/history/customerHistory.ts";
import { tellMerges, tellSpeaker } from "../tags/history/groupTables.ts";
import type { History } from "../tags/history/history.ts";
import { takeEvent } from "../tags/history/takeEvent.ts";
import { keepRefreshed } from "../tags/stage/refreshedRows.ts";
import { hear, heard } from "../tags/stage/relationTelling.ts";

type Sources = {
  readonly log: Pick<LogReader, "readStream" | "findById">;
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
  /**
   * Those that are stored of the group's members, each its own, whoever stands for it today: what others said of a member, and what
   * refreshes found for it, stands nowhere else.
   */
  readonly stored: ReadonlyMap<CustomerId, History>;
};

/**
 * The history of a customer whose group was another one at a position than it is today (merged or split since), from the
 * streams of the members it had then. Rejects with StorageFailure.
 */
export async function historyAsOf(
  { log, upcast, stored }: Sources,
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
  for (const member of members) {
    const own = stored.get(member);
    if (own === undefined) continue;
    if (member === survivor) keepRefreshed(own, history);
    for (const fact of heard(own)) hear(history, fact);
  }
  return history;
}
