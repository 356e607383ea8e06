/**
 * What is at stake by flip (`flipOf`): from `starts[flip]` up to `starts[flip + 1]` the `items` are `rank * 2`, with 1 added where the
 * segment can only be entered by it, else only left. Two long arrays, because thousands of short ones fit into no cache.
 */
export type Stakes = { readonly starts: Int32Array; readonly items: Int32Array };

export function stakesOf(
  leaves: readonly { readonly up: readonly number[]; readonly down: readonly number[] }[],
): Stakes {
  const starts = [0];
  const items: number[] = [];
  for (const { up, down } of leaves)
    for (const [entered, left] of [
      [down, up],
      [up, down],
    ] as const) {
      for (const rank of entered) items.push(rank * 2 + 1);
      for (const rank of left) items.push(rank * 2);
      starts.push(items.length);
    }
  return { starts: Int32Array.from(starts), items: Int32Array.from(items) };
}
