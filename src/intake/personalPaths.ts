import type { FactCatalogue } from "./catalogue.ts";
import { planOf, type SchemaNode } from "./factPlan.ts";

/** Which fields (dotted paths) of which fact types are personal, in any version of the type. Unknown types hide nothing. */
export function createPersonalPaths(catalogue: FactCatalogue): (factType: string, path: string) => boolean {
  const plans = new Map(
    catalogue.types.map(({ type, versions }) => [type, versions.map(({ schema }) => planOf(schema as SchemaNode))]),
  );
  return (factType, path) => plans.get(factType)?.some(plan => !plan.isOpen(`/${path.replaceAll(".", "/")}`)) ?? false;
}
