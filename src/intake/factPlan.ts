import type { CustomerId } from "../domain/ids.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { canonicalValue, setMember } from "./canonicalJson.ts";
import type { ExternalRef } from "./fact.ts";
import type { FactForm } from "./factAjv.ts";
import { storedForms } from "./storedForms.ts";

/** What turning input into stored data needs beside the input, and where personal values go. */
export type Normalising = {
  readonly customerOf: (ref: ExternalRef) => CustomerId;
  personal: Record<string, JsonValue> | null;
};
export type Convert = (value: JsonValue, to: Normalising, pointer: string) => JsonValue;

/** A fact schema as a JSON object, its references resolved against its own `$defs`. */
export type SchemaNode = { readonly [keyword: string]: unknown };

export type FactPlan = {
  readonly convert: Convert;
  /** Whether the value at a JSON pointer is stored in clear. */
  readonly isOpen: (pointer: string) => boolean;
  /** Whether somewhere anything goes, so that depth must be looked at. */
  readonly holdsAnything: boolean;
};

/**
 * Works out once what storing a fact of this schema takes, so that doing it is quick. The stored form is canonical: the
 * same fact always gives the same JSON text, because the log tells a repeated fact from a reused id by that text.
 * Throws an Error naming the place where the annotations cannot be followed.
 */
export function planOf(schema: SchemaNode): FactPlan {
  const personal = new Map<string, PersonalRule>();
  const seen = { anything: false };
  const convert = convertOf(schema, "", { root: schema, personal, seen, inList: false });
  const isOpen = (pointer: string): boolean => {
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf("/", end - 1)) {
      const at = pointer.slice(0, end);
      if (personal.get(at) === true) return false;
      const parent = personal.get(at.slice(0, at.lastIndexOf("/")));
      if (typeof parent === "object" && hides(parent, at.slice(at.lastIndexOf("/") + 1))) return false;
    }
    return true;
  };
  return { convert, isOpen, holdsAnything: seen.anything };
}

export type PersonalRule = true | { readonly only: ReadonlySet<string> } | { readonly except: ReadonlySet<string> };
type Planning = {
  readonly root: SchemaNode;
  readonly personal: Map<string, PersonalRule>;
  readonly seen: { anything: boolean };
  readonly inList: boolean;
};

export const hides = (rule: Exclude<PersonalRule, true>, name: string): boolean =>
  "only" in rule ? rule.only.has(name) : !rule.except.has(name);

export function personalRule(annotation: unknown): PersonalRule | null {
  if (annotation === undefined || annotation === false) return null;
  if (annotation === true) return true;
  const { only, except } = annotation as { readonly only?: string[]; readonly except?: string[] };
  return only !== undefined ? { only: new Set(only) } : { except: new Set(except) };
}

export function resolve(node: SchemaNode, root: SchemaNode): SchemaNode {
  const { $ref, ...own } = node;
  if (typeof $ref !== "string") return node;
  const name = /^#\/\$defs\/([^/]+)$/.exec($ref)?.[1];
  const target = name === undefined ? undefined : (root.$defs as Record<string, SchemaNode> | undefined)?.[name];
  if (target === undefined) throw new Error(`nothing stands at ${$ref}`);
  return { ...resolve(target, root), ...own };
}

function convertOf(unresolved: SchemaNode, pointer: string, planning: Planning): Convert {
  const node = resolve(unresolved, planning.root);
  const rule = personalRule(node["x-personal"]);
  if (rule !== null) {
    if (planning.inList) throw new Error(`${pointer}: x-personal inside a list; mark the whole list`);
    if (pointer === "") throw new Error("x-personal at the top; mark fields");
    planning.personal.set(pointer, rule);
  }
  for (const combinator of ["anyOf", "oneOf", "allOf", "if", "then", "else", "not", "patternProperties", "prefixItems"])
    if (/"x-form"|"x-personal"|"\$ref"/.test(JSON.stringify(node[combinator] ?? null)))
      throw new Error(`${pointer || "the schema"}: x-form, x-personal and $ref are not followed inside ${combinator}`);
  const inner = convertInner(node, pointer, planning, rule);
  if (rule !== true) return inner;
  return (value, to) => {
    const hidden = inner(value, to, pointer);
    to.personal ??= {};
    to.personal[pointer] = hidden;
    return undefined as unknown as JsonValue; // an undefined member is left out
  };
}

function convertInner(node: SchemaNode, pointer: string, planning: Planning, rule: PersonalRule | null): Convert {
  const form = node["x-form"];
  if (form !== undefined) return storedForms[form as FactForm];
  const properties = node.properties as Record<string, SchemaNode> | undefined;
  const rest = node.additionalProperties;
  const takesMore = properties === undefined ? node.type === "object" || rest !== undefined : rest !== false;
  if (rule !== null && rule !== true && properties !== undefined)
    throw new Error(
      `${pointer}: x-personal with only or except is for objects without fixed properties; mark the fields`,
    );
  if (properties !== undefined || takesMore) {
    const more = takesMore ? mapOf(rest as SchemaNode | boolean | undefined, pointer, planning, rule) : null;
    return properties === undefined && more !== null ? more : objectOf(properties ?? {}, more, pointer, planning);
  }
  if (node.items !== undefined && typeof node.items === "object") {
    const item = convertOf(node.items as SchemaNode, `${pointer}/*`, { ...planning, inList: true });
    return (value, to, at) => (value as readonly JsonValue[]).map(entry => item(entry, to, at));
  }
  if (isScalar(node)) return value => value;
  planning.seen.anything = true;
  return canonicalValue;
}

function isScalar(node: SchemaNode): boolean {
  const types = node.type === undefined ? [] : [node.type].flat();
  return node.enum !== undefined || node.const !== undefined
    ? true
    : types.length > 0 && !types.includes("object") && !types.includes("array");
}

/** Known members in the order of their names, then any others. */
function objectOf(
  properties: Readonly<Record<string, SchemaNode>>,
  more: Convert | null,
  pointer: string,
  planning: Planning,
): Convert {
  const members = Object.keys(properties)
    .sort()
    .map(name => {
      const at = `${pointer}/${escapeStep(name)}`;
      return { name, at, convert: convertOf(properties[name] as SchemaNode, at, planning) };
    });
  return (value, to) => {
    const input = value as JsonObject;
    const stored: Record<string, JsonValue> = {};
    for (const { name, at, convert } of members) {
      const member = input[name];
      if (member === undefined) continue;
      const kept = convert(member, to, at);
      if (kept !== undefined) stored[name] = kept;
    }
    if (more !== null) {
      const others: Record<string, JsonValue> = {};
      for (const name of Object.keys(input))
        if (!Object.hasOwn(properties, name)) setMember(others, name, input[name]!);
      for (const [name, kept] of Object.entries(more(others, to, pointer) as JsonObject)) setMember(stored, name, kept);
    }
    return stored;
  };
}

/** Members under any name, in the order of their names. */
function mapOf(
  values: SchemaNode | boolean | undefined,
  pointer: string,
  planning: Planning,
  rule: PersonalRule | null,
): Convert {
  const convert =
    typeof values === "object" ? convertOf(values, `${pointer}/*`, { ...planning, inList: true }) : canonicalValue;
  if (typeof values !== "object") planning.seen.anything = true;
  return (value, to) => {
    const input = value as JsonObject;
    const stored: Record<string, JsonValue> = {};
    for (const name of Object.keys(input).sort()) {
      const at = `${pointer}/${escapeStep(name)}`;
      const kept = convert(input[name]!, to, at);
      if (rule !== null && rule !== true && hides(rule, name)) {
        to.personal ??= {};
        to.personal[at] = kept;
      } else setMember(stored, name, kept);
    }
    return stored;
  };
}

const escapeStep = (step: string): string => step.replaceAll("~", "~0").replaceAll("/", "~1");
