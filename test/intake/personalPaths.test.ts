import { expect, test } from "vitest";
import { createPersonalPaths } from "../../src/intake/personalPaths.ts";
import { shippedCatalogue } from "./shippedCatalogue.ts";

const isPersonal = createPersonalPaths(shippedCatalogue);

test.each([
  ["customer-registered", "attributes.firstName", true],
  ["customer-registered", "attributes.district", false],
  ["identity-linked", "id", true],
  ["identity-linked", "system", false],
  ["transaction-posted", "amount", false],
  ["of-no-schema", "name", false],
])("of %s, %s is personal: %s", (type, path, expected) => expect(isPersonal(type, path)).toBe(expected));
