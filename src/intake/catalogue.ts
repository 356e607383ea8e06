import { accept, type Result, refuse } from "../domain/result.ts";
import { createFactAjv } from "./factAjv.ts";
import type { SchemaNode } from "./factPlan.ts";
import { compileFactSchema, type FactSchema } from "./factSchema.ts";

/** Every fact type the door takes. */
export type FactCatalogue = {
  /** In order of their names. */
  readonly types: readonly FactType[];
  /** The schema of a type: the version asked for, else the newest. */
  readonly find: (type: string, version?: number) => FactSchema | undefined;
};
/** `versions[0]` is version 1; the last one is the newest. */
export type FactType = { readonly type: string; readonly versions: readonly FactSchema[] };

/** A file of the folder: its name ("card-issued.v1.json") and its parsed content. */
export type SchemaFile = { readonly name: string; readonly content: unknown };
/** What keeps a folder of schemas from being a catalogue. */
export type CatalogueProblem = { readonly file: string; readonly message: string };

/** Definitions that all fact schemas of a folder may refer to. */
export const commonFile = "common.json";
const factFile = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.v([1-9]\d*)\.json$/;

/** Compiles the files of a schema folder, or tells every problem of every file. */
export function buildCatalogue(files: readonly SchemaFile[]): Result<FactCatalogue, readonly CatalogueProblem[]> {
  const ajv = createFactAjv();
  const problems: CatalogueProblem[] = [];
  const byType = new Map<string, FactSchema[]>();
  const definitions = (files.find(file => file.name === commonFile)?.content as { $defs?: object } | undefined)?.$defs;
  for (const { name, content } of files) {
    if (name === commonFile) continue;
    const [, type, version] = factFile.exec(name) ?? [];
    if (type === undefined || version === undefined) {
      problems.push({ file: name, message: "expected a name like card-issued.v1.json" });
      continue;
    }
    try {
      const schema = compileFactSchema(ajv, type, Number(version), bundled(content, definitions ?? {}));
      byType.set(type, [...(byType.get(type) ?? []), schema]);
    } catch (error) {
      problems.push({ file: name, message: (error as Error).message });
    }
  }
  const types = [...byType].map(([type, versions]) => ({
    type,
    versions: versions.sort((a, b) => a.version - b.version),
  }));
  for (const { type, versions } of types) problems.push(...historyProblems(type, versions));
  if (problems.length > 0) return refuse(problems);
  return accept({
    types: types.sort((a, b) => (a.type < b.type ? -1 : 1)),
    find: (type, version) => {
      const versions = byType.get(type);
      return version === undefined ? versions?.at(-1) : versions?.[version - 1];
    },
  });
}

function historyProblems(type: string, versions: readonly FactSchema[]): CatalogueProblem[] {
  return versions.flatMap(({ version, schema }, index) => {
    const file = `${type}.v${version}.json`;
    if (version !== index + 1) return [{ file, message: `version ${index + 1} of ${type} is missing` }];
    if (version > 1 && schema["x-upcast"] === undefined)
      return [{ file, message: "a later version needs x-upcast: how data of the version before becomes this one" }];
    return [];
  });
}

/** The schema with the shared definitions it uses inside, so that it stands alone. */
function bundled(content: unknown, definitions: object): SchemaNode {
  if (typeof content !== "object" || content === null || Array.isArray(content))
    throw new Error("expected a JSON Schema, an object");
  const own = JSON.parse(JSON.stringify(content).replaceAll(`"${commonFile}#/$defs/`, '"#/$defs/')) as SchemaNode;
  const used: Record<string, unknown> = { ...(own.$defs as object | undefined) };
  const take = (node: unknown): void => {
    for (const [, name] of JSON.stringify(node).matchAll(/"#\/\$defs\/([^"/]+)"/g)) {
      const found = (definitions as Record<string, unknown>)[name as string];
      if (found === undefined || Object.hasOwn(used, name as string)) continue;
      used[name as string] = found;
      take(found);
    }
  };
  take(own);
  return { ...own, $defs: used };
}
