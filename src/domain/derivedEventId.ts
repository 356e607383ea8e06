import type { EventId } from "./ids.ts";

/** The hexadecimal SHA-256 of a text in UTF-8. The domain asks for it rather than importing a platform's. */
export type Sha256 = (text: string) => string;

/** The id (RFC 9562 version 8) of the event that these words name: the same words again find what was recorded before. */
export function derivedEventIdBy(sha256: Sha256, words: readonly (string | number)[]): EventId {
  const hex = sha256(words.join("\0"));
  const variant = "89ab"[Number.parseInt(hex[16] as string, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as EventId;
}
