import { readFile } from "node:fs/promises";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { parseDocument } from "yaml";
import { accept, type Result, refuse } from "../../domain/result.ts";
import { checkMapping, type MappingFault } from "./checkMapping.ts";
import type { FileRefusal } from "./fileRefusal.ts";
import type { Mapping } from "./mapping.ts";
import { mappingSchema } from "./mappingSchema.ts";

const validate = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
  verbose: true,
}).compile<Mapping>(mappingSchema);

/** Reads and checks a mapping file (YAML). Every problem is told, each with its path in the file. */
export async function readMapping(path: string): Promise<Result<Mapping, readonly FileRefusal[]>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return refuse([unreadable(path, null, `cannot be read (${code})`)]);
  }
  return parseMapping(text, path);
}

/** As `readMapping`, for a text; `file` only names it in refusals. */
export function parseMapping(text: string, file: string): Result<Mapping, readonly FileRefusal[]> {
  const document = parseDocument(text, { merge: true, prettyErrors: true });
  const [broken] = document.errors;
  if (broken !== undefined)
    return refuse([
      unreadable(file, broken.linePos?.[0].line ?? null, `is not YAML: ${broken.message.split("\n")[0]}`),
    ]);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    return refuse([unreadable(file, null, `is not YAML: ${error instanceof Error ? error.message : String(error)}`)]);
  }
  if (!validate(content)) return refuse(invalid(file, (validate.errors ?? []).filter(isOwnFault).map(formFault)));
  const faults = checkMapping(content);
  return faults.length > 0 ? refuse(invalid(file, faults)) : accept(content);
}

const unreadable = (file: string, line: number | null, message: string): FileRefusal => ({
  code: "MAPPING_UNREADABLE",
  file,
  line,
  path: null,
  message,
});

const invalid = (file: string, faults: readonly MappingFault[]): FileRefusal[] =>
  faults.map(({ path, message }) => ({ code: "MAPPING_INVALID", file, line: null, path: path || "/", message }));

// "propertyNames" only says again that a name does not match its pattern.
const isOwnFault = ({ keyword }: ErrorObject): boolean => keyword !== "propertyNames";

function formFault({ instancePath, keyword, params, message, data }: ErrorObject): MappingFault {
  const path = instancePath;
  switch (keyword) {
    case "additionalProperties":
      return { path: `${path}/${params.additionalProperty}`, message: "there is no such setting" };
    case "required":
      return { path: `${path}/${params.missingProperty}`, message: "is missing" };
    case "enum":
      return { path, message: `must be one of ${(params.allowedValues as unknown[]).join(", ")}` };
    case "pattern":
      return { path, message: `${JSON.stringify(data)} must match ${params.pattern}` };
    default:
      return { path, message: message ?? keyword };
  }
}
