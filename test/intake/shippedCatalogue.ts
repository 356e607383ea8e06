import type { FactCatalogue } from "../../src/intake/catalogue.ts";
import { loadCatalogue } from "../../src/intake/loadCatalogue.ts";

export const schemaFolder = new URL("../../schema/facts/", import.meta.url).pathname;

const loaded = loadCatalogue(schemaFolder);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
/** The fact types that the product comes with. */
export const shippedCatalogue: FactCatalogue = loaded.value;
