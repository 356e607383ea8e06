/** A set of rows, a bit each, that takes no memory while it is empty. */
export type RowSet = {
  readonly has: (row: number) => boolean;
  readonly set: (row: number, present: boolean) => void;
  readonly count: () => number;
  readonly clear: () => void;
  /** The lowest rows of it, ascending. */
  readonly first: (limit: number) => readonly number[];
};

export function createRowSet(): RowSet {
  let words = new Uint32Array(0);
  let count = 0;
  const reach = (word: number): void => {
    if (word < words.length) return;
    const larger = new Uint32Array(Math.max(1024, words.length * 2, word + 1));
    larger.set(words);
    words = larger;
  };
  return {
    has: row => (((words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1,
    set: (row, present) => {
      const word = row >>> 5;
      const bit = 1 << (row & 31);
      const there = ((words[word] ?? 0) & bit) !== 0;
      if (there === present) return;
      reach(word);
      words[word] = (words[word] as number) ^ bit;
      count += present ? 1 : -1;
    },
    count: () => count,
    clear: () => {
      words = new Uint32Array(0);
      count = 0;
    },
    first: limit => {
      const rows: number[] = [];
      for (let word = 0; word < words.length && rows.length < limit; word += 1)
        for (let bits = words[word] as number; bits !== 0 && rows.length < limit; bits &= bits - 1)
          rows.push(word * 32 + (31 - Math.clz32(bits & -bits)));
      return rows;
    },
  };
}
