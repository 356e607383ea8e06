import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { canonicalResult } from "./canonicalResult.ts";
import { jitUnsafe } from "./jitUnsafe.ts";
import { takesRecursiveInput } from "./recursiveInput.ts";

export type Variables = Readonly<Record<string, unknown>>;
type MaybeResult = ExecutionResult | null;
/** Null where graphql-js is to be asked: see canonicalResult. */
type Execute = (context: unknown, variables: Variables | undefined) => MaybeResult | Promise<MaybeResult>;

/** A validated query and its compiled form. */
export type CompiledOperation = {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly sha256: string;
  readonly execute: Execute;
};

export type ValidatedOperation = {
  readonly source: string;
  readonly sha256: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
};

/** The compiled forms of the operations used most lately. Compiling costs milliseconds, so it waits for the second use. */
export type CompiledOperations = {
  /** Counts a use; null while the operation is to be executed by graphql-js. */
  readonly use: (operation: ValidatedOperation) => CompiledOperation | null;
  /** A compiled operation that is alone in its document, by its exact text or that text's SHA-256 (hex). */
  readonly bySource: (source: string) => CompiledOperation | null;
  readonly bySha256: (sha256: string) => CompiledOperation | null;
};

type Entry = { readonly compiled: CompiledOperation | null; readonly sha256: string };

/** @param limit operations remembered; the one not used for longest is forgotten first */
export function createCompiledOperations(schema: GraphQLSchema, limit: number): CompiledOperations {
  const operations = new LRUCache<string, Entry>({
    max: limit,
    dispose: ({ sha256 }, _key, reason) => {
      if (reason !== "set") alone.delete(sha256);
    },
  });
  const alone = new Map<string, CompiledOperation>();

  const compile = ({ document, operation, sha256 }: ValidatedOperation): CompiledOperation | null => {
    if (jitUnsafe(document, operation)) return null;
    // The code to read such a variable is written out level by level: seconds in which nobody is answered.
    if (takesRecursiveInput(schema, operation)) return null;
    const compiled = compileQuery(schema, document, operation.name?.value);
    if (!isCompiledQuery(compiled)) return null;
    const { query } = compiled;
    return {
      document,
      operation,
      sha256,
      execute: (context, variables) => {
        const result = query(undefined, context, variables);
        return result instanceof Promise
          ? result.then(settled => canonicalResult(settled, document))
          : canonicalResult(result, document);
      },
    };
  };

  return {
    use: used => {
      const single = used.document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
      const key = single ? used.source : `${used.operation.name?.value}\n${used.source}`;
      const known = operations.get(key);
      if (known === undefined) {
        operations.set(key, { compiled: null, sha256: used.sha256 });
        return null;
      }
      if (known.compiled !== null || refused.has(known)) return known.compiled;
      const entry: Entry = { compiled: compile(used), sha256: used.sha256 };
      operations.set(key, entry);
      if (entry.compiled === null) refused.add(entry);
      else if (single) alone.set(used.sha256, entry.compiled);
      return entry.compiled;
    },
    bySource: source => operations.get(source)?.compiled ?? null,
    bySha256: sha256 => alone.get(sha256) ?? null,
  };
}

/** Tried and found not to compile: not to be tried again. */
const refused = new WeakSet<Entry>();
