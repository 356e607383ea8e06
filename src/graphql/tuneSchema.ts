import { type GraphQLFieldResolver, type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import { getMetadataStorage } from "type-graphql";

type Storage = ReturnType<typeof getMetadataStorage>;
type ResolverClass = Storage["queries"][number]["target"];
export type ResolverInstances = { readonly get: (resolver: ResolverClass) => object };
type Resolve = GraphQLFieldResolver<unknown, unknown>;
type Pick = (...given: Parameters<Resolve>) => unknown;
type BoundMethod = {
  readonly target: ResolverClass;
  readonly methodName: string;
  readonly schemaName: string;
};

/**
 * Replaces what TypeGraphQL wraps around each resolver by a direct call: its wrapper copies every parent into a class
 * instance and awaits every argument, and compiled queries cannot wait for its asynchronous `resolveType` at all.
 * Only for resolvers without validation, middlewares, roles and custom parameters; the last it refuses.
 */
export function tuneSchema(
  schema: GraphQLSchema,
  resolvers: readonly ResolverClass[],
  instances: ResolverInstances,
): GraphQLSchema {
  const storage = getMetadataStorage();
  const bind = (typeName: string | undefined, method: BoundMethod) => {
    // The storage is global and may hold the resolvers of other schemas too.
    if (!resolvers.includes(method.target)) return;
    const type = typeName === undefined ? undefined : schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[method.schemaName] : undefined;
    if (field === undefined) throw new Error(`no field for ${method.target.name}.${method.methodName}`);
    field.resolve = directCall(method, instances);
  };
  for (const query of storage.queries) bind("Query", query);
  for (const mutation of storage.mutations) bind("Mutation", mutation);
  for (const method of storage.fieldResolvers) {
    const owner = storage.resolverClasses.find(({ target }) => target === method.target)?.getObjectType();
    bind(storage.objectTypes.find(({ target }) => target === owner)?.name, method);
  }
  for (const { name, resolveType } of [...storage.unions, ...storage.interfaceTypes]) {
    const type = schema.getType(name);
    if (isAbstractType(type) && resolveType !== undefined) type.resolveType = resolveType as typeof type.resolveType;
  }
  return schema;
}

function directCall({ target, methodName }: BoundMethod, instances: ResolverInstances): Resolve {
  const instance = instances.get(target) as Record<string, (...given: unknown[]) => unknown>;
  const method = instance[methodName]!.bind(instance);
  const picks = getMetadataStorage()
    .params.filter(param => param.target === target && param.methodName === methodName)
    .toSorted((left, right) => left.index - right.index)
    .map(pickFor);
  const [a, b, c, d, ...rest] = picks;
  // Spelled out for the usual counts: gathering arguments in a list costs more than a small resolver does.
  if (a === undefined) return () => method();
  if (b === undefined) return (...given) => method(a(...given));
  if (c === undefined)
    return (root, args, context, info) => method(a(root, args, context, info), b(root, args, context, info));
  if (d === undefined)
    return (root, args, context, info) =>
      method(a(root, args, context, info), b(root, args, context, info), c(root, args, context, info));
  if (rest.length > 0) return (...given) => method(...picks.map(pick => pick(...given)));
  return (root, args, context, info) =>
    method(
      a(root, args, context, info),
      b(root, args, context, info),
      c(root, args, context, info),
      d(root, args, context, info),
    );
}

function pickFor(param: Storage["params"][number]): Pick {
  switch (param.kind) {
    case "root":
      return root => root;
    case "args":
      return (_, args) => args;
    case "context":
      return (_, __, context) => context;
    case "info":
      return (_, __, ___, info) => info;
    case "arg": {
      const { name } = param;
      return (_, args) => args[name];
    }
    default:
      throw new Error(`${param.target.name}.${param.methodName} uses a parameter (${param.kind}) that cannot be bound`);
  }
}
