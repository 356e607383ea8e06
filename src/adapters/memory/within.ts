import type { Range } from "../../projections/readModels.ts";

export const mapRange = <From, To>({ after, before, ...rest }: Range<From>, to: (key: From) => To): Range<To> => ({
  ...rest,
  ...(after === undefined ? {} : { after: to(after) }),
  ...(before === undefined ? {} : { before: to(before) }),
});

/** `rows` in ascending order; a row serves as its own key. */
export function within<Key, Row extends Key>(
  rows: readonly Row[],
  { after, before, direction, limit }: Range<Key>,
  compare: (a: Key, b: Key) => number,
): Row[] {
  const between = rows.filter(
    row => (after === undefined || compare(row, after) > 0) && (before === undefined || compare(row, before) < 0),
  );
  return (direction === "forward" ? between : between.reverse()).slice(0, limit);
}
