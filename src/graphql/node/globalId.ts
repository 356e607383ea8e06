import { badUserInput } from "../errors.ts";

export const nodeTypes = [
  "Customer",
  "Account",
  "Event",
  "QuarantinedFact",
  "Tag",
  "Segment",
  "Campaign",
  "Policy",
  "Offer",
] as const;
export type NodeType = (typeof nodeTypes)[number];

/** The one id of a thing across the whole API: base64url of `Type:key`. */
export const globalId = (type: NodeType, key: string): string => Buffer.from(`${type}:${key}`).toString("base64url");

/** Null where the text is no global id in the one form we give out. */
export function parseGlobalId(id: string): { readonly type: NodeType; readonly key: string } | null {
  const bytes = Buffer.from(id, "base64url");
  if (bytes.toString("base64url") !== id) return null;
  const text = bytes.toString();
  const type = nodeTypes.find(name => text.startsWith(`${name}:`));
  return type === undefined ? null : { type, key: text.slice(type.length + 1) };
}

/** The key that an `id` argument names: a global id of `type`, or the bare key itself where `isKey` knows it. Throws BAD_USER_INPUT. */
export function keyOfId<Key extends string>(
  type: NodeType,
  id: string,
  parseKey: (key: string) => Key | null,
  argument = "id",
): Key {
  const bare = parseKey(id);
  if (bare !== null) return bare;
  const global = parseGlobalId(id);
  const key = global?.type === type ? parseKey(global.key) : null;
  if (key === null)
    throw badUserInput(argument, `\`${argument}\` is no id of a ${type}: give one that the API gave out.`);
  return key;
}
