import { accept, type Result, refuse } from "../domain/result.ts";
import type { TagDefinition } from "../domain/tag/definition.ts";
import { parseDefinition } from "../domain/tag/parse/parseDefinition.ts";
import { inputsOf } from "../domain/tag/references.ts";
import { createFactFields } from "../intake/factFields.ts";
import { standards } from "../intake/standards.ts";
import { leftSealed } from "../projections/logPages.ts";
import { factCatalogue } from "../threads/factCatalogue.ts";
import { definitionFiles, neededFirst } from "./definitionFiles.ts";

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
  for (const { file, json, place } of definitionFiles(paths, "code", problems)) {
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
  if (problems.length > 0) return refuse(problems);
  return accept(neededFirst(found, ({ definition }) => inputsOf(definition.rule)));
}
