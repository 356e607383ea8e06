import { createFactFields } from "../../../src/intake/factFields.ts";
import { leftSealed } from "../../../src/projections/logPages.ts";
import { shippedCatalogue } from "../../intake/shippedCatalogue.ts";

/** What tags can ask of the facts that the product comes with. */
export const shippedFields = createFactFields(shippedCatalogue, leftSealed);
