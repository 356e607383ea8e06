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
    const settle = (body: Body): void => {
      clearTimeout(timer);
      resolve(body);
    };
    // The listeners stay: after a refusal they throw the rest away, and keep a later socket error from ending the process.
    request.on("data", (part: Buffer) => {
      size += part.length;
      if (size <= limit) parts.push(part);
      else {
        parts.length = 0;
        settle({ kind: "tooLarge" });
      }
    });
    request.on("end", () => settle({ kind: "whole", bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts) }));
    request.on("close", () => settle({ kind: "gone" }));
    request.on("error", () => settle({ kind: "gone" }));
  });
}
