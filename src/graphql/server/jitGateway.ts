import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import { execute, type GraphQLSchema } from "graphql";
import type { CompiledOperations } from "./compiledOperations.ts";
import type { RequestScope } from "./requestScope.ts";

type Gateway = ApolloServerOptionsWithGateway<ApolloContext>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;
type Result = Awaited<ReturnType<Executor>>;

/** Apollo copies its context value; resolvers get the scope inside it, which is never copied. */
export type ApolloContext = { readonly scope: RequestScope; readonly seen: { document: boolean } };

/**
 * Execution for Apollo through its gateway seam: the compiled form where there is one, else graphql-js. A compiled
 * result without `data` (nothing ran: the variables were wrong) is answered by graphql-js, whose errors are canonical.
 */
export function jitGateway(schema: GraphQLSchema, operations: CompiledOperations): Gateway {
  const executor: Executor = async ({ request, document, operation, source, queryHash, context }) => {
    const { scope } = context as ApolloContext;
    const compiled = operation && operations.use({ source, sha256: queryHash, document, operation });
    if (compiled != null) {
      const result = await compiled.execute(scope, request.variables);
      if ("data" in result) return result as Result;
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
