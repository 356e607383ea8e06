import type { IncomingMessage, ServerResponse } from "node:http";
import Fastify, { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Intake } from "../../intake/fact.ts";
import { answerJson } from "./answer.ts";
import type { FormatError } from "./apolloErrors.ts";
import { createApolloServer } from "./apolloServer.ts";
import { createCompiledOperations } from "./compiledOperations.ts";
import { createFactsHandler } from "./factsHandler.ts";
import { createFastLane } from "./fastLane.ts";
import { graphiqlRoutes } from "./graphiqlRoutes.ts";
import { createGraphQLHandler } from "./graphqlHandler.ts";
import { healthRoutes, type Readiness } from "./healthRoutes.ts";
import { isLocalAuthority } from "./loopback.ts";
import type { RequestScope } from "./requestScope.ts";
import { defaultLimits, type ServerLimits } from "./serverLimits.ts";
import { sizeLimit } from "./sizeLimit.ts";

export type HttpServerOptions = {
  /** `resolveType` of unions and interfaces must be synchronous: see tuneSchema. */
  readonly schema: GraphQLSchema;
  /** A context of its own for each execution. */
  readonly createContext: () => RequestScope;
  readonly intake: Intake;
  readonly formatError: FormatError;
  readonly readiness: () => Promise<Readiness>;
  /** The folder of the built GraphiQL page; null for none. */
  readonly graphiqlDir: string | null;
  readonly limits?: Partial<ServerLimits>;
  readonly logger: FastifyBaseLogger;
  readonly production: boolean;
  /** Default: only outside production. */
  readonly introspection?: boolean;
  /** Names besides this machine's own under which clients may address the server ("c360.bank.example:8443"). */
  readonly allowedAuthorities?: readonly string[];
  /** Default true; false sends every operation through Apollo's pipeline. */
  readonly fastLane?: boolean;
};

export type HttpServer = {
  /** @returns the server's URL; port 0 takes any free one. Rejects when the address cannot be had. */
  readonly listen: (host: string, port: number) => Promise<string>;
  /** Takes no new request, lets running ones finish for at most `limits.closeMs`, then ends them. */
  readonly close: () => Promise<void>;
};

/** The API over HTTP: `/graphql`, `/facts`, `/health`, `/ready` and GraphiQL at `/`. Logs never hold bodies or queries. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { schema, logger, production, createContext, formatError } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const operations = createCompiledOperations(schema, limits.compiledOperations);
  const withinSize = sizeLimit(schema, limits);
  const introspection = options.introspection ?? !production;
  const apollo = createApolloServer({
    schema,
    operations,
    withinSize,
    formatError,
    limits,
    logger,
    production,
    introspection,
  });
  const fastLane = options.fastLane === false ? null : createFastLane(operations, withinSize);
  const graphql = createGraphQLHandler({ apollo, fastLane, createContext, formatError, limits, logger });
  const facts = createFactsHandler({ intake: options.intake, limits, logger });
  const authorities = new Set(options.allowedAuthorities);

  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
    // Streams of facts take as long as they take; every reader of a body has its own time limit.
    requestTimeout: 0,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  app.addHook("onRequest", (request, reply, done) => {
    const { host } = request.headers;
    if (isLocalAuthority(host) || (host !== undefined && authorities.has(host))) done();
    else
      reply.code(421).send({
        code: "MISDIRECTED_REQUEST",
        message: `This server does not answer to the name "${host ?? ""}"; add it to the allowed authorities if it should.`,
      });
  });
  app.addHook("onResponse", (request, reply, done) => {
    const { method, routeOptions } = request;
    const line = { method, route: routeOptions.url, status: reply.raw.statusCode, ms: Math.round(reply.elapsedTime) };
    if (line.status >= 500) logger.warn(line, "answered");
    else logger.debug(line, "answered");
    done();
  });

  const raw =
    (handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>) =>
    (request: FastifyRequest, reply: FastifyReply): void => {
      reply.hijack();
      handle(request.raw, reply.raw).catch((error: unknown) => {
        logger.error({ err: error }, "a request failed");
        if (reply.raw.headersSent) reply.raw.destroy();
        else answerJson(reply.raw, 500, { code: "INTERNAL", message: "Internal server error" });
      });
    };
  app.all("/graphql", raw(graphql));
  app.post("/facts", raw(facts));
  healthRoutes(app, options.readiness);
  if (options.graphiqlDir !== null) app.register(instance => graphiqlRoutes(instance, options.graphiqlDir!));

  return {
    listen: async (host, port) => {
      await apollo.start();
      return app.listen({ host, port });
    },
    close: async () => {
      const patience = setTimeout(() => app.server.closeAllConnections(), limits.closeMs);
      await app.close();
      clearTimeout(patience);
      await apollo.stop();
    },
  };
}
