import { join } from "node:path";
import type { FactCatalogue } from "../intake/catalogue.ts";
import { loadCatalogue } from "../intake/loadCatalogue.ts";
import { packageRoot } from "../packageRoot.ts";

/** The fact types that came with the product. Throws with every problem of every schema file. */
export function factCatalogue(): FactCatalogue {
  const loaded = loadCatalogue(join(packageRoot, "schema/facts"));
  if (loaded.ok) return loaded.value;
  throw new Error(
    `schema/facts cannot be used: ${loaded.refusal.map(({ file, message }) => `${file} ${message}`).join("; ")}`,
  );
}
