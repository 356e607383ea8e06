import type { MaybePromise } from "../../projections/readModels.ts";
import { whenReady } from "../maybePromise.ts";
import { decodeCursor } from "./cursor.ts";
import type { KeysetList } from "./keysetList.ts";
import { type Page, pageOf } from "./page.ts";
import { defaultPageSize, type PagingArgs, pageSize } from "./pagingArgs.ts";

/**
 * One page by the rules of the GraphQL Cursor Connections Specification. Reads one item more than asked for to know
 * whether there is a next page. Throws BAD_USER_INPUT and CURSOR_INVALID.
 */
export function paginate<Key, Item>(
  list: KeysetList<Key, Item>,
  args: PagingArgs,
  totalCount: number | null = null,
): MaybePromise<Page<Item>> {
  const first = pageSize("first", args.first);
  const last = pageSize("last", args.last);
  const after = args.after == null ? undefined : decodeCursor(list, args.after, "after");
  const before = args.before == null ? undefined : decodeCursor(list, args.before, "before");
  const backward = last !== undefined && first === undefined;
  const size = backward ? last : (first ?? defaultPageSize);

  const fetched = list.fetch({
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
    direction: backward ? "backward" : "forward",
    limit: size + 1,
  });
  return whenReady(fetched, items => {
    const more = items.length > size;
    const kept = more ? items.slice(0, size) : items;
    if (backward) return pageOf(list, kept.toReversed(), { next: before !== undefined, previous: more }, totalCount);
    if (last !== undefined)
      return pageOf(
        list,
        kept.slice(Math.max(0, kept.length - last)),
        { next: more, previous: kept.length > last },
        totalCount,
      );
    const cutShort = first === undefined && before !== undefined;
    return pageOf(list, kept, { next: more || cutShort, previous: after !== undefined }, totalCount);
  });
}
