import type { MaybePromise, Range } from "../../projections/readModels.ts";
import type { KeyFormat } from "./keyFormat.ts";

/** A list that can be read from any key on, in both directions. `name` tells it from every other list: cursors carry it. */
export type KeysetList<Key, Item> = {
  readonly name: string;
  readonly format: KeyFormat<Key>;
  readonly keyOf: (item: Item) => Key;
  readonly fetch: (range: Range<Key>) => MaybePromise<readonly Item[]>;
};

/** The same list and the same cursors, walked from the other end. */
export const reversed = <Key, Item>(list: KeysetList<Key, Item>): KeysetList<Key, Item> => ({
  ...list,
  fetch: ({ after, before, direction, limit }) =>
    list.fetch({
      ...(before !== undefined && { after: before }),
      ...(after !== undefined && { before: after }),
      direction: direction === "forward" ? "backward" : "forward",
      limit,
    }),
});
