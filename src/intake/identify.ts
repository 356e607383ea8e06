import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import type { CustomerId, EventId } from "../domain/ids.ts";
import type { ExternalRef } from "./fact.ts";

/** The log's secret (`vault.secret(…)`, 32 bytes) under which ids are derived, in the form that hashes quickest. */
export type IdSecret = KeyObject;
export const idSecret = (bytes: Uint8Array): IdSecret => createSecretKey(bytes);

/*
 * Every id is an HMAC-SHA256 over a purpose and its parts, divided by NUL. Parts hold no control characters (the door
 * refuses them), so no two inputs read the same.
 */
const keyed = (secret: IdSecret, text: string) => createHmac("sha256", secret).update(text);

const crockford = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * The id of the customer first known as `ref`: opaque, always the same, telling nothing without the secret.
 * 26 characters of Crockford's base 32 are the hash's first 130 bits.
 */
export function customerIdOf(secret: IdSecret, ref: ExternalRef): CustomerId {
  const digest = keyed(secret, `customer\0${ref.system}\0${ref.id}`).digest();
  let id = "";
  let bits = 0;
  let held = 0;
  for (let next = 0; id.length < 26; ) {
    if (held < 5) {
      bits = ((bits << 8) | (digest[next] as number)) & 0xfff;
      held += 8;
      next += 1;
    }
    held -= 5;
    id += crockford[(bits >> held) & 31];
  }
  return id as CustomerId;
}

/** The id of the event that a source's fact becomes, so that sending the fact again finds it. */
export const eventIdOf = (secret: IdSecret, source: string, id: string): EventId =>
  uuidOf(keyed(secret, `event\0${source}\0${id}`).digest("hex"));

/** The event that says as which identity a customer first appeared. */
export const firstContactIdOf = (secret: IdSecret, customerId: CustomerId): EventId =>
  uuidOf(keyed(secret, `first-contact\0${customerId}`).digest("hex"));

/** A refused fact's id: the same for the same content from the same source. */
export const quarantineIdOf = (secret: IdSecret, source: string, form: string, rawText: string): EventId =>
  uuidOf(keyed(secret, `quarantine\0${source}\0${form}\0${rawText}`).digest("hex"));

/** The one event that can settle a refused fact. */
export const settlementIdOf = (secret: IdSecret, quarantineId: string): EventId =>
  uuidOf(keyed(secret, `settled\0${quarantineId}`).digest("hex"));

/** RFC 9562 version 8 (custom), variant 10. */
function uuidOf(hex: string): EventId {
  const variant = "89ab"[Number.parseInt(hex[16] as string, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as EventId;
}
