import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { accept, type Result, refuse } from "../../domain/result.ts";
import type { FileRefusal } from "./fileRefusal.ts";

/** A file of an extract: `name` is how the mapping knows it, without ".gz". */
export type ExtractFile = { readonly name: string; readonly path: string; readonly bytes: number };

/** The files of an extract: those of a folder, or those named one by one. */
export async function extractFiles(
  paths: readonly string[],
): Promise<Result<readonly ExtractFile[], readonly FileRefusal[]>> {
  const found: ExtractFile[] = [];
  const refusals: FileRefusal[] = [];
  for (const path of paths) {
    try {
      const { size } = await stat(path).then(async stats => {
        if (!stats.isDirectory()) return stats;
        const entries = (await readdir(path, { withFileTypes: true })).sort(byName);
        for (const entry of entries) {
          if (!entry.isFile() && !entry.isSymbolicLink()) continue;
          if (entries.some(({ name }) => name === `${entry.name}.gz`)) refusals.push(twice(join(path, entry.name)));
          const inside = join(path, entry.name);
          found.push({ name: plainName(inside), path: inside, bytes: (await stat(inside)).size });
        }
        return { size: -1 };
      });
      if (size >= 0) found.push({ name: plainName(path), path, bytes: size });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
      const missing = code === "ENOENT";
      refusals.push({
        code: missing ? "FILE_MISSING" : "FILE_UNREADABLE",
        file: path,
        line: null,
        path: null,
        message: missing ? "there is no such file or folder" : `cannot be read (${code})`,
      });
    }
  }
  return refusals.length > 0 ? refuse(refusals) : accept(found);
}

const twice = (file: string): FileRefusal => ({
  code: "FILE_REPEATED",
  file,
  line: null,
  path: null,
  message: "the folder holds it both plain and as .gz; remove one of them",
});

const plainName = (path: string): string => basename(path).replace(/\.gz$/, "");
const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

/** Files whose name fits a pattern ("trans.csv", "trans-*.csv"), by name. */
export function filesNamed(pattern: string, files: readonly ExtractFile[]): ExtractFile[] {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  return files.filter(({ name }) => {
    if (tail === undefined) return name === head;
    if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return false;
    let at = head.length;
    for (const middle of rest) {
      const found = name.indexOf(middle, at);
      if (found === -1 || found + middle.length > name.length - tail.length) return false;
      at = found + middle.length;
    }
    return true;
  });
}
