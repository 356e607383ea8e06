import { Page } from "../../connection/page.ts";

/**
 * A page of a list that was looked through only so far: it may be shorter than was asked for though there is more, and goes on
 * after the last entry that was looked at, not the last that was found.
 */
export class SearchedPage<Item> extends Page<Item> {
  readonly #lookedAt: string | null;

  constructor(
    nodes: readonly Item[],
    more: { readonly next: boolean; readonly previous: boolean },
    cursorOf: (item: Item) => string,
    lookedAt: string | null,
  ) {
    super(nodes, more.next, more.previous, cursorOf);
    this.#lookedAt = lookedAt;
  }

  override get endCursor(): string | null {
    return this.#lookedAt ?? super.endCursor;
  }
}
