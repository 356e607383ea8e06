import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { numberKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import { type ListOrder, ordered } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import type { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";

/** A page of the events of a definition's stream, up to what the answer reflects. */
export function definitionEvents(
  context: RequestContext,
  stream: string,
  paging: PagingArgs,
  order: ListOrder,
): MaybePromise<Page<RecordedEvent>> {
  const end = context.session().position + 1;
  const list: KeysetList<Position, RecordedEvent> = {
    name: `definition-events:${stream}`,
    format: numberKey,
    keyOf: ({ position }) => position,
    fetch: ({ before = end, ...range }) =>
      context.backend.log.read({ stream, ...range, before: Math.min(before, end) }),
  };
  return paginate(ordered(list, order), paging);
}
