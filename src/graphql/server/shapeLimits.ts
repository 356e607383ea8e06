import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

const tooComplex = (message: string) => new GraphQLError(message, { extensions: { code: "QUERY_TOO_COMPLEX" } });

/** Refuses operations whose fields nest deeper than `limit`; introspection (`__schema`, `__type`) is not counted. */
export const depthLimit =
  (limit: number): ValidationRule =>
  context => ({
    [Kind.OPERATION_DEFINITION]: ({ selectionSet }) => {
      const depth = depthOf(selectionSet, context, new Map());
      if (depth > limit)
        context.reportError(tooComplex(`The operation nests ${depth} fields deep; the limit is ${limit}.`));
    },
  });

function depthOf(
  { selections }: SelectionSetNode,
  context: ValidationContext,
  fragments: Map<FragmentDefinitionNode, number>,
): number {
  let deepest = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith("__")) continue;
      const below = selection.selectionSet ? depthOf(selection.selectionSet, context, fragments) : 0;
      deepest = Math.max(deepest, below + 1);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(selection.selectionSet, context, fragments));
    } else {
      const fragment = context.getFragment(selection.name.value);
      if (!fragment) continue;
      let depth = fragments.get(fragment);
      if (depth === undefined) {
        fragments.set(fragment, 0); // a cycle ends here
        depth = depthOf(fragment.selectionSet, context, fragments);
        fragments.set(fragment, depth);
      }
      deepest = Math.max(deepest, depth);
    }
  }
  return deepest;
}

/** Refuses documents that rename more than `limit` fields. */
export const aliasLimit =
  (limit: number): ValidationRule =>
  context => {
    let aliases = 0;
    return {
      [Kind.FIELD]: ({ alias }) => {
        if (alias) aliases += 1;
      },
      [Kind.DOCUMENT]: {
        leave: () => {
          if (aliases > limit)
            context.reportError(tooComplex(`The document has ${aliases} aliases; the limit is ${limit}.`));
        },
      },
    };
  };
