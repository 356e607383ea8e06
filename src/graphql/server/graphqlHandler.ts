import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { FastifyBaseLogger } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { answer, discardBody } from "./answer.ts";
import { type AnswerMemory, answerKey } from "./answerMemory.ts";
import type { FormatError } from "./apolloErrors.ts";
import { late, within } from "./deadline.ts";
import type { FastCall, FastLane } from "./fastLane.ts";
import type { ApolloContext } from "./jitGateway.ts";
import { readBody } from "./readBody.ts";
import type { RequestScope } from "./requestScope.ts";
import type { ServerLimits } from "./serverLimits.ts";

export type GraphQLHandlerOptions = {
  readonly apollo: ApolloServer<ApolloContext>;
  /** Null: every request takes Apollo's pipeline. */
  readonly fastLane: FastLane | null;
  /** Null: every answer is made anew. */
  readonly memory: AnswerMemory | null;
  readonly createContext: (recording: boolean) => RequestScope;
  readonly formatError: FormatError;
  readonly limits: ServerLimits;
  readonly logger: FastifyBaseLogger;
};

type Answer = { readonly status: number; readonly text: string; readonly contentType: string; readonly allow?: string };
const json = "application/json; charset=utf-8";

/**
 * GraphQL over HTTP. A POST whose operation is known and compiled is answered in the fast lane; everything else, and
 * what the compiled form cannot tell for certain, goes to Apollo. Each execution has its own context, released when the answer is
 * ready, the deadline is over or the execution failed.
 */
export function createGraphQLHandler({
  apollo,
  fastLane,
  memory,
  createContext,
  formatError,
  limits,
  logger,
}: GraphQLHandlerOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const { status, text, contentType, allow } = await answerTo(request).catch((error: unknown) => {
      logger.error({ err: error }, "a GraphQL request failed outside its execution");
      return failure(500, "INTERNAL_SERVER_ERROR", "Internal server error", error);
    });
    answer(response, status, text, contentType, allow === undefined ? {} : { allow });
    discardBody(response);
  };

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    if (request.method !== "POST") return askApollo(request, undefined, false);
    const mediaType = request.headers["content-type"];
    if (!isJson(mediaType) || request.headers["content-encoding"] !== undefined)
      return failure(
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "A GraphQL request is sent as application/json in UTF-8, unpacked.",
      );
    const body = await readBody(request, limits.bodyBytes, limits.bodyMs);
    if (body.kind === "tooLarge")
      return failure(413, "BODY_TOO_LARGE", `The request body is larger than ${limits.bodyBytes} bytes.`);
    if (body.kind !== "whole") return failure(408, "BODY_INCOMPLETE", "The request body did not arrive in time.");
    let parsed: unknown;
    try {
      parsed = JSON.parse(body.bytes.toString("utf8"));
    } catch (error) {
      return failure(400, "BAD_REQUEST", `The request body is not JSON: ${(error as Error).message}`);
    }
    const call = fastLane?.(request.headers, parsed) ?? null;
    return (call && (await answerFast(call))) ?? askApollo(request, parsed, call !== null);
  }

  /** Null when graphql-js is to be asked after all. Only queries come here, so executing twice changes nothing. */
  async function answerFast({ operation, variables, contentType }: FastCall): Promise<Answer | null> {
    const scope = createContext(memory !== null);
    try {
      const key = memory === null ? "" : answerKey(operation, variables);
      const known = memory?.recall(key, scope) ?? null;
      if (known !== null) return { status: 200, text: whole(known, scope.reflectedPosition()), contentType };
      const executed = operation.execute(scope, variables);
      const result = executed instanceof Promise ? await within(executed, limits.requestMs) : executed;
      if (result === late) return timedOut();
      if (result === null || result.errors?.some(({ extensions }) => extensions.http !== undefined)) return null;
      const position = scope.reflectedPosition();
      if (result.errors === undefined) {
        const data = JSON.stringify(result.data);
        memory?.keep(key, data, scope);
        return { status: 200, text: whole(data, position), contentType };
      }
      const errors = result.errors.map(formatted);
      const extensions = position === null ? undefined : { position };
      return { status: 200, text: JSON.stringify({ errors, data: result.data, extensions }), contentType };
    } finally {
      scope.release();
    }
  }

  async function askApollo(request: IncomingMessage, body: unknown, interpret: boolean): Promise<Answer> {
    const scope = createContext(false);
    const seen = { document: false };
    const url = request.url ?? "/";
    const search = url.indexOf("?");
    try {
      const result = await within(
        apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest: {
            method: request.method ?? "GET",
            headers: headerMap(request),
            search: search === -1 ? "" : url.slice(search),
            body,
          },
          context: async () => ({ scope, interpret, seen }),
        }),
        limits.requestMs,
      );
      if (result === late) return timedOut();
      const { status = 200, headers } = result;
      const contentType = headers.get("content-type") ?? json;
      const allow = headers.get("allow");
      return {
        // An application/json client takes any other status for a failing intermediary, so says GraphQL over HTTP.
        status: status === 400 && seen.document && contentType.startsWith("application/json") ? 200 : status,
        text: result.body.kind === "complete" ? result.body.string : await joined(result.body.asyncIterator),
        contentType,
        ...(allow === undefined ? {} : { allow }),
      };
    } finally {
      scope.release();
    }
  }

  function formatted(error: GraphQLError): GraphQLFormattedError {
    const { code = "INTERNAL_SERVER_ERROR" } = error.extensions;
    return formatError({ ...error.toJSON(), extensions: { ...error.extensions, code } }, error);
  }

  function failure(status: number, code: string, message: string, originalError?: unknown): Answer {
    const error = new GraphQLError(message, {
      extensions: { code },
      ...(originalError instanceof Error ? { originalError } : {}),
    });
    const text = JSON.stringify({ errors: [formatted(error)] });
    return { status, text, contentType: json };
  }

  function timedOut(): Answer {
    const message = `No answer within ${limits.requestMs} ms. A change may still take effect: send it again with the same ids.`;
    return failure(504, "TIMEOUT", message);
  }
}

/** The answer around its data, as JSON.stringify would write it; a position is digits only. */
const whole = (data: string, position: string | null): string =>
  position === null ? `{"data":${data}}` : `{"data":${data},"extensions":{"position":"${position}"}}`;

const isJson = (contentType: string | undefined): boolean =>
  contentType === "application/json" ||
  (contentType !== undefined && /^application\/json\s*(;\s*charset="?utf-?8"?\s*)?;?$/i.test(contentType));

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return headers;
}

async function joined(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}
