import type { FastifyBaseLogger } from "fastify";
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { accept, type Result, refuse } from "../../../domain/result.ts";
import type { FormatError } from "../apolloErrors.ts";
import type { Variables } from "../compiledOperations.ts";
import { late, within } from "../deadline.ts";
import type { RequestScope } from "../requestScope.ts";
import type { ServerLimits } from "../serverLimits.ts";
import type { SizeLimit } from "../sizeLimit.ts";
import { createFanOut, type EncodedStep, type FanOut } from "./fanOut.ts";
import { isFollowedFeed } from "./followedFeed.ts";
import type { Following, Subscriber } from "./subscriber.ts";
import { coded, subscriptionDocuments } from "./subscriptionDocuments.ts";

export type SubscriptionRequest = {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables | null | undefined;
  /** Where to begin instead of where the operation says: the last place that this client was told. */
  readonly resumeAfter?: string | undefined;
};

export type OpenedSubscription = {
  readonly execution: ExecutionArgs;
  readonly follow: (subscriber: Subscriber) => Following;
};

export type SubscriptionsOptions = {
  readonly schema: GraphQLSchema;
  readonly createContext: (recording: boolean) => RequestScope;
  readonly withinSize: SizeLimit;
  readonly formatError: FormatError;
  readonly limits: ServerLimits;
  readonly logger: FastifyBaseLogger;
  readonly introspection: boolean;
  /** Error details about the schema are kept from clients. */
  readonly production: boolean;
};

export type Subscriptions = {
  /** Checks the operation and finds its feed; nothing is written before `follow`. */
  readonly open: (request: SubscriptionRequest) => Promise<Result<OpenedSubscription, readonly GraphQLError[]>>;
  /** As the API shows it. */
  readonly formatted: (error: GraphQLError) => GraphQLFormattedError;
  readonly counts: FanOut["counts"];
};

/** Subscriptions whatever they are carried by. Each message is executed in a context of its own, of one position of the log. */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { schema, createContext, withinSize, formatError, limits, logger } = options;
  const documents = subscriptionDocuments(schema, limits, options);
  const fanOut = createFanOut({ keptBytes: limits.keptMessageBytes, keptMs: 1_000, logger });

  const formatted = (error: GraphQLError): GraphQLFormattedError => {
    const { code = "INTERNAL_SERVER_ERROR" } = error.extensions;
    return formatError({ ...error.toJSON(), extensions: { ...error.extensions, code } }, error);
  };

  const textOf = ({ data, errors }: ExecutionResult, position: string | null): string =>
    JSON.stringify({
      ...(errors === undefined ? {} : { errors: errors.map(formatted) }),
      data,
      ...(position === null ? {} : { extensions: { position } }),
    });

  /** One read transaction for what is told and for all that the operation asks besides. */
  async function inScope<Value>(use: (scope: RequestScope) => Promise<Value>): Promise<Value> {
    const scope = createContext(false);
    try {
      const value = await within(use(scope), limits.requestMs);
      if (value !== late) return value;
      throw coded("TIMEOUT", `No message within ${limits.requestMs} ms.`);
    } finally {
      scope.release();
    }
  }

  return {
    formatted,
    counts: fanOut.counts,
    open: async request => {
      const { query, operationName, variables } = request;
      const found = documents(query, operationName);
      if (!found.ok) return found;
      const { document, operation, startVariable } = found.value;
      const tooLarge = withinSize(document, operation, variables ?? undefined);
      if (tooLarge !== null) return refuse([tooLarge]);
      const execution = { schema, document, variableValues: variables, operationName };
      const stream = await inScope(contextValue => createSourceEventStream({ ...execution, contextValue }));
      if (!(Symbol.asyncIterator in stream)) return refuse((stream.errors ?? []).map(asBadInput));
      if (!isFollowedFeed(stream)) throw new Error("every subscription follows a feed");

      const encode = (place: string): Promise<EncodedStep | null> =>
        inScope(async scope => {
          const step = await stream.read(place, scope);
          if (step === null) return null;
          const result = await execute({ ...execution, rootValue: step.message, contextValue: scope });
          return { payload: textOf(result, scope.reflectedPosition()), place: step.place, last: step.last };
        });
      const feed = request.resumeAfter === undefined ? stream : { ...stream, start: request.resumeAfter };
      const key = JSON.stringify([query, operation.name?.value, inOrder(variables, startVariable), feed.name]);
      return accept({ execution, follow: subscriber => fanOut.follow(key, feed, encode, subscriber) });
    },
  };
}

function inOrder(variables: Variables | null | undefined, except: string | null): unknown {
  const names = Object.keys(variables ?? {}).filter(name => name !== except);
  return names.sort().map(name => [name, variables?.[name]]);
}

/** What graphql-js finds in the variables has no code, and is nobody's fault but the client's. */
const asBadInput = (error: GraphQLError): GraphQLError =>
  error.originalError === undefined && error.extensions.code === undefined && error.path === undefined
    ? coded("BAD_USER_INPUT", error.message)
    : error;
