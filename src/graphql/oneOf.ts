import { type GraphQLSchema, isInputObjectType } from "graphql";
import { InputType } from "type-graphql";

const names = new Set<string>();

/** An input of which exactly one field is given (`@oneOf`): how a closed choice is said in GraphQL. Its fields are all nullable. */
export function OneOfInput(name: string, description: string): ClassDecorator {
  names.add(name);
  return target => InputType(name, { description: `${description} Give exactly one of these.` })(target);
}

/** TypeGraphQL has no word for it. Must run before the schema validates or prints anything. */
export function markOneOf(schema: GraphQLSchema): void {
  for (const name of names) {
    const type = schema.getType(name);
    if (isInputObjectType(type)) type.isOneOf = true;
  }
}
