import {
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";

const known = new WeakMap<GraphQLInputObjectType, boolean>();

/** Whether a variable of the operation is of an input type that can hold itself, such as a rule. */
export function takesRecursiveInput(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): boolean {
  return variableDefinitions.some(({ type }) => {
    const named = getNamedType(typeFromAST(schema, type as never));
    return isInputObjectType(named) && reachesItself(named);
  });
}

function reachesItself(type: GraphQLInputObjectType): boolean {
  let found = known.get(type);
  if (found === undefined) {
    found = holdsOneOf(type, [], new Set());
    known.set(type, found);
  }
  return found;
}

/** Whether something below holds one of those that hold it. */
function holdsOneOf(
  type: GraphQLInputObjectType,
  above: readonly GraphQLInputObjectType[],
  done: Set<GraphQLInputObjectType>,
): boolean {
  if (above.includes(type)) return true;
  if (done.has(type)) return false;
  done.add(type);
  return Object.values(type.getFields()).some(field => {
    const named = getNamedType(field.type);
    return isInputObjectType(named) && holdsOneOf(named, [...above, type], done);
  });
}
