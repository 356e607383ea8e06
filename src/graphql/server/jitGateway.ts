import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import { execute, type GraphQLSchema } from "graphql";
import type { CompiledOperations } from "./compiledOperations.ts";
import type { RequestScope } from "./requestScope.ts";

type Gateway = ApolloServerOptionsWithGateway<ApolloContext>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;
type Result = Awaited<ReturnType<Executor>>;

/** Apollo copies its context value; resolvers get the scope inside it, which is never copied. */
export type ApolloContext = {
  readonly scope: RequestScope;
  /** The compiled form was tried before and graphql-js is to be asked. */
  readonly interpret: boolean;
  readonly seen: { document: boolean };
};

/**
 * Execution for Apollo through its gateway seam: the compiled form where there is one and its result is what graphql-js
 * would give, else graphql-js.
 */
export function jitGateway(schema: GraphQLSchema, operations: CompiledOperations): Gateway {
  const executor: Executor = async ({ request, document, operation, source, queryHash, context }) => {
    const { scope, interpret } = context as ApolloContext;
    const compiled =
      operation && !interpret ? operations.use({ source, sha256: queryHash, document, operation }) : null;
    if (compiled !== null) {
      const result = await compiled.execute(scope, request.variables);
      if (result !== null) return result as Result;
    }
    const { operationName, variables } = request;
    return (await execute({
      schema,
      document,
      contextValue: scope,
      variableValues: variables,
      operationName,
    })) as Result;
  };
  return {
    onSchemaLoadOrUpdate: callback => {
      callback({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => {};
    },
    load: async () => ({ executor }),
    stop: async () => {},
  };
}
