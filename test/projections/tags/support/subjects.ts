import type { RecordedEvent } from "../../../../src/domain/event.ts";
import type { CustomerId } from "../../../../src/domain/ids.ts";
import type { TagSubject } from "../../../../src/projections/tags/evaluation/evaluateTag.ts";
import { createHistory } from "../../../../src/projections/tags/history/customerHistory.ts";
import type { History } from "../../../../src/projections/tags/history/history.ts";
import { takeEvent } from "../../../../src/projections/tags/history/takeEvent.ts";
import { adaId } from "../../support/facts.ts";

/** A history that facts are told to as the engine tells them: with the fact they correct, where that came before. */
export type ToldHistory = { readonly history: History; readonly tell: (event: RecordedEvent) => void };

export function toldHistory(events: readonly RecordedEvent[] = []): ToldHistory {
  const history = createHistory();
  const told = new Map<string, RecordedEvent>();
  const tell = (event: RecordedEvent): void => {
    takeEvent(history, event, event.corrects === null ? null : (told.get(event.corrects) ?? null));
    told.set(event.eventId, event);
  };
  for (const event of events) tell(event);
  return { history, tell };
}

export const subjectOf = (history: History, customerId: CustomerId = adaId): TagSubject => ({
  customerId,
  history,
  related: () => null,
});

/** Ada, of whom these facts are known. */
export const adaWith = (events: readonly RecordedEvent[]): TagSubject => subjectOf(toldHistory(events).history);

export const everything = Number.POSITIVE_INFINITY;
