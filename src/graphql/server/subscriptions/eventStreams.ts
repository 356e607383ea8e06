import type { IncomingMessage, ServerResponse } from "node:http";
import { GraphQLError } from "graphql";
import { answerJson, discardBody } from "../answer.ts";
import type { Variables } from "../compiledOperations.ts";
import { readBody } from "../readBody.ts";
import type { ServerLimits } from "../serverLimits.ts";
import { responseOutlet } from "./responseOutlet.ts";
import { coded } from "./subscriptionDocuments.ts";
import type { SubscriptionRequest, Subscriptions } from "./subscriptions.ts";
import { isAllowedOrigin } from "./upgradeCheck.ts";

export type EventStreams = {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly streams: () => number;
  /** Ends every stream; clients come again by themselves. */
  readonly close: () => void;
};

/**
 * Subscriptions as server-sent events: the `distinct connections` mode of the GraphQL over SSE protocol, one operation per
 * request, by GET or POST. Each event's id is the place after it, so that a browser's EventSource, which repeats the last
 * one when it reconnects, neither misses nor repeats a message.
 */
export function createEventStreams({
  subscriptions,
  isAllowed,
  limits,
}: {
  readonly subscriptions: Subscriptions;
  readonly isAllowed: (authority: string | undefined) => boolean;
  readonly limits: ServerLimits;
}): EventStreams {
  const open = new Set<ServerResponse>();
  let closing = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number, ...errors: readonly GraphQLError[]): void => {
      answerJson(response, status, { errors: errors.map(subscriptions.formatted) });
      discardBody(response);
    };
    const { accept = "", origin } = request.headers;
    if (!isAllowedOrigin(origin, isAllowed))
      return refuse(403, coded("FORBIDDEN_ORIGIN", `Pages of "${origin}" may not connect.`));
    if (!accept.includes("text/event-stream"))
      return refuse(406, coded("NOT_ACCEPTABLE", "Subscriptions are answered as text/event-stream: accept it."));
    if (closing || open.size >= limits.sockets)
      return refuse(503, coded("TOO_MANY_STREAMS", "No more streams: come again later."));
    const asked = await requestOf(request, limits);
    if (asked instanceof GraphQLError) return refuse(400, asked);
    const opened = await subscriptions.open(asked);
    if (!opened.ok) return refuse(400, ...opened.refusal);
    if (response.destroyed) return;

    open.add(response);
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    response.write(":\n\n");
    const outlet = responseOutlet(response, limits);
    const following = opened.value.follow({
      outlet,
      next: (payload, place) => response.write(`event: next\nid: ${place}\ndata: ${payload}\n\n`),
      done: error => {
        if (error !== null) tellError(response, subscriptions, error);
        response.end("event: complete\ndata: \n\n");
      },
    });
    outlet.onStalled(() => {
      following.leave();
      const message = `Nothing was read for ${limits.stallMs} ms. Subscribe again after this token: nothing is lost.`;
      tellError(response, subscriptions, coded("SLOW_CONSUMER", message, { after: following.place() }));
      response.end("event: complete\ndata: \n\n");
    });
    response.once("close", () => {
      open.delete(response);
      following.leave();
    });
  }

  return {
    handle,
    streams: () => open.size,
    close: () => {
      closing = true;
      for (const response of open) response.end();
    },
  };
}

const tellError = (response: ServerResponse, subscriptions: Subscriptions, error: GraphQLError): void => {
  response.write(`event: next\ndata: ${JSON.stringify({ errors: [subscriptions.formatted(error)] })}\n\n`);
};

async function requestOf(request: IncomingMessage, limits: ServerLimits): Promise<SubscriptionRequest | GraphQLError> {
  const resumeAfter = request.headers["last-event-id"];
  const read = request.method === "POST" ? await ofBody(request, limits) : ofSearch(request);
  if (read instanceof GraphQLError) return read;
  const { query, operationName, variables } = read;
  if (typeof query !== "string") return badRequest("`query` is the text of a subscription.");
  if (operationName != null && typeof operationName !== "string") return badRequest("`operationName` is a text.");
  if (variables != null && (typeof variables !== "object" || Array.isArray(variables)))
    return badRequest("`variables` is a JSON object.");
  return {
    query,
    operationName,
    variables: variables as Variables | null | undefined,
    ...(typeof resumeAfter === "string" && resumeAfter !== "" && { resumeAfter }),
  };
}

type Given = { readonly query?: unknown; readonly operationName?: unknown; readonly variables?: unknown };

async function ofBody(request: IncomingMessage, limits: ServerLimits): Promise<Given | GraphQLError> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? ""))
    return badRequest("A subscription is posted as application/json.");
  const body = await readBody(request, limits.socketMessageBytes, limits.bodyMs);
  if (body.kind !== "whole") return badRequest("The body is too large or did not arrive in time.");
  const parsed = parse(body.bytes.toString("utf8"));
  return typeof parsed === "object" && parsed !== null ? parsed : badRequest("The body is a JSON object.");
}

function ofSearch({ url = "/" }: IncomingMessage): Given | GraphQLError {
  const search = new URL(url, "http://localhost").searchParams;
  const text = search.get("variables");
  const variables = text === null || text === "" ? null : parse(text);
  return variables === undefined
    ? badRequest("`variables` is a JSON object.")
    : { query: search.get("query"), operationName: search.get("operationName"), variables };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const badRequest = (message: string): GraphQLError => coded("BAD_REQUEST", message);
