import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  visit,
} from "graphql";
import { LRUCache } from "lru-cache";
import { accept, type Result, refuse } from "../../../domain/result.ts";
import type { ServerLimits } from "../serverLimits.ts";
import { aliasLimit, depthLimit } from "../shapeLimits.ts";

/** A validated document, and which of its variables only says where to begin. */
export type SubscriptionDocument = {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Stands in the argument `after` of the subscribed field and nowhere else; null where there is no such variable. */
  readonly startVariable: string | null;
};

export type SubscriptionDocuments = (
  source: string,
  operationName: string | null | undefined,
) => Result<SubscriptionDocument, readonly GraphQLError[]>;

/** Parses and validates by the rules that hold over HTTP; texts seen before are remembered. */
export function subscriptionDocuments(
  schema: GraphQLSchema,
  limits: ServerLimits,
  { introspection, production }: { readonly introspection: boolean; readonly production: boolean },
): SubscriptionDocuments {
  const rules = [
    ...specifiedRules,
    depthLimit(limits.depth),
    aliasLimit(limits.aliases),
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  const known = new LRUCache<string, Result<DocumentNode, readonly GraphQLError[]>>({ max: limits.compiledOperations });

  const read = (source: string): Result<DocumentNode, readonly GraphQLError[]> => {
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: limits.tokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return refuse([withCode(error, "GRAPHQL_PARSE_FAILED")]);
    }
    const faults = validate(schema, document, rules, { hideSuggestions: production });
    return faults.length > 0
      ? refuse(faults.map(error => withCode(error, "GRAPHQL_VALIDATION_FAILED")))
      : accept(document);
  };

  return (source, operationName) => {
    let parsed = known.get(source);
    if (parsed === undefined) {
      parsed = read(source);
      known.set(source, parsed);
    }
    if (!parsed.ok) return parsed;
    const operation = getOperationAST(parsed.value, operationName);
    if (operation == null)
      return refuse([coded("BAD_REQUEST", "Say in `operationName` which operation of the document is meant.")]);
    if (operation.operation !== "subscription")
      return refuse([
        coded(
          "BAD_REQUEST",
          `Only subscriptions are answered here: send the ${operation.operation} to /graphql by POST.`,
        ),
      ]);
    return accept({ document: parsed.value, operation, startVariable: startVariableOf(parsed.value, operation) });
  };
}

export const coded = (code: string, message: string, details: Readonly<Record<string, unknown>> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...details } });

/** A rule's own code stays. */
const withCode = ({ message, nodes, source, positions, extensions }: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code, ...extensions },
  });

function startVariableOf(document: DocumentNode, operation: OperationDefinitionNode): string | null {
  const [field, ...others] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0) return null;
  const start = field.arguments?.find(({ name }) => name.value === "after")?.value;
  if (start?.kind !== Kind.VARIABLE) return null;
  const name = start.name.value;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false, // its name is no use of it
    Variable: variable => {
      if (variable.name.value === name) uses += 1;
    },
  });
  return uses === 1 ? name : null;
}
