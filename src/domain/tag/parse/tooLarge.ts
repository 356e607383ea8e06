/** Levels and parts (objects, lists, values) that a piece of JSON may have. */
export type JsonLimits = { readonly levels: number; readonly parts: number };

/** Looked at without recursion, so that what follows can recur safely. */
export function isTooLarge(json: unknown, { levels, parts }: JsonLimits): boolean {
  let seen = 0;
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (depth > levels || seen > parts) return true;
    level = level.flatMap(item => (item !== null && typeof item === "object" ? Object.values(item) : []));
  }
  return false;
}
