import "reflect-metadata";
import { graphql } from "graphql";
import { createRequestContext } from "../graphql/context.ts";
import { buildGraphQLSchema } from "../graphql/schema.ts";
import { CliFailure } from "./fail.ts";
import type { ReachedStore } from "./reachStore.ts";
import { askServer } from "./remote.ts";

let schema: ReturnType<typeof buildGraphQLSchema> | null = null;

/** One GraphQL operation on a store, whoever has it open: commands and clients see the same answers. */
export async function askStore<Data>(reached: ReachedStore, query: string, variables: object = {}): Promise<Data> {
  if (reached.kind === "server") return askServer(reached.url, query, variables);
  schema ??= buildGraphQLSchema();
  const contextValue = createRequestContext(reached.product.backend);
  try {
    const { data, errors } = await graphql({
      schema,
      source: query,
      variableValues: { ...variables },
      contextValue,
    });
    if (errors !== undefined || data == null)
      throw new CliFailure(errors?.map(({ message }) => message).join("; ") ?? "no answer");
    return data as Data;
  } finally {
    contextValue.release();
  }
}
