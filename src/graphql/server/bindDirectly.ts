import type { GraphQLFieldResolver } from "graphql";
import { GraphQLScalarType } from "graphql";
import type { getMetadataStorage } from "type-graphql";

type ResolverMetadata =
  | ReturnType<typeof getMetadataStorage>["queries"][number]
  | ReturnType<typeof getMetadataStorage>["fieldResolvers"][number];
type Param = NonNullable<ResolverMetadata["params"]>[number];
type Resolve = GraphQLFieldResolver<Record<string, unknown>, Record<string, unknown>, Record<string, unknown>>;
type Pick = (...call: Parameters<Resolve>) => unknown;

/** Gives the instance on which a resolver class's methods are called; the same one as the schema's container does. */
export type ResolverInstance = (target: new (...args: never[]) => object) => object;

/** Calls the resolver method with its parameters taken straight from the call; null where that would not mean the same. */
export function bindDirectly(resolver: ResolverMetadata, resolverInstance: ResolverInstance): Resolve | null {
  if (resolver.middlewares?.length || resolver.roles?.length) return null;
  const picks: Pick[] = [];
  for (const param of resolver.params ?? []) {
    const pick = pickOf(param);
    if (pick === null || param.index > 4) return null;
    picks[param.index] = pick;
  }
  const target = resolverInstance(resolver.target as new () => object) as Record<string, unknown>;
  const method = target[resolver.methodName];
  if (typeof method !== "function") return null;
  const bound = method.bind(target);
  const none: Pick = () => undefined;
  const [first = none, second = none, third = none, fourth = none, fifth = none] = picks;
  // Spelled out per count: a call through an array of arguments costs more than the whole of a small resolver.
  switch (picks.length) {
    case 0:
      return () => bound();
    case 1:
      return (...call) => bound(first(...call));
    case 2:
      return (...call) => bound(first(...call), second(...call));
    case 3:
      return (...call) => bound(first(...call), second(...call), third(...call));
    default:
      return (...call) => bound(first(...call), second(...call), third(...call), fourth(...call), fifth(...call));
  }
}

function pickOf(param: Param): Pick | null {
  switch (param.kind) {
    case "context":
      return param.propertyName
        ? (_root, _args, context) => context[param.propertyName!]
        : (_r, _a, context) => context;
    case "info":
      return (_root, _args, _context, info) => info;
    case "root":
      if (param.getType !== undefined && !bearsPlainObjects(param.getType())) return null;
      return param.propertyName ? root => root[param.propertyName!] : root => root;
    case "arg":
      if (param.validateFn !== undefined || param.validateSettings) return null;
      if (isClass(param.getType())) return null;
      return (_root, args) => args[param.name];
    default:
      return null;
  }
}

const builtIns: readonly unknown[] = [String, Number, Boolean, Date, Array, Promise, Object];
/** An input class is instantiated by TypeGraphQL; scalars, enums and JavaScript's own types pass as they are. */
const isClass = (type: unknown): type is new () => object =>
  typeof type === "function" && !(type instanceof GraphQLScalarType) && !builtIns.includes(type);

/** True for a type whose instances have nothing that a plain object of the same fields lacks. */
function bearsPlainObjects(type: unknown): boolean {
  if (!isClass(type)) return true;
  for (let proto = type.prototype; proto !== null && proto !== Object.prototype; proto = Object.getPrototypeOf(proto))
    if (Object.getOwnPropertyNames(proto).some(name => name !== "constructor")) return false;
  return Object.keys(new type()).length === 0;
}
