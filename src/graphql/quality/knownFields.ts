import type { FactCatalogue } from "../../intake/catalogue.ts";
import { createPersonalPaths } from "../../intake/personalPaths.ts";
import type { KnownFields } from "../../projections/quality/qualityView.ts";

/** What the data standard says of fields, in the newest version of each fact type. */
export function createKnownFields(catalogue: FactCatalogue): KnownFields {
  const isPersonal = createPersonalPaths(catalogue);
  return {
    of: factType =>
      Object.keys((catalogue.find(factType)?.schema.properties ?? {}) as object).map(name => `data.${name}`),
    isPersonal: (factType, field) => field.startsWith("data.") && isPersonal(factType, field.slice("data.".length)),
  };
}
