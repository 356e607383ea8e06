import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from "node:crypto";
import type { PersonalFields } from "../../domain/event.ts";
import type { JsonObject, JsonValue } from "../../domain/json.ts";
import type { PersonalKey } from "./keyVault.ts";

const format = 1;
const nonceStart = 5;
const tagStart = nonceStart + 12;
const cipherStart = tagStart + 16;

// Drawn many at a time: asking the system for twelve bytes costs more than sealing with them.
const nonces = Buffer.allocUnsafe(12 * 256);
let noncesUsed = nonces.length;
function nextNonce(): Buffer {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces);
    noncesUsed = 0;
  }
  noncesUsed += 12;
  return nonces.subarray(noncesUsed - 12, noncesUsed);
}

/** Layout: format (1 byte) ‖ key generation (4) ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM of the JSON text of the fields. */
export function sealPersonal(key: PersonalKey, boundTo: string, fields: PersonalFields): Buffer {
  const nonce = nextNonce();
  const cipher = createCipheriv("aes-256-gcm", key.key, nonce);
  cipher.setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(JSON.stringify(fields), "utf8"), cipher.final()]);
  const head = Buffer.alloc(nonceStart);
  head[0] = format;
  head.writeUInt32BE(key.generation, 1);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), body]);
}

/** Which generation of the subject's key opens these bytes. */
export const sealedGeneration = (sealed: Buffer): number => sealed.readUInt32BE(1);

/** JSON text of the fields. Throws where the bytes, the key or the event they are bound to do not belong together. */
export function openPersonal(key: KeyObject, boundTo: string, sealed: Buffer): string {
  if (sealed[0] !== format) throw new Error(`unknown format ${sealed[0]} of personal fields`);
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(nonceStart, tagStart));
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(tagStart, cipherStart));
  return decipher.update(sealed.subarray(cipherStart), undefined, "utf8") + decipher.final("utf8");
}

/** Puts personal values back where their JSON pointers say, making the objects on the way. */
export function restorePersonal(data: JsonObject, fields: PersonalFields): JsonObject {
  const restored: Record<string, JsonValue> = { ...data };
  for (const [pointer, value] of Object.entries(fields)) {
    const steps = pointer.slice(1).split("/").map(unescapeStep);
    const last = steps.pop() as string;
    let at = restored;
    for (const step of steps) at = at[step] = { ...(at[step] as JsonObject | undefined) } as Record<string, JsonValue>;
    at[last] = value;
  }
  return restored;
}

const unescapeStep = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");
