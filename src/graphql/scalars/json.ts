import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import type { JsonValue } from "../../domain/json.ts";
import { badUserInput } from "../errors.ts";

type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** Variables may stand anywhere inside a literal; one that was not given leaves its field out. */
function fromLiteral(node: ValueNode, variables: Variables): JsonValue {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return finite(Number(node.value));
    case Kind.LIST:
      return node.values.map(value => fromLiteral(value, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields
          .filter(({ value }) => value.kind !== Kind.VARIABLE || variables?.[value.name.value] !== undefined)
          .map(({ name, value }) => [name.value, fromLiteral(value, variables)]),
      );
    case Kind.VARIABLE:
      return (variables?.[node.name.value] ?? null) as JsonValue;
  }
}

function finite(number: number): number {
  if (!Number.isFinite(number)) throw badUserInput("JSON", "Not JSON: a number is too large.");
  return number;
}

export const Json = new GraphQLScalarType<JsonValue, JsonValue>({
  name: "JSON",
  description: "Any JSON value: object, list, text, number, boolean or null.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
  serialize: value => value as JsonValue,
  parseValue: value => value as JsonValue,
  parseLiteral: fromLiteral,
});
