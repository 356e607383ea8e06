import type { TagValue } from "../../../domain/tag/tagValue.ts";

/** The distinct values of a column, numbered as they were met. */
export type Dictionary = {
  readonly values: TagValue[];
  readonly ids: Map<DictionaryKey, number>;
};
export type DictionaryKey = string | number | boolean;

export const createDictionary = (): Dictionary => ({ values: [], ids: new Map() });

/** A set is told apart from others by its members, which come sorted. */
export const keyOf = (value: NonNullable<TagValue>): DictionaryKey =>
  typeof value === "object" ? JSON.stringify(value) : value;

export function learn(dictionary: Dictionary, value: NonNullable<TagValue>): number {
  const id = dictionary.values.length;
  dictionary.values.push(value);
  dictionary.ids.set(keyOf(value), id);
  return id;
}

export function forgetAll(dictionary: Dictionary): void {
  dictionary.values.length = 0;
  dictionary.ids.clear();
}
