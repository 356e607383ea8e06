import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { RequestContext } from "../context.ts";

/** The event that a read model points at. One that is not there means a damaged log or a wrong read model, never "nothing". */
export async function eventAt(context: RequestContext, position: Position): Promise<RecordedEvent> {
  const event = await context.loaders().eventAt.load(position);
  if (event === null) throw new Error(`a read model points at position ${position}, where the log has no event`);
  return event;
}
