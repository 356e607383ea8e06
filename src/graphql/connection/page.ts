import { encodeCursor } from "./cursor.ts";
import type { KeysetList } from "./keysetList.ts";

type Edge<Item> = { readonly node: Item; readonly cursor: string };

/**
 * The value behind every connection type. Edges and cursors are made only when a query asks for them; most ask for
 * nodes. A class because compiled queries read plain properties and getters, nothing else.
 */
export class Page<Item> {
  readonly #cursorOf: (item: Item) => string;
  #edges: readonly Edge<Item>[] | null = null;

  constructor(
    readonly nodes: readonly Item[],
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
    cursorOf: (item: Item) => string,
    /** Known only where the list is counted. */
    readonly totalCount: number | null = null,
  ) {
    this.#cursorOf = cursorOf;
  }

  get edges(): readonly Edge<Item>[] {
    this.#edges ??= this.nodes.map(node => ({ node, cursor: this.#cursorOf(node) }));
    return this.#edges;
  }

  get pageInfo(): this {
    return this;
  }

  get startCursor(): string | null {
    return this.nodes.length === 0 ? null : this.#cursorOf(this.nodes[0]!);
  }

  get endCursor(): string | null {
    return this.nodes.length === 0 ? null : this.#cursorOf(this.nodes.at(-1)!);
  }
}

export const pageOf = <Key, Item>(
  list: KeysetList<Key, Item>,
  nodes: readonly Item[],
  more: { readonly next: boolean; readonly previous: boolean },
  totalCount: number | null = null,
): Page<Item> => new Page(nodes, more.next, more.previous, item => encodeCursor(list, item), totalCount);
