import { GraphQLScalarType } from "graphql";
import type { JsonScalar } from "../../domain/json.ts";

/** Given out only: values come in with facts, whose schemas check them. */
export const AttributeValue = new GraphQLScalarType<never, JsonScalar>({
  name: "AttributeValue",
  description: "The value of an attribute or preference: text, number, boolean or null.",
  serialize: value => value as JsonScalar,
});
