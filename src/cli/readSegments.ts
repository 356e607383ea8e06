import { accept, type Result, refuse } from "../domain/result.ts";
import { largestJson, tooLargeMessage } from "../domain/segment/parse/parseRule.ts";
import { SegmentId } from "../domain/segment/segment.ts";
import { isTooLarge } from "../domain/tag/parse/tooLarge.ts";
import { definitionFiles, neededFirst } from "./definitionFiles.ts";

/** A segment as it stands in its file. What it says is looked at where the tags are known: in the store. */
export type FiledSegment = { readonly file: string; readonly id: string; readonly json: object };

/**
 * The segments of files, or of all .json files in folders, each after those of them that it names. Refuses with a line for
 * everything that keeps any of them from being asked of the store.
 */
export function readSegments(paths: readonly string[]): Result<readonly FiledSegment[], readonly string[]> {
  const problems: string[] = [];
  const found = new Map<string, FiledSegment>();
  for (const { file, json, place } of definitionFiles(paths, "id", problems)) {
    const id = idOf(json);
    if (id === null) problems.push(`${place} id: expected lower-case words joined by hyphens, at most 64 characters`);
    else if (isTooLarge(json, largestJson)) problems.push(`${place}: ${tooLargeMessage}`);
    else if (found.has(id)) problems.push(`${place}: ${id} is defined in ${found.get(id)?.file} too`);
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
