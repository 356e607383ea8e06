import { GraphQLScalarType, Kind } from "graphql";
import { badUserInput } from "../errors.ts";

/** A scalar that travels as text. `read` gives null for text that is not one; `expected` finishes "expected …" then. */
export function textScalar<Value>({
  name,
  description,
  expected,
  read,
  write,
}: {
  readonly name: string;
  readonly description: string;
  readonly expected: string;
  readonly read: (text: string) => Value | null;
  readonly write: (value: Value) => string;
}): GraphQLScalarType<Value, string> {
  const parse = (given: unknown): Value => {
    const value = typeof given === "string" ? read(given) : null;
    if (value === null) throw badUserInput(name, `Not a ${name}: expected ${expected}.`);
    return value;
  };
  return new GraphQLScalarType<Value, string>({
    name,
    description,
    serialize: value => write(value as Value),
    parseValue: parse,
    parseLiteral: node => parse(node.kind === Kind.STRING ? node.value : null),
  });
}
