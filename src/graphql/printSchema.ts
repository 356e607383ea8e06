import { readFile, writeFile } from "node:fs/promises";
import { buildGraphQLSchema, printContract } from "./schema.ts";

/** Writes the contract to `file` (schema/schema.graphql). */
export const writeContract = (file: string): Promise<void> => writeFile(file, printContract(buildGraphQLSchema()));

/** Null when `file` says what the code does; else what differs first, and what to do. */
export async function contractDifference(file: string): Promise<string | null> {
  const printed = printContract(buildGraphQLSchema()).split("\n");
  const stored = (await readFile(file, "utf8")).split("\n");
  const at = Array.from({ length: Math.max(printed.length, stored.length) }).findIndex(
    (_, line) => printed[line] !== stored[line],
  );
  if (at === -1) return null;
  return `${file}:${at + 1} says ${quoted(stored[at])}, the code ${quoted(printed[at])}. Print the schema again and review the change.`;
}

const quoted = (line: string | undefined): string =>
  line === undefined ? "nothing more" : JSON.stringify(line.trim());
