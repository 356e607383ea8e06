import { type GraphQLObjectType, type GraphQLSchema, isInterfaceType, isObjectType, isUnionType } from "graphql";
import { getMetadataStorage } from "type-graphql";
import { bindDirectly, type ResolverInstance } from "./bindDirectly.ts";

type Storage = ReturnType<typeof getMetadataStorage>;
type ObjectMetadata = Storage["objectTypes"][number];

/** The one element that fits; null where none does or the choice is not clear, as when two schemas share a type's name. */
function theOne<Item>(items: readonly Item[], fits: (item: Item) => boolean): Item | null {
  const found = items.filter(fits);
  return found.length === 1 ? found[0]! : null;
}

/**
 * Takes out, in place, what TypeGraphQL wraps around resolvers and what a compiled query pays for or cannot await:
 * - `resolveType` of unions and interfaces answers synchronously (graphql-jit does not await it);
 * - a field that only reads its property has no resolver, so that compiled queries read it inline;
 * - with `resolverInstance`, resolvers whose parameters need no conversion are called directly, without the promise that
 *   argument validation makes of every call. Left alone: middlewares, roles, validation, input classes, `@Args`.
 *
 * Only for schemas built without global middlewares and validation. `resolverInstance` must give the instances that the
 * schema's own container gives.
 */
export function tuneSchema(
  schema: GraphQLSchema,
  options: { readonly resolverInstance?: ResolverInstance } = {},
): GraphQLSchema {
  const storage = getMetadataStorage();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isUnionType(type) || isInterfaceType(type)) tuneAbstractType(type, storage);
    else if (isObjectType(type) && !type.name.startsWith("__")) tuneObjectType(type, schema, storage, options);
  }
  return schema;
}

function tuneAbstractType(
  type: Extract<ReturnType<GraphQLSchema["getType"]>, { resolveType?: unknown }>,
  storage: Storage,
): void {
  const named = isUnionType(type) ? storage.unions : storage.interfaceTypes;
  const resolve = theOne<{ name: string; resolveType?: unknown }>(named, item => item.name === type.name)?.resolveType;
  if (typeof resolve !== "function") return;
  type.resolveType = (...args) => {
    const resolved: unknown = resolve(...args);
    if (resolved == null || typeof resolved === "string") return resolved ?? undefined;
    return storage.objectTypes.find(({ target }) => target === resolved)?.name;
  };
}

function tuneObjectType(
  type: GraphQLObjectType,
  schema: GraphQLSchema,
  storage: Storage,
  { resolverInstance }: { readonly resolverInstance?: ResolverInstance },
): void {
  const handlers =
    type === schema.getQueryType() ? storage.queries : type === schema.getMutationType() ? storage.mutations : null;
  const metadata = theOne(storage.objectTypes, ({ name }) => name === type.name);
  for (const field of Object.values(type.getFields())) {
    if (field.resolve === undefined) continue;
    const resolver =
      handlers === null
        ? metadata && fieldResolverOf(metadata, field.name, storage)
        : theOne(handlers, ({ schemaName }) => schemaName === field.name);
    if (resolver != null) {
      const direct = resolverInstance && bindDirectly(resolver, resolverInstance);
      if (direct) field.resolve = direct;
    } else if (metadata !== null && handlers === null) unwrapProperty(field, metadata, storage);
  }
}

function fieldResolverOf(metadata: ObjectMetadata, schemaName: string, storage: Storage) {
  const field = metadata.fields?.find(item => item.schemaName === schemaName);
  if (field === undefined) return null;
  const resolver = theOne(
    storage.fieldResolvers,
    item => item.getObjectType?.() === metadata.target && item.methodName === field.name,
  );
  return resolver?.kind === "external" ? resolver : null;
}

function unwrapProperty(
  field: ReturnType<GraphQLObjectType["getFields"]>[string],
  metadata: ObjectMetadata,
  storage: Storage,
): void {
  const property = metadata.fields?.find(item => item.schemaName === field.name);
  const resolved = storage.fieldResolvers.some(
    item => item.getObjectType?.() === metadata.target && item.methodName === property?.name,
  );
  if (property === undefined || resolved || property.middlewares?.length || property.roles?.length) return;
  const { name } = property;
  if (name === field.name) delete field.resolve;
  else field.resolve = source => source[name];
}
