/** Rows by ascending (key, row), in chunks, so that a hundred thousand of them are still cheap to change. */
export type RankedRows = {
  readonly size: () => number;
  readonly insert: (key: number, row: number) => void;
  /** The entry has to be there. */
  readonly remove: (key: number, row: number) => void;
  readonly first: () => Ranked | null;
  readonly last: () => Ranked | null;
};
export type Ranked = { readonly key: number; readonly row: number };

export const ranksBefore = (a: Ranked, b: Ranked): boolean => a.key < b.key || (a.key === b.key && a.row < b.row);

const chunkLimit = 512;

export function createRankedRows(ascending: readonly Ranked[]): RankedRows {
  const chunks: Ranked[][] = [];
  for (let from = 0; from < ascending.length; from += chunkLimit / 2)
    chunks.push(ascending.slice(from, from + chunkLimit / 2));
  let size = ascending.length;

  /** The first chunk whose last entry does not rank before this one. */
  const chunkFor = (entry: Ranked): number => {
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ranksBefore((chunks[middle] as Ranked[]).at(-1) as Ranked, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const placeIn = (chunk: readonly Ranked[], entry: Ranked): number => {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ranksBefore(chunk[middle] as Ranked, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    size: () => size,
    insert: (key, row) => {
      const entry = { key, row };
      const at = Math.min(chunkFor(entry), chunks.length - 1);
      size += 1;
      if (at < 0) {
        chunks.push([entry]);
        return;
      }
      const chunk = chunks[at] as Ranked[];
      chunk.splice(placeIn(chunk, entry), 0, entry);
      if (chunk.length > chunkLimit) chunks.splice(at + 1, 0, chunk.splice(chunkLimit / 2));
    },
    remove: (key, row) => {
      const entry = { key, row };
      const at = chunkFor(entry);
      const chunk = chunks[at];
      const place = chunk === undefined ? -1 : placeIn(chunk, entry);
      if (chunk?.[place]?.row !== row) throw new Error(`row ${row} is not ranked at ${key}`);
      chunk.splice(place, 1);
      if (chunk.length === 0) chunks.splice(at, 1);
      size -= 1;
    },
    first: () => chunks[0]?.[0] ?? null,
    last: () => chunks.at(-1)?.at(-1) ?? null,
  };
}
