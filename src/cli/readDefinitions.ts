import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { accept, type Result, refuse } from "../domain/result.ts";
import type { TagDefinition } from "../domain/tag/definition.ts";
import { parseDefinition } from "../domain/tag/parse/parseDefinition.ts";
import { inputsOf } from "../domain/tag/references.ts";
import { createFactFields } from "../intake/factFields.ts";
import { standards } from "../intake/standards.ts";
import { leftSealed } from "../projections/logPages.ts";
import { factCatalogue } from "../threads/factCatalogue.ts";

/** A definition as it stands in its file, and as it was understood. */
export type FiledDefinition = { readonly file: string; readonly json: object; readonly definition: TagDefinition };

/**
 * The definitions of files, or of all .json files in folders, each after those of them that it is computed from. Refuses with
 * a line for everything that is wrong with any of them.
 */
export function readDefinitions(paths: readonly string[]): Result<readonly FiledDefinition[], readonly string[]> {
  const surroundings = { standards, fields: createFactFields(factCatalogue(), leftSealed) };
  const problems: string[] = [];
  const found = new Map<string, FiledDefinition>();
  for (const file of paths.flatMap(path => filesIn(path, problems)))
    for (const { json, place } of definitionsIn(file, problems)) {
      const parsed = parseDefinition(json, surroundings);
      if (!parsed.ok) {
        for (const { field, message } of parsed.refusal)
          problems.push(`${place}${field === "" ? "" : ` ${field}`}: ${message}`);
        continue;
      }
      const { code } = parsed.value;
      const other = found.get(code);
      if (other !== undefined) problems.push(`${place}: ${code} is defined in ${other.file} too`);
      else found.set(code, { file, json: json as object, definition: parsed.value });
    }
  if (problems.length === 0 && found.size === 0) problems.push("there are no definitions in these files");
  return problems.length > 0 ? refuse(problems) : accept(inOrder(found));
}

function filesIn(path: string, problems: string[]): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter(name => name.endsWith(".json"))
      .sort()
      .map(name => join(path, name));
  } catch (error) {
    problems.push(`${path} cannot be read: ${(error as Error).message}`);
    return [];
  }
}

function definitionsIn(file: string, problems: string[]): { readonly json: unknown; readonly place: string }[] {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (!Array.isArray(content)) return [{ json: content, place: `${file}${codeOf(content)}` }];
    return content.map((json: unknown, index) => ({ json, place: `${file}[${index}]${codeOf(json)}` }));
  } catch (error) {
    problems.push(`${file} cannot be read as JSON: ${(error as Error).message}`);
    return [];
  }
}

const codeOf = (json: unknown): string => {
  const code = (json as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? ` ${code}` : "";
};

/** Where definitions go round in a circle any order will do: they are refused for it. */
function inOrder(found: ReadonlyMap<string, FiledDefinition>): FiledDefinition[] {
  const ordered = new Set<FiledDefinition>();
  const begun = new Set<string>();
  const take = (code: string): void => {
    const filed = found.get(code);
    if (filed === undefined || begun.has(code)) return;
    begun.add(code);
    for (const input of inputsOf(filed.definition.rule)) take(input);
    ordered.add(filed);
  };
  for (const code of found.keys()) take(code);
  return [...ordered];
}
