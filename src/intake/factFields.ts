import type { FactFields, FieldAnswer, FieldContent } from "../domain/tag/factFields.ts";
import { unaskedFields } from "../domain/tag/unaskedFields.ts";
import type { FactCatalogue } from "./catalogue.ts";
import type { FactForm } from "./factAjv.ts";
import { hides, type PersonalRule, personalRule, resolve, type SchemaNode } from "./factPlan.ts";

/** A field of its own, or a map under which sources name values themselves (path "details." and any name that fits). */
type Field =
  | { readonly path: string; readonly map: false; readonly answer: FieldAnswer }
  | { readonly path: string; readonly map: true; readonly answerFor: (name: string) => FieldAnswer | null };

const occurredAt: Field = {
  path: "occurredAt",
  map: false,
  answer: { kind: "known", content: { kind: "instant" } },
};

/**
 * What tags can ask of the facts of a catalogue, worked out from their JSON Schemas once. `leftSealed`: fact types whose
 * personal values histories never hold; those of others, such as birth dates among attributes, they do.
 */
export function createFactFields(catalogue: FactCatalogue, leftSealed: readonly string[]): FactFields {
  const byType = new Map<string, readonly Field[]>();
  for (const { type, versions } of catalogue.types) {
    const schema = versions.at(-1)?.schema as SchemaNode;
    byType.set(type, [occurredAt, ...fieldsOf(schema, schema, "", leftSealed.includes(type))]);
  }
  return {
    types: [...byType.keys()],
    find: (type, path) => {
      const fields = byType.get(type);
      if (fields === undefined) return null;
      const own = fields.find(field => field.path === path);
      if (own?.map === false) return own.answer;
      for (const field of fields)
        if (field.map && path.startsWith(field.path)) {
          const answer = field.answerFor(path.slice(field.path.length));
          if (answer !== null) return answer;
        }
      const known = fields.flatMap(field => {
        if (field.map) return [`${field.path}*`];
        return field.answer.kind === "known" ? [field.path] : [];
      });
      return { kind: "unknown", known };
    },
  };
}

/** Lists are left out: tags ask for single values. */
function fieldsOf(unresolved: SchemaNode, root: SchemaNode, path: string, seals: boolean): Field[] {
  if (unaskedFields.has(path)) return [{ path, map: false, answer: { kind: "unasked" } }];
  const node = resolve(unresolved, root);
  const rule = seals ? personalRule(node["x-personal"]) : null;
  if (rule === true) return [{ path, map: false, answer: { kind: "sealed" } }];
  const content = contentOf(node);
  if (content !== null) {
    const field: Field = { path, map: false, answer: { kind: "known", content } };
    if (content.kind !== "money") return [field];
    const currency: FieldAnswer = { kind: "known", content: { kind: "text" } };
    return [field, { path: `${path}.currency`, map: false, answer: currency }];
  }
  const properties = Object.entries((node.properties ?? {}) as Record<string, SchemaNode>);
  const below = path === "" ? "" : `${path}.`;
  const own = properties.flatMap(([name, child]) => fieldsOf(child, root, below + name, seals));
  const rest = node.additionalProperties;
  const open = node.type === "object" && (rest === undefined ? properties.length === 0 : rest !== false);
  return open ? [...own, mapField(node, root, below, rule)] : own;
}

function mapField(node: SchemaNode, root: SchemaNode, path: string, rule: PersonalRule | null): Field {
  const names = node.propertyNames === undefined ? undefined : resolve(node.propertyNames as SchemaNode, root);
  const pattern = typeof names?.pattern === "string" ? new RegExp(names.pattern, "u") : null;
  const longest = typeof names?.maxLength === "number" ? names.maxLength : Number.POSITIVE_INFINITY;
  const rest = node.additionalProperties;
  const values = typeof rest === "object" && rest !== null ? contentOf(resolve(rest as SchemaNode, root)) : null;
  return {
    path,
    map: true,
    answerFor: name => {
      if (name === "" || name.length > longest || pattern?.test(name) === false) return null;
      if (rule !== null && rule !== true && hides(rule, name)) return { kind: "sealed" };
      return { kind: "known", content: values ?? { kind: "open" } };
    },
  };
}

const byForm: Readonly<Record<FactForm, FieldContent>> = {
  money: { kind: "money" },
  account: { kind: "text" },
  customer: { kind: "text" },
  instant: { kind: "instant" },
  decimal: { kind: "decimal" },
};

/** What a single value of this schema is; null for objects and lists. */
function contentOf(node: SchemaNode): FieldContent | null {
  if (node["x-form"] !== undefined) return byForm[node["x-form"] as FactForm];
  const values = node.enum as readonly unknown[] | undefined;
  if (values?.every(value => typeof value === "string")) return { kind: "enumeration", values: values as string[] };
  if (node.const !== undefined && typeof node.const === "string") return { kind: "enumeration", values: [node.const] };
  const types = ([node.type ?? []].flat() as string[]).filter(name => name !== "null");
  if (types.length !== 1) return types.some(name => name === "object" || name === "array") ? null : { kind: "open" };
  const [type] = types;
  switch (type) {
    case "string":
      return node.format === "date" ? { kind: "date" } : { kind: "text" };
    case "boolean":
    case "integer":
    case "number":
      return { kind: type };
    default:
      return null;
  }
}
