import { createHmac } from "node:crypto";
import { type Channel, type ChannelMessage, type Delivery, TryLater } from "../channel.ts";
import type { Timers } from "../timers.ts";

export type WebhookOptions = {
  readonly url: string;
  /** Under which bodies are signed; null: they are not. */
  readonly secret: string | null;
  readonly now: Timers["now"];
};

/** Read of an answer, in bytes; the rest is cut off. */
const longestAnswer = 4_096;
const longestReason = 300;

/**
 * POSTs each message as JSON. `Idempotency-Key` is the decision's id. `C360-Signature: t=<seconds>,v1=<hex>` is the HMAC-SHA-256 of
 * "<t>.<body>" under the secret: a receiver compares it, and refuses a `t` that is long past. 2xx is accepted; 4xx is rejected, but for
 * 408 and 429; everything else, redirects included, is tried again, no sooner than `Retry-After` says.
 */
export function webhookChannel(name: string, { url, secret, now }: WebhookOptions): Channel {
  return {
    name,
    deliver: async (message, signal) => {
      const body = JSON.stringify(message);
      const response = await fetch(url, {
        method: "POST",
        headers: headersOf(message, body),
        body,
        redirect: "manual",
        signal,
      });
      return deliveryOf(response, await startOf(response));
    },
  };

  function headersOf({ decisionId }: ChannelMessage, body: string): Record<string, string> {
    const plain = { "content-type": "application/json", "idempotency-key": decisionId };
    return secret === null
      ? plain
      : { ...plain, "c360-signature": signatureOf(body, secret, Math.floor(now() / 1000)) };
  }

  function deliveryOf(response: Response, answer: string): Delivery {
    const { status } = response;
    if (response.ok) return { kind: "accepted" };
    const reason = `${status} ${response.statusText}${answer === "" ? "" : `: ${answer}`}`.slice(0, longestReason);
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { kind: "rejected", reason };
    const afterMs = retryAfterMs(response.headers.get("retry-after"), now());
    throw afterMs === null ? new Error(reason) : new TryLater(reason, afterMs);
  }
}

/** @param seconds since 1970 */
export function signatureOf(body: string, secret: string, seconds: number): string {
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}

/** `Retry-After` as milliseconds from now (RFC 9110, section 10.2.3): seconds, or a date. */
export function retryAfterMs(text: string | null, now: number): number | null {
  if (text === null) return null;
  const trimmed = text.trim();
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1000;
  const date = /[a-z]/i.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** The beginning of the body, and no more: what a receiver goes on to say is not listened to. */
async function startOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < longestAnswer) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  await reader.cancel().catch(() => undefined);
  return Buffer.concat(parts).subarray(0, longestAnswer).toString("utf8").trim();
}
