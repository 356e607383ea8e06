import { createServer, type IncomingMessage } from "node:http";
import Fastify, { type FastifyBaseLogger, LogController } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { ReceiptDoor } from "../../campaigns/receipts.ts";
import type { Intake } from "../../intake/fact.ts";
import { type AnswerCounts, createAnswerMemory } from "./answerMemory.ts";
import type { FormatError } from "./apolloErrors.ts";
import { createApolloServer } from "./apolloServer.ts";
import { authorityCheck, misdirected } from "./authorityCheck.ts";
import { createBatchHandler } from "./batchHandler.ts";
import { createCompiledOperations } from "./compiledOperations.ts";
import { directRoutes } from "./directRoutes.ts";
import { createFactsHandler } from "./factsHandler.ts";
import { createFastLane } from "./fastLane.ts";
import { graphiqlRoutes } from "./graphiqlRoutes.ts";
import { createGraphQLHandler } from "./graphqlHandler.ts";
import { healthRoutes, type Readiness } from "./healthRoutes.ts";
import { createReceiptsHandler } from "./receiptsHandler.ts";
import type { RequestScope } from "./requestScope.ts";
import type { FeedSource } from "./segments/feedSource.ts";
import { segmentRoutes } from "./segments/segmentRoutes.ts";
import { defaultLimits, type ServerLimits } from "./serverLimits.ts";
import { sizeLimit } from "./sizeLimit.ts";
import { createEventStreams } from "./subscriptions/eventStreams.ts";
import { createSocketServer } from "./subscriptions/socketServer.ts";
import { createSubscriptions } from "./subscriptions/subscriptions.ts";
import { refuseUpgrade, upgradeFault } from "./subscriptions/upgradeCheck.ts";

export type HttpServerOptions = {
  /** `resolveType` of unions and interfaces must be synchronous: see tuneSchema. */
  readonly schema: GraphQLSchema;
  /** A context of its own for each execution; a recording one can tell what its answer depends on. */
  readonly createContext: (recording: boolean) => RequestScope;
  readonly intake: Intake;
  /** Default: receipts are not taken. */
  readonly receipts?: ReceiptDoor;
  /** Default: segments are not exported. */
  readonly feeds?: FeedSource;
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
  /** How often an answer was remembered and still true; null when nothing is remembered. */
  readonly answers: () => AnswerCounts | null;
  /** Takes no new request, lets running ones finish for at most `limits.closeMs`, then ends them. */
  readonly close: () => Promise<void>;
};

const serverOptions = {
  // Streams of facts take as long as they take; every reader of a body has its own time limit.
  requestTimeout: 0,
  keepAliveTimeout: 72_000,
  // Clients that offer HTTP/2 in passing (h2c) are answered in HTTP/1.1, as if they had not.
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === "websocket",
};

/** The API over HTTP: `/graphql`, its subscriptions, `/facts`, `/receipts`, `/segments/…`, `/health`, `/ready` and GraphiQL at `/`. Logs never hold bodies or queries. */
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
  const memory = limits.rememberedBytes > 0 ? createAnswerMemory(limits.rememberedBytes) : null;
  const graphql = createGraphQLHandler({ apollo, fastLane, memory, createContext, formatError, limits, logger });
  const facts = createFactsHandler({ intake: options.intake, limits, logger });
  const isAllowed = authorityCheck(options.allowedAuthorities ?? []);
  const subscriptions = createSubscriptions({
    schema,
    createContext,
    withinSize,
    formatError,
    limits,
    logger,
    introspection,
    production,
  });
  const sockets = createSocketServer({ subscriptions, limits, logger });
  const streams = createEventStreams({ subscriptions, isAllowed, limits });
  const segments = options.feeds === undefined ? null : segmentRoutes(options.feeds, limits);
  const direct = directRoutes(
    new Map([
      ["/graphql", graphql],
      ["/graphql/stream", streams.handle],
      ["/facts", facts],
      ["/facts/batch", createBatchHandler({ intake: options.intake, limits, logger })],
      ...(options.receipts === undefined
        ? []
        : ([["/receipts", createReceiptsHandler({ receipts: options.receipts, limits, logger })]] as const)),
    ]),
    isAllowed,
    logger,
    segments,
  );

  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: parent => parent,
    forceCloseConnections: "idle",
    serverFactory: handler =>
      createServer(serverOptions, (request, response) => {
        if (!direct.handle(request, response)) handler(request, response);
      }).on("upgrade", (request, stream, head) => {
        const fault = upgradeFault(request, isAllowed);
        if (fault === null) sockets.upgrade(request, stream, head);
        else refuseUpgrade(stream, fault.status, fault.refusal);
      }),
  });
  app.addHook("onRequest", (request, reply, done) => {
    if (isAllowed(request.headers.host)) done();
    else reply.code(421).send(misdirected(request.headers.host));
  });
  healthRoutes(app, options.readiness);
  if (options.graphiqlDir !== null) app.register(instance => graphiqlRoutes(instance, options.graphiqlDir!));

  return {
    listen: async (host, port) => {
      await apollo.start();
      return app.listen({ host, port });
    },
    answers: () => memory?.counts() ?? null,
    close: async () => {
      direct.close();
      streams.close();
      segments?.close();
      await sockets.close();
      // A connection whose last answer was begun before this moment becomes idle later, and would be waited for.
      const sweep = setInterval(() => app.server.closeIdleConnections(), 50);
      const patience = setTimeout(() => app.server.closeAllConnections(), limits.closeMs);
      await app.close();
      clearInterval(sweep);
      clearTimeout(patience);
      await apollo.stop();
    },
  };
}
