import type { Range } from "../../projections/readModels.ts";
import { textKey } from "./keyFormat.ts";
import type { Page } from "./page.ts";
import { paginate } from "./paginate.ts";
import type { PagingArgs } from "./pagingArgs.ts";

/** What read models hold: never changed, only replaced. */
type Items<Item> = readonly Item[] | Readonly<Record<string, Item>>;

/**
 * A page of a bounded list that is in memory already, in the order of its keys' code units. `name` tells the list from
 * every other one; `keyOf` must be unique in it, and the same for the same items.
 */
export function embeddedPage<Item>(
  name: string,
  items: Items<Item>,
  keyOf: (item: Item) => string,
  args: PagingArgs,
): Page<Item> {
  const ordered = inKeyOrder(items, keyOf);
  const fetch = ({ after, before, direction, limit }: Range<string>) => {
    const between =
      after === undefined && before === undefined
        ? ordered
        : ordered.filter(item => {
            const key = keyOf(item);
            return (after === undefined || key > after) && (before === undefined || key < before);
          });
    return (direction === "forward" ? between : between.toReversed()).slice(0, limit);
  };
  return paginate({ name, format: textKey, keyOf, fetch }, args, ordered.length) as Page<Item>;
}

const sorted = new WeakMap<object, readonly unknown[]>();

/** Records are sorted once: a profile is remembered for longer than a request, and asked for again and again. */
function inKeyOrder<Item>(items: Items<Item>, keyOf: (item: Item) => string): readonly Item[] {
  if (isList(items)) return sortedByKey(items, keyOf);
  let ordered = sorted.get(items) as readonly Item[] | undefined;
  if (ordered === undefined) {
    ordered = sortedByKey(Object.values(items), keyOf);
    sorted.set(items, ordered);
  }
  return ordered;
}

function sortedByKey<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  if (items.length < 2) return items;
  const keyed = items.map(item => ({ key: keyOf(item), item }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}

const isList = <Item>(items: Items<Item>): items is readonly Item[] => Array.isArray(items);
