import type { IncomingMessage } from "node:http";

/** `gone`: the client went away; `late`: it did not send everything in time. */
export type Body = { readonly kind: "whole"; readonly bytes: Buffer } | { readonly kind: "tooLarge" | "gone" | "late" };

/**
 * Reads a whole request body of at most `limit` bytes within `timeoutMs`. A `content-length` beyond the limit is refused
 * before a byte is read; a body that turns out longer is refused as soon as it does.
 */
export function readBody(request: IncomingMessage, limit: number, timeoutMs: number): Promise<Body> {
  if (Number(request.headers["content-length"]) > limit) return Promise.resolve({ kind: "tooLarge" });
  return new Promise(resolve => {
    const parts: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => settle({ kind: "late" }), timeoutMs);
    const onData = (part: Buffer) => {
      size += part.length;
      if (size > limit) settle({ kind: "tooLarge" });
      else parts.push(part);
    };
    const onEnd = () => settle({ kind: "whole", bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts) });
    const onGone = () => settle({ kind: "gone" });
    function settle(body: Body): void {
      clearTimeout(timer);
      request.off("data", onData).off("end", onEnd).off("close", onGone).off("error", onGone);
      // The listener stays away, an 'error' of a socket that breaks later must not.
      request.on("error", () => {});
      resolve(body);
    }
    request.on("data", onData).on("end", onEnd).on("close", onGone).on("error", onGone);
  });
}
