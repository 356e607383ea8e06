import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Result, refuse } from "../domain/result.ts";
import { buildCatalogue, type CatalogueProblem, type FactCatalogue, type SchemaFile } from "./catalogue.ts";

/** Reads and compiles every `*.json` of a folder (`schema/facts`), or tells every problem with them by file. */
export function loadCatalogue(folder: string): Result<FactCatalogue, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const files: SchemaFile[] = [];
  let names: string[];
  try {
    names = readdirSync(folder).filter(name => name.endsWith(".json"));
  } catch (error) {
    return refuse([{ file: folder, message: `cannot be read: ${(error as Error).message}` }]);
  }
  for (const name of names)
    try {
      files.push({ name, content: JSON.parse(readFileSync(join(folder, name), "utf8")) });
    } catch (error) {
      problems.push({ file: name, message: `is not readable as JSON: ${(error as Error).message}` });
    }
  const built = buildCatalogue(files);
  if (problems.length === 0) return built;
  return refuse([...problems, ...(built.ok ? [] : built.refusal)]);
}
