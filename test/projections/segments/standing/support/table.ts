import fc from "fast-check";
import type { CustomerId } from "../../../../../src/domain/ids.ts";
import type { ColumnTest } from "../../../../../src/domain/segment/plan.ts";
import type { TagCode } from "../../../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../../../src/domain/tag/tagValue.ts";
import type { Columns, ColumnValue } from "../../../../../src/projections/segments/columns/columns.ts";

/** Few and small values, so that random changes meet random tests. */
export const types: Readonly<Record<string, ValueType>> = {
  vip: { kind: "boolean" },
  tier: { kind: "enumeration", values: ["bronze", "silver", "gold"] },
  city: { kind: "text" },
  spend: { kind: "number", decimals: 0, unit: null },
  limit: { kind: "number", decimals: 0, unit: null },
  balance: { kind: "money", currency: "CZK" },
  since: { kind: "date", zone: "Europe/Prague" },
  products: { kind: "set" },
};
export const codes = Object.keys(types) as TagCode[];
export const code = (name: string): TagCode => name as TagCode;
export const customer = (row: number): CustomerId => `c${String(row).padStart(25, "0")}` as CustomerId;

const cities = ["Prague", "Brno", "Plzen", "Praha"];
const products = ["card", "loan", "fund", "safe"];
const amount = fc.integer({ min: -3, max: 6 });

export function anyValue(of: TagCode): fc.Arbitrary<ColumnValue> {
  const type = types[of] as ValueType;
  const present = (): fc.Arbitrary<ColumnValue> => {
    switch (type.kind) {
      case "boolean":
        return fc.boolean();
      case "enumeration":
        return fc.constantFrom(...type.values);
      case "text":
        return fc.constantFrom(...cities);
      case "number":
      case "money":
      case "date":
        return amount;
      case "set":
        return fc.subarray(products).map(members => members.sort());
    }
  };
  return fc.oneof(
    { weight: 12, arbitrary: present() },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

export function anyTest(of: TagCode): fc.Arbitrary<ColumnTest> {
  const exists = fc.constant<ColumnTest>({ kind: "exists" });
  switch ((types[of] as ValueType).kind) {
    case "boolean":
      return fc.oneof(
        exists,
        fc.boolean().map<ColumnTest>(value => ({ kind: "is", value })),
      );
    case "enumeration":
      return fc.oneof(exists, oneOf(["bronze", "silver", "gold"]));
    case "text":
      return fc.oneof(
        exists,
        oneOf(cities),
        fc.constantFrom<ColumnTest>(
          { kind: "startsWith", text: "Pra" },
          { kind: "endsWith", text: "n" },
          { kind: "contains", text: "r" },
        ),
      );
    case "set":
      return fc.oneof(
        exists,
        fc
          .tuple(fc.constantFrom("holdsAny" as const, "holdsAll" as const), fc.subarray(products, { minLength: 1 }))
          .map<ColumnTest>(([kind, values]) => ({ kind, values })),
      );
    default:
      return fc.oneof(
        exists,
        fc
          .uniqueArray(amount, { minLength: 1, maxLength: 4 })
          .map(ends => ends.sort((a, b) => a - b))
          .map<ColumnTest>(ends => ({
            kind: "within",
            ranges: ends.flatMap((end, index) => {
              if (ends.length === 1) return [{ from: end, to: Number.POSITIVE_INFINITY }];
              return index % 2 === 1 ? [{ from: ends[index - 1] as number, to: end }] : [];
            }),
          })),
        amount.map<ColumnTest>(end => ({ kind: "within", ranges: [{ from: Number.NEGATIVE_INFINITY, to: end }] })),
      );
  }
}

const oneOf = (values: readonly string[]): fc.Arbitrary<ColumnTest> =>
  fc.subarray([...values], { minLength: 1 }).map(chosen => ({ kind: "oneOf", values: chosen }));

export function addColumns(columns: Columns): void {
  for (const of of codes) columns.add(of, types[of] as ValueType);
}
