import { expect, test } from "vitest";
import { nearestName } from "../../../src/domain/definition/nearestName.ts";

const names = ["orders", "order-count", "spend-30d", "spend-90d", "vip"];

test.each([
  ["order", "orders"],
  ["ordres", "orders"],
  ["oders", "orders"],
  ["spend-60d", "spend-30d"],
  ["spend30d", "spend-30d"],
  ["vipp", "vip"],
  ["vop", "vip"],
  ["customers", null],
  ["ab", null],
])("for %s, %s may have been meant", (given, meant) => {
  expect(nearestName(given, names)).toBe(meant);
});
