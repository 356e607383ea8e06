import { createHash } from "node:crypto";
import type { EventId } from "../domain/ids.ts";

/** The id (RFC 9562 version 8) of the event that these words name: the same command again finds what it recorded before. */
export function derivedEventId(...words: readonly (string | number)[]): EventId {
  const hex = createHash("sha256").update(words.join("\0")).digest("hex");
  const variant = "89ab"[Number.parseInt(hex[16] as string, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as EventId;
}
