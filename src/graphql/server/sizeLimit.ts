import { createRequire } from "node:module";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql";
import type { ComplexityEstimator } from "graphql-query-complexity";
import type { Variables } from "./compiledOperations.ts";

// The CommonJS build, since the other one brings a second copy of graphql along; by require, since Node 22 cannot tell its names.
const { fieldExtensionsEstimator, getComplexity } = createRequire(import.meta.url)(
  "graphql-query-complexity",
) as typeof import("graphql-query-complexity");

/** The error for an operation that may return more fields than allowed with these variables, or null. */
export type SizeLimit = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables | undefined,
) => GraphQLError | null;

/**
 * Counts the fields an operation may return: one each, and below a field that takes `first` or `last` once per item asked for
 * (`defaultPage` where the client does not say), below one that takes `pageSize` once per item of a message. A field's own `complexity` in the schema goes before that.
 *
 * Verdicts are remembered per document and per value of the variables that matter, so that an operation served from its
 * compiled form costs a look-up here.
 */
export function sizeLimit(schema: GraphQLSchema, limits: { fields: number; defaultPage: number }): SizeLimit {
  const estimators = [fieldExtensionsEstimator(), pageEstimator(limits.defaultPage)];
  const known = new WeakMap<OperationDefinitionNode, { names: readonly string[]; verdicts: Map<string, number> }>();

  return (document, operation, variables) => {
    let memory = known.get(operation);
    if (memory === undefined) {
      memory = { names: sizingVariables(document), verdicts: new Map() };
      known.set(operation, memory);
    }
    const { names, verdicts } = memory;
    const key = names.length === 0 ? "" : JSON.stringify(names.map(name => variables?.[name] ?? null));
    let size = verdicts.get(key);
    if (size === undefined) {
      try {
        const query: DocumentNode = {
          ...document,
          definitions: document.definitions.filter(
            item => item === operation || item.kind === Kind.FRAGMENT_DEFINITION,
          ),
        };
        size = getComplexity({ schema, query, variables: { ...variables }, estimators });
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        if (error.nodes?.length) return null; // wrong variables or arguments: execution tells it better
        size = Number.POSITIVE_INFINITY; // the library stops counting at 10,000 nodes of the document
      }
      if (verdicts.size >= 100) verdicts.clear();
      verdicts.set(key, size);
    }
    return size > limits.fields ? tooLarge(size, limits.fields) : null;
  };
}

const tooLarge = (size: number, limit: number) =>
  new GraphQLError(
    Number.isFinite(size)
      ? `The operation may return ${size} fields; the limit is ${limit}. Ask for smaller pages or fewer fields.`
      : "The operation has too many fields to be counted.",
    { extensions: { code: "QUERY_TOO_COMPLEX", http: { status: 400 } } },
  );

const pageEstimator =
  (defaultPage: number): ComplexityEstimator =>
  ({ field, args, childComplexity }) => {
    const paged = field.args.some(({ name }) => name === "first" || name === "last");
    const items: unknown = paged ? (args.first ?? args.last ?? defaultPage) : (args.pageSize ?? 1);
    return 1 + childComplexity * (typeof items === "number" ? Math.max(0, items) : 1);
  };

/** Variables that stand for `first`, `last`, `pageSize` or the condition of @skip and @include: the only ones the count depends on. */
function sizingVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    [Kind.ARGUMENT]: ({ name, value }) => {
      if (value.kind === Kind.VARIABLE && ["first", "last", "pageSize", "if"].includes(name.value))
        names.add(value.name.value);
    },
  });
  return [...names];
}
