import type { FieldContent } from "../factFields.ts";
import { fault, type Reading, readText, type Spot } from "./reading.ts";

export const longestPath = 200;
/** A field of every fact. */
export const occurredAt = "occurredAt";

export type Field = { readonly name: string; readonly content: FieldContent; readonly path: string };

/** Fact types, of which every one, or only some, have to have the fields asked for. */
export type FieldHome = { readonly types: readonly string[]; readonly on: "every" | "some" };

/**
 * A field that these fact types have, and what it holds. Types that are no fact types were told already where they
 * are named; without any left nothing can be said of the field, which counts as open then.
 */
export function readField(reading: Reading, spot: Spot, { types, on }: FieldHome): Field | null {
  const name = readText(reading, spot, longestPath);
  if (name === null) return null;
  const { path } = spot;
  const contents: FieldContent[] = [];
  const lacking: string[] = [];
  let known: readonly string[] = [];
  for (const type of types) {
    const answer = reading.fields.find(type, name);
    if (answer === null) continue;
    if (answer.kind === "sealed")
      return fault(reading, path, "personal", `${name} of ${type} is personal and not available to tags`);
    if (answer.kind === "unasked")
      return fault(reading, path, "not-kept", `${name} only tells facts of ${type} apart; tags cannot ask for it`);
    if (answer.kind === "known") contents.push(answer.content);
    else {
      lacking.push(type);
      known = [...new Set([...known, ...answer.known])];
    }
  }
  if (lacking.length > 0 && (on === "every" || contents.length === 0))
    return fault(
      reading,
      path,
      "unknown-field",
      `there is no ${name} on ${lacking.join(", ")}; there ${known.length === 1 ? "is" : "are"} ${known.join(", ")}`,
    );
  const content = contents.reduce<FieldContent | null>(common, contents[0] ?? { kind: "open" });
  if (content !== null) return { name, content, path };
  return fault(
    reading,
    path,
    "ambiguous",
    `${name} holds different things on ${types.join(", ")}; ask for one of these fact types at a time`,
  );
}

function common(a: FieldContent | null, b: FieldContent): FieldContent | null {
  if (a === null) return null;
  if (a.kind === "enumeration" && b.kind === "enumeration")
    return { kind: "enumeration", values: [...new Set([...a.values, ...b.values])] };
  if (a.kind === b.kind) return a;
  const textual = [a.kind, b.kind].every(kind => kind === "text" || kind === "enumeration");
  return textual ? { kind: "text" } : null;
}
