import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import { answerJson } from "./answer.ts";
import { misdirected } from "./authorityCheck.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type DirectRoutes = {
  /** False where the path is none of these routes. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** From here on each answer ends its connection. */
  readonly close: () => void;
};

/**
 * Routes that are answered before the framework sees the request: its router, request and reply objects and body parsing
 * would be a fifth of the cost of a compiled query, and fact streams want the bare socket.
 */
export function directRoutes(
  routes: ReadonlyMap<string, Handler>,
  isAllowed: (authority: string | undefined) => boolean,
  logger: FastifyBaseLogger,
  /** Asked where the path is none of the routes. */
  matching: { readonly pattern: RegExp; readonly handle: Handler } | null = null,
): DirectRoutes {
  let closing = false;

  async function run(
    handler: Handler,
    route: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const started = performance.now();
    try {
      await handler(request, response);
    } catch (error) {
      logger.error({ err: error, route }, "a request failed");
      if (response.headersSent) response.destroy();
      else answerJson(response, 500, { code: "INTERNAL", message: "Internal server error" });
    }
    const status = response.statusCode;
    if (status < 500 && !debugging) return;
    const line = { method: request.method, route, status, ms: Math.round(performance.now() - started) };
    if (status >= 500) logger.warn(line, "answered");
    else logger.debug(line, "answered");
  }
  const debugging = logger.level === "debug" || logger.level === "trace";

  return {
    handle: (request, response) => {
      const url = request.url ?? "/";
      const search = url.indexOf("?");
      const route = search === -1 ? url : url.slice(0, search);
      const handler = routes.get(route) ?? (matching?.pattern.test(route) ? matching.handle : undefined);
      if (handler === undefined) return false;
      if (closing) response.shouldKeepAlive = false;
      const { host } = request.headers;
      if (isAllowed(host)) void run(handler, route, request, response);
      else answerJson(response, 421, misdirected(host));
      return true;
    },
    close: () => {
      closing = true;
    },
  };
}
