import "reflect-metadata";
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { markOneOf } from "./oneOf.ts";
import { resolvers } from "./resolvers.ts";
import { type ResolverInstances, tuneSchema } from "./tuneSchema.ts";

/** TypeGraphQL wants one as soon as there is a subscription; ours read the feeds that are stored, so using it is a bug. */
const noPubSub = {
  publish: () => {
    throw new Error("nothing is published: subscriptions read stored feeds");
  },
  subscribe: () => {
    throw new Error("nothing is published: subscriptions read stored feeds");
  },
};

/** The schema with its resolvers, ready to execute with a RequestContext as context value. Reads and writes nothing itself. */
export function buildGraphQLSchema(): GraphQLSchema {
  const container = oneOfEach();
  const schema = buildSchemaSync({
    resolvers,
    container,
    pubSub: noPubSub,
    validate: false,
  });
  markOneOf(schema);
  describeRoots(schema);
  return tuneSchema(schema, resolvers, container);
}

function oneOfEach(): ResolverInstances {
  const instances = new Map<unknown, object>();
  return {
    get: resolver => {
      const instance = instances.get(resolver) ?? (Reflect.construct(resolver, []) as object);
      instances.set(resolver, instance);
      return instance;
    },
  };
}

/** TypeGraphQL has no place to describe the root types. */
function describeRoots(schema: GraphQLSchema): void {
  const query = schema.getQueryType();
  const mutation = schema.getMutationType();
  if (query != null) query.description = "Everything that can be read. Every answer reflects one position of the log.";
  if (mutation != null)
    mutation.description = "Everything that can be done. Whatever is refused comes back as a value.";
  const subscription = schema.getSubscriptionType();
  if (subscription != null)
    subscription.description =
      "Everything that can be followed, over WebSocket (graphql-transport-ws) at /graphql or as server-sent events at /graphql/stream.";
}

/** The public contract as it stands in schema/schema.graphql: sorted, so that it changes only where the contract does. */
export const printContract = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
