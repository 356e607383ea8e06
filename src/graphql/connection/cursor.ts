import { hash } from "node:crypto";
import { cursorInvalid } from "../errors.ts";
import type { KeysetList } from "./keysetList.ts";

const checkLength = 8;

/** Ties a key to its list, so that a cursor altered on the way or taken from another list is noticed, not obeyed. */
const checkOf = (list: string, key: string) => hash("sha256", `${list}\n${key}`, "base64url").slice(0, checkLength);

export function encodeCursor<Key, Item>(list: KeysetList<Key, Item>, item: Item): string {
  const key = list.format.encode(list.keyOf(item));
  return Buffer.from(checkOf(list.name, key) + key).toString("base64url");
}

/** Throws CURSOR_INVALID; `argument` is named in it. */
export function decodeCursor<Key, Item>(list: KeysetList<Key, Item>, cursor: string, argument: string): Key {
  const bytes = Buffer.from(cursor, "base64url");
  const text = bytes.toString();
  const key = text.slice(checkLength);
  const intact = bytes.toString("base64url") === cursor && text.slice(0, checkLength) === checkOf(list.name, key);
  const decoded = intact ? list.format.decode(key) : null;
  if (decoded === null) throw cursorInvalid(argument);
  return decoded;
}
