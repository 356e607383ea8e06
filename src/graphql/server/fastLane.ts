import type { IncomingHttpHeaders } from "node:http";
import type { CompiledOperation, CompiledOperations, Variables } from "./compiledOperations.ts";
import type { SizeLimit } from "./sizeLimit.ts";

/** A request that needs nothing of Apollo's pipeline: the operation was validated and compiled before. */
export type FastCall = {
  readonly operation: CompiledOperation;
  readonly variables: Variables | undefined;
  readonly contentType: string;
};

/**
 * Finds the compiled operation of an ordinary POST (application/json in, a common `accept`, nothing in the body but a
 * query or its hash, an operation name and variables). Null sends the request to Apollo: always right, only slower.
 */
export type FastLane = (headers: IncomingHttpHeaders, body: unknown) => FastCall | null;

export function createFastLane(operations: CompiledOperations, withinSize: SizeLimit): FastLane {
  return (headers, body) => {
    const contentType = contentTypeOf(headers.accept);
    if (contentType === undefined || typeof body !== "object" || body === null) return null;
    let query: unknown;
    let operationName: unknown;
    let variables: unknown;
    let sha256: string | undefined;
    for (const key in body) {
      const value: unknown = body[key as keyof typeof body];
      if (key === "query") query = value;
      else if (key === "operationName") operationName = value;
      else if (key === "variables") variables = value;
      else if (key === "extensions" && isPersistedQuery(value)) sha256 = value.persistedQuery.sha256Hash;
      else return null;
    }
    const operation = find(query, sha256);
    if (operation === null) return null;
    if (operationName != null && operationName !== operation.operation.name?.value) return null;
    if (variables != null && (typeof variables !== "object" || Array.isArray(variables))) return null;
    const given = (variables ?? undefined) as Variables | undefined;
    if (withinSize(operation.document, operation.operation, given) !== null) return null;
    return { operation, variables: given, contentType };
  };

  function find(query: unknown, sha256: string | undefined): CompiledOperation | null {
    if (query === undefined) return sha256 === undefined ? null : operations.bySha256(sha256);
    const operation = typeof query === "string" ? operations.bySource(query) : null;
    return sha256 === undefined || operation?.sha256 === sha256 ? operation : null;
  }
}

const json = "application/json; charset=utf-8";
const graphqlResponse = "application/graphql-response+json; charset=utf-8";
/** What Apollo's negotiation gives for the `accept` headers that common clients send. */
const contentTypes: Readonly<Record<string, string>> = {
  "*/*": json,
  "application/json": json,
  "application/json, */*": json,
  "application/json, multipart/mixed": json,
  "application/graphql-response+json": graphqlResponse,
  "application/graphql-response+json,application/json;q=0.9": graphqlResponse,
  "application/graphql-response+json, application/json;q=0.9": graphqlResponse,
};
const contentTypeOf = (accept: string | undefined): string | undefined =>
  accept === undefined ? json : Object.hasOwn(contentTypes, accept) ? contentTypes[accept] : undefined;

type PersistedQuery = { readonly persistedQuery: { readonly sha256Hash: string } };
/** Automatic persisted queries, version 1, and no other extension. */
function isPersistedQuery(extensions: unknown): extensions is PersistedQuery {
  if (typeof extensions !== "object" || extensions === null) return false;
  const { persistedQuery, ...others } = extensions as { persistedQuery?: { version?: unknown; sha256Hash?: unknown } };
  return (
    persistedQuery?.version === 1 && typeof persistedQuery.sha256Hash === "string" && Object.keys(others).length === 0
  );
}
