import { registerEnumType } from "type-graphql";
import { type KeysetList, reversed } from "./keysetList.ts";

export const ListOrder = { OLDEST_FIRST: "oldest", NEWEST_FIRST: "newest" } as const;
export type ListOrder = (typeof ListOrder)[keyof typeof ListOrder];

registerEnumType(ListOrder, {
  name: "ListOrder",
  description: "Which way a list in time runs. Cursors hold in both.",
  valuesConfig: {
    OLDEST_FIRST: { description: "From the earliest on." },
    NEWEST_FIRST: { description: "From the latest back." },
  },
});

export const orderOption = {
  defaultValue: ListOrder.OLDEST_FIRST,
  description: "Which way the list runs.",
};

export const ordered = <Key, Item>(list: KeysetList<Key, Item>, order: ListOrder): KeysetList<Key, Item> =>
  order === ListOrder.NEWEST_FIRST ? reversed(list) : list;
