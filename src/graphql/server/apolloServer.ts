import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { FastifyBaseLogger } from "fastify";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { type FormatError, withApolloCodes } from "./apolloErrors.ts";
import type { CompiledOperations } from "./compiledOperations.ts";
import { type ApolloContext, jitGateway } from "./jitGateway.ts";
import type { ServerLimits } from "./serverLimits.ts";
import { aliasLimit, depthLimit } from "./shapeLimits.ts";
import type { SizeLimit } from "./sizeLimit.ts";

export type ApolloOptions = {
  readonly schema: GraphQLSchema;
  readonly operations: CompiledOperations;
  readonly withinSize: SizeLimit;
  readonly formatError: FormatError;
  readonly limits: ServerLimits;
  readonly logger: FastifyBaseLogger;
  /** Error details about the schema are kept from clients. */
  readonly production: boolean;
  readonly introspection: boolean;
};

/** Apollo's whole pipeline over compiled execution. No plugin of ours looks at single fields: that would undo compiling. */
export function createApolloServer(options: ApolloOptions): ApolloServer<ApolloContext> {
  const { schema, operations, limits, production } = options;
  return new ApolloServer<ApolloContext>({
    gateway: jitGateway(schema, operations),
    introspection: options.introspection,
    formatError: withApolloCodes(options.formatError),
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: production,
    nodeEnv: production ? "production" : "development",
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: limits.tokens },
    maxRecursiveSelections: true,
    validationRules: [depthLimit(limits.depth), aliasLimit(limits.aliases)],
    stringifyResult: result => JSON.stringify(result),
    logger: options.logger,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      sizePlugin(options.withinSize),
      positionPlugin,
      documentPlugin,
      loggingPlugin(options.logger),
    ],
  });
}

/** The size depends on the variables, so it is checked on each request and not with the validation rules. */
const sizePlugin = (withinSize: SizeLimit): ApolloServerPlugin<ApolloContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, operation, request }) => {
      const error = operation && withinSize(document, operation, request.variables);
      if (error) throw error;
    },
  }),
});

const positionPlugin: ApolloServerPlugin<ApolloContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body }, contextValue }) => {
      const position = contextValue.scope.reflectedPosition();
      if (body.kind !== "single" || position === null) return;
      body.singleResult.extensions = { ...body.singleResult.extensions, position };
    },
  }),
};

/** Notes that the request held a GraphQL document, whatever is wrong with it; the status of the answer depends on it. */
const documentPlugin: ApolloServerPlugin<ApolloContext> = {
  requestDidStart: async () => ({
    didResolveSource: async ({ contextValue }) => {
      contextValue.seen.document = true;
    },
  }),
};

/** The original of every exception that is not one of our own errors; clients are shown none of it. */
const loggingPlugin = (logger: FastifyBaseLogger): ApolloServerPlugin<ApolloContext> => ({
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, operationName }) => {
      for (const { originalError, path } of errors)
        if (originalError !== undefined && !(originalError instanceof GraphQLError))
          logger.error({ err: originalError, operationName, path }, "a resolver failed");
    },
  }),
});
