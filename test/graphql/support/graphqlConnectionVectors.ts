import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Which = { readonly first?: number; readonly last?: number; readonly after?: string; readonly before?: string };
type Demanded = {
  readonly nodes: readonly string[];
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  readonly hasNextPage: boolean | "free";
  readonly hasPreviousPage: boolean | "free";
};
export type Vectors = {
  readonly nodes: readonly string[];
  readonly vectors: readonly { readonly args: Which; readonly expected: Demanded | "error" }[];
};

/** Null, said aloud, where the data folder is absent. */
export function connectionVectors(): Vectors | null {
  const file = join(process.env.C360_DATA ?? "../shared/data", "graphql-connections", "vectors.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Vectors;
  console.warn(`skipped: no ${file} (set C360_DATA to the data folder)`);
  return null;
}
