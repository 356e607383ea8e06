/** How the sort key of a list stands in a cursor. `decode` gives null for anything `encode` cannot have written. */
export type KeyFormat<Key> = {
  readonly encode: (key: Key) => string;
  readonly decode: (text: string) => Key | null;
};

export const textKey: KeyFormat<string> = { encode: key => key, decode: text => text };

export const numberKey: KeyFormat<number> = { encode: String, decode: integer };

/** A key of several integers, compared in the order of `fields`. */
export const tupleKey = <Field extends string>(
  ...fields: readonly Field[]
): KeyFormat<Readonly<Record<Field, number>>> => ({
  encode: key => fields.map(field => key[field]).join(","),
  decode: text => {
    const parts = text.split(",").map(integer);
    if (parts.length !== fields.length || parts.includes(null)) return null;
    return Object.fromEntries(fields.map((field, at) => [field, parts[at]])) as Record<Field, number>;
  },
});

function integer(text: string): number | null {
  const value = Number(text);
  return /^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(value) ? value : null;
}
