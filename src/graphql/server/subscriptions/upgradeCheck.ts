import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { misdirected } from "../authorityCheck.ts";

type Refusal = { readonly code: string; readonly message: string };

/** Refuses a connection that wanted another protocol, in HTTP. */
export function refuseUpgrade(stream: Duplex, status: number, refusal: Refusal): void {
  const body = JSON.stringify(refusal);
  stream.on("error", () => {}); // it is given up anyway
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/**
 * Whether a page of that origin may talk to this server: none is named outside browsers. A browser lets any page open a
 * WebSocket anywhere, with the visitor's rights, and leaves it to the server to look where it comes from.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  isAllowed: (authority: string | undefined) => boolean,
): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && isAllowed(new URL(origin).host);
}

/** Null where the request may become a WebSocket of `/graphql`; else the status and why not. */
export function upgradeFault(
  { url = "/", headers }: IncomingMessage,
  isAllowed: (authority: string | undefined) => boolean,
): { readonly status: number; readonly refusal: Refusal } | null {
  if (!isAllowed(headers.host)) return { status: 421, refusal: misdirected(headers.host) };
  if (url.split("?")[0] !== "/graphql")
    return { status: 404, refusal: { code: "NOT_FOUND", message: "WebSockets are taken at /graphql." } };
  if (isAllowedOrigin(headers.origin, isAllowed)) return null;
  const message = `Pages of "${headers.origin}" may not connect; add its authority to the allowed ones if they should.`;
  return { status: 403, refusal: { code: "FORBIDDEN_ORIGIN", message } };
}
