import { type DocumentNode, type ExecutionResult, GraphQLError, type Source } from "graphql";

/**
 * A compiled query's result as graphql-js would give it, or null where only graphql-js itself can tell: nothing ran
 * (the variables were wrong), something failed unexpectedly, or several things failed. A single error thrown on purpose
 * is rewritten, not executed again, because it may be the end of a long wait. graphql-jit's own errors must not leave
 * here: they have no `extensions`, and Apollo fails on that.
 */
export function canonicalResult(result: ExecutionResult, document: DocumentNode): ExecutionResult | null {
  if (!("data" in result)) return null;
  if (result.errors === undefined) return result;
  const [error, ...others] = result.errors;
  const source = document.loc?.source;
  if (error === undefined || others.length > 0 || source === undefined) return null;
  const thrown = error.originalError;
  if (!(thrown instanceof GraphQLError) || thrown.path !== undefined || thrown.nodes !== undefined) return null;
  const rewritten = new GraphQLError(thrown.message, {
    source,
    positions: (error.locations ?? []).map(location => offsetOf(source, location)),
    path: error.path,
    originalError: thrown,
    extensions: thrown.extensions,
  });
  return { errors: [rewritten], data: result.data };
}

function offsetOf({ body }: Source, { line, column }: { readonly line: number; readonly column: number }): number {
  let start = 0;
  const breaks = /\r\n|[\n\r]/g;
  for (let current = 1; current < line && breaks.exec(body) !== null; current += 1) start = breaks.lastIndex;
  return start + column - 1;
}
