import { accept, type Result, refuse } from "../domain/result.ts";
import { parseSegment } from "../domain/segment/parse/parseSegment.ts";
import { SegmentId } from "../domain/segment/segment.ts";
import { definitionFiles, neededFirst } from "./definitionFiles.ts";
import { isOfTheFile, withoutTags } from "./withoutTags.ts";

/** A segment as it stands in its file. What it asks of tags is looked at where these are known: in the store. */
export type FiledSegment = { readonly file: string; readonly id: string; readonly json: object };

/**
 * The segments of files, or of all .json files in folders, each after those of them that it names. Refuses with a line for
 * everything that is wrong with any of them, as far as that can be told without the tags.
 */
export function readSegments(paths: readonly string[]): Result<readonly FiledSegment[], readonly string[]> {
  const surroundings = withoutTags();
  const problems: string[] = [];
  const found = new Map<string, FiledSegment>();
  for (const { file, json, place } of definitionFiles(paths, "id", problems)) {
    const parsed = parseSegment(json, surroundings);
    const faults = parsed.ok ? [] : parsed.refusal.filter(isOfTheFile);
    for (const { field, message } of faults) problems.push(`${place}${field === "" ? "" : ` ${field}`}: ${message}`);
    const id = idOf(json);
    if (faults.length > 0 || id === null) continue;
    if (found.has(id)) problems.push(`${place}: ${id} is defined in ${found.get(id)?.file} too`);
    else found.set(id, { file, id, json: json as object });
  }
  if (problems.length === 0 && found.size === 0) problems.push("there are no segments in these files");
  return problems.length > 0 ? refuse(problems) : accept(neededFirst(found, ({ json }) => segmentsNamed(json)));
}

function idOf(json: unknown): SegmentId | null {
  const id = (json as { readonly id?: unknown } | null)?.id;
  return typeof id === "string" ? SegmentId.parse(id) : null;
}

/** Ids that stand in members called `segment`, at any depth. */
function segmentsNamed(json: unknown): readonly string[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) =>
    name === "segment" && typeof value === "string" ? [value] : segmentsNamed(value),
  );
}
