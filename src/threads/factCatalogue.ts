import { join } from "node:path";
import type { FactCatalogue } from "../intake/catalogue.ts";
import { loadCatalogue } from "../intake/loadCatalogue.ts";
import { packageRoot } from "../packageRoot.ts";

/** The schema files cannot be used; the message tells every problem of every file. */
export class CatalogueUnusable extends Error {
  override readonly name = "CatalogueUnusable";
  readonly code = "CATALOGUE_UNUSABLE";
}

/** The fact types that came with the product. Throws CatalogueUnusable. */
export function factCatalogue(): FactCatalogue {
  const loaded = loadCatalogue(join(packageRoot, "schema/facts"));
  if (loaded.ok) return loaded.value;
  throw new CatalogueUnusable(
    `schema/facts cannot be used: ${loaded.refusal.map(({ file, message }) => `${file} ${message}`).join("; ")}`,
  );
}
