import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Sends a whole answer, unless the client is gone. */
export function answer(
  response: ServerResponse,
  status: number,
  text: string,
  contentType: string,
  headers: OutgoingHttpHeaders = {},
): void {
  if (response.destroyed || response.writableEnded) return;
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(text), ...headers });
  response.end(text);
}

export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): void => answer(response, status, JSON.stringify(body), "application/json; charset=utf-8", headers);

/**
 * Lets go of a request whose body is not wanted. The client may still be sending it: closing at once would reset the
 * connection and could destroy the answer on its way, so the bytes are thrown away for a moment first.
 */
export function discardBody(response: ServerResponse, lingerMs = 2_000): void {
  const { req: request } = response;
  if (request.complete || request.destroyed) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), lingerMs).unref();
  request.once("close", () => clearTimeout(timer));
}
