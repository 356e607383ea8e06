const quick = /^[\x21-\x7e]+$/;
/** Control characters, halves of surrogate pairs (two ids differing only there would hash alike), blank edges. */
const unfit = /[\p{Cc}\p{Cs}]|^\s|\s$/u;

/** What is wrong with a name or id, or null: text of 1 to `max` characters without control characters or blank edges. */
export function textProblem(value: unknown, max: number): { readonly code: string; readonly message: string } | null {
  if (typeof value === "string" && value.length <= max && quick.test(value)) return null;
  if (value === undefined || value === null) return { code: "missing", message: "is needed" };
  if (typeof value !== "string") return { code: "wrong-type", message: `expected text, got ${kindOf(value)}` };
  if (value === "") return { code: "empty", message: "must not be empty" };
  if (value.length > max)
    return { code: "too-long", message: `expected at most ${max} characters, got ${value.length}` };
  if (unfit.test(value))
    return { code: "malformed", message: "must not hold control characters, nor begin or end with a space" };
  return null;
}

/** The JSON kind of a value, in words for a message. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "object":
      return "an object";
    case "undefined":
      return "nothing";
    default:
      return `a ${typeof value}`;
  }
}
