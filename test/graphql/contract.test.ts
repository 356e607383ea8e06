import {
  type GraphQLArgument,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { expect, test } from "vitest";
import { contractDifference } from "../../src/graphql/printSchema.ts";
import { schema } from "./support/testBank.ts";

const own = Object.values(schema.getTypeMap()).filter(
  type => !type.name.startsWith("__") && !isSpecifiedScalarType(type),
);

test("schema/schema.graphql says what the code does", async () => {
  expect(await contractDifference("schema/schema.graphql")).toBeNull();
});

test("every type, field, argument, input field and enum value is described", () => {
  type Described = { readonly name: string; readonly description?: string | null | undefined };
  const silent: string[] = [];
  const check = (path: string, item: Described) => {
    if (!item.description) silent.push(path);
  };
  for (const type of own) {
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const arg of field.args as readonly GraphQLArgument[])
          check(`${type.name}.${field.name}(${arg.name})`, arg);
      }
  }
  expect(silent).toEqual([]);
});

test("every connection is one by the Relay specification", () => {
  const connections = own.filter(isObjectType).filter(({ name }) => name.endsWith("Connection"));
  expect(connections.length).toBeGreaterThan(10);
  for (const connection of connections) {
    const { edges, pageInfo } = connection.getFields();
    expect(String(pageInfo?.type), connection.name).toBe("PageInfo!");
    const edge = connection.name.replace(/Connection$/, "Edge");
    expect(String(edges?.type), connection.name).toBe(`[${edge}!]!`);
  }
});

test("the default limit of a list and its largest page are in its description", () => {
  const customers = schema.getQueryType()?.getFields().customers;
  expect(customers?.args.find(({ name }) => name === "first")?.description).toContain("0 to 100, 20 when neither");
});
