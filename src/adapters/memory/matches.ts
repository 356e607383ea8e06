import type { LogQuery } from "../../domain/eventLog.ts";
import type { EventPlace } from "../eventFormat/chain.ts";

/** Whether a stored event is one that the query asks for, paging aside. */
export function matches(event: EventPlace, query: LogQuery): boolean {
  const { occurred, recorded } = query;
  return (
    event.position > (query.after ?? 0) &&
    event.position < (query.before ?? Number.POSITIVE_INFINITY) &&
    (query.stream === undefined || event.stream === query.stream) &&
    (query.types === undefined || query.types.includes(event.type)) &&
    (query.source === undefined || event.source === query.source) &&
    (query.correlationId === undefined || event.correlationId === query.correlationId) &&
    (query.actor === undefined || (event.actor.kind === query.actor.kind && event.actor.id === query.actor.id)) &&
    within(event.occurredAt, occurred) &&
    within(event.recordedAt, recorded)
  );
}

const within = (at: number, span: { readonly from?: number; readonly to?: number } | undefined): boolean =>
  span === undefined || ((span.from === undefined || at >= span.from) && (span.to === undefined || at < span.to));
