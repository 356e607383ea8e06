import type { Range } from "../../projections/readModels.ts";
import { textKey } from "./keyFormat.ts";
import type { Page } from "./page.ts";
import { paginate } from "./paginate.ts";
import type { PagingArgs } from "./pagingArgs.ts";

/**
 * A page of a bounded list that is in memory already, in the order of its keys' code units. `name` tells the list from
 * every other one; `keyOf` must be unique in it.
 */
export function embeddedPage<Item>(
  name: string,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  args: PagingArgs,
): Page<Item> {
  const fetch = ({ after, before, direction, limit }: Range<string>) => {
    const ordered = sortedByKey(items, keyOf);
    const between =
      after === undefined && before === undefined
        ? ordered
        : ordered.filter(item => {
            const key = keyOf(item);
            return (after === undefined || key > after) && (before === undefined || key < before);
          });
    return (direction === "forward" ? between : between.toReversed()).slice(0, limit);
  };
  return paginate({ name, format: textKey, keyOf, fetch }, args, items.length) as Page<Item>;
}

/** Most lists come in order already; a look is cheaper than a sort. */
function sortedByKey<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  for (let at = 1; at < items.length; at++)
    if (keyOf(items[at - 1]!) > keyOf(items[at]!))
      return items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
  return items;
}
