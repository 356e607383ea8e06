import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import type { OutsideLiteral } from "../../../domain/tag/outside.ts";
import { badUserInput } from "../../errors.ts";

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));

const scalarIn = (node: ValueNode): unknown => {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    default:
      return undefined;
  }
};

/** What may stand for a value in a definition; whether it fits the tag or the field, the definition's parser says. */
export const TagLiteral = new GraphQLScalarType<OutsideLiteral, OutsideLiteral>({
  name: "TagLiteral",
  description:
    'A value in a tag definition: text, number, boolean or a list of texts. Decimals and money go as text, `"12.30"`; dates as `"2024-02-29"` or an RFC 3339 timestamp.',
  serialize: value => value as OutsideLiteral,
  parseValue: given => literal(given),
  parseLiteral: node => literal(node.kind === Kind.LIST ? node.values.map(scalarIn) : scalarIn(node)),
});

function literal(given: unknown): OutsideLiteral {
  if (isScalar(given)) return given;
  if (Array.isArray(given) && given.every(member => typeof member === "string")) return given;
  throw badUserInput("TagLiteral", "Not a TagLiteral: expected text, a number, a boolean or a list of texts.");
}

/** Numbers go through as they came: those that are not whole the definition's parser refuses. */
export const ExactNumber = new GraphQLScalarType<string | number, string | number>({
  name: "ExactNumber",
  description: 'A number in a tag definition: decimal text, `"12.30"`, or a whole number.',
  serialize: value => value as string | number,
  parseValue: given => exactNumber(given),
  parseLiteral: node => exactNumber(scalarIn(node)),
});

function exactNumber(given: unknown): string | number {
  if (typeof given === "string" || (typeof given === "number" && Number.isFinite(given))) return given;
  throw badUserInput("ExactNumber", "Not an ExactNumber: expected decimal text or a whole number.");
}
