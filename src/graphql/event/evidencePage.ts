import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { MaybePromise, Range } from "../../projections/readModels.ts";
import { numberKey } from "../connection/keyFormat.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import type { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { cursorInvalid } from "../errors.ts";
import { eventAt } from "./eventAt.ts";

/** A page of the events that something is made of, in the order of their positions' list. `name` tells it from every other list. */
export function evidencePage(
  context: RequestContext,
  name: string,
  positions: readonly Position[],
  paging: PagingArgs,
): MaybePromise<Page<RecordedEvent>> {
  const fetch = async ({ after, before, direction, limit }: Range<Position>) => {
    const start = after === undefined ? 0 : placeOf(positions, after, "after") + 1;
    const end = before === undefined ? positions.length : placeOf(positions, before, "before");
    const chosen =
      direction === "forward"
        ? positions.slice(start, Math.min(end, start + limit))
        : positions.slice(Math.max(start, end - limit), Math.max(start, end)).toReversed();
    return Promise.all(chosen.map(position => eventAt(context, position)));
  };
  const keyOf = ({ position }: RecordedEvent) => position;
  return paginate({ name, format: numberKey, keyOf, fetch }, paging, positions.length);
}

function placeOf(positions: readonly Position[], position: Position, argument: string): number {
  const place = positions.indexOf(position);
  if (place === -1) throw cursorInvalid(argument);
  return place;
}
