import type { RecordedEvent } from "../../../domain/event.ts";
import { endedType } from "../../customer/endedType.ts";
import type { History } from "./history.ts";

/**
 * Takes one event of the customer, in log order and newest schema version, into its history: the fact itself, and the end of
 * the fact that it reverses or corrects. `original`: the event that `corrects` names, if it stands earlier in the log.
 * A `transaction-reversed` ends a transaction; any other fact ends one of its own type. What it names beyond that stays as it was.
 */
export function takeEvent(history: History, event: RecordedEvent, original: RecordedEvent | null): void {
  history.add(event);
  if (event.corrects === null) return;
  const ended = endedType(event.type);
  if (original === null) history.endEarly(ended, event.corrects, event.position);
  else if (original.type === ended && isOf(history, event, original))
    history.end(ended, original.occurredAt, original.position, event.position);
}

/** A customer that others were merged into has facts of several streams. */
function isOf(history: History, event: RecordedEvent, original: RecordedEvent): boolean {
  if (original.stream === event.stream) return true;
  const table = history.table(original.type);
  if (table === null) return false;
  for (let row = table.indexAfter(original.occurredAt) - 1; row >= 0; row -= 1) {
    if (table.occurredAt(row) !== original.occurredAt) return false;
    if (table.position(row) === original.position) return true;
  }
  return false;
}
