/** Columns of another file of the extract, by key. */
export type Lookup = {
  readonly name: string;
  readonly file: string;
  readonly key: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyMap<string, LookupRow>;
};

/** A key whose rows disagree gives no answer: picking one of them would be a guess. */
export type LookupRow = readonly string[] | "ambiguous";

export function addLookupRow(rows: Map<string, LookupRow>, key: string, values: readonly string[]): void {
  const known = rows.get(key);
  if (known === undefined) rows.set(key, values);
  else if (known !== "ambiguous" && known.some((value, index) => value !== values[index])) rows.set(key, "ambiguous");
}
