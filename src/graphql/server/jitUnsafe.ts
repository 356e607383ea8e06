import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from "graphql";

/**
 * Documents that graphql-jit executes differently from graphql-js: anything but queries; a variable inside a list or
 * object literal (an absent one loses the input field's default, one inside a JSON scalar is dropped); @defer and @stream.
 */
export function jitUnsafe(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  if (operation.operation !== "query") return true;
  let unsafe = false;
  let literals = 0;
  const literal = { enter: () => void literals++, leave: () => void literals-- };
  visit(document, {
    [Kind.OBJECT]: literal,
    [Kind.LIST]: literal,
    [Kind.VARIABLE]: () => {
      if (literals > 0) unsafe = true;
    },
    [Kind.DIRECTIVE]: node => {
      if (node.name.value === "defer" || node.name.value === "stream") unsafe = true;
    },
  });
  return unsafe;
}
