import fc from "fast-check";
import type { CustomerId } from "../../../../../src/domain/ids.ts";
import type { ColumnTest, Plan, Range } from "../../../../../src/domain/segment/plan.ts";
import type { TagCode } from "../../../../../src/domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../../../src/domain/tag/tagValue.ts";
import type { ColumnValue } from "../../../../../src/projections/segments/columns/columns.ts";

export const types: Record<string, ValueType> = {
  flag: { kind: "boolean" },
  level: { kind: "enumeration", values: ["bronze", "silver", "gold"] },
  spend: { kind: "money", currency: "EUR" },
  visits: { kind: "number", decimals: 0, unit: null },
  since: { kind: "date", zone: "UTC" },
  seen: { kind: "date", zone: "UTC" },
  city: { kind: "text" },
  products: { kind: "set" },
  topics: { kind: "set" },
};
export const codes = Object.keys(types) as TagCode[];
export const customerAt = (row: number): CustomerId => `${row}`.padStart(26, "c") as CustomerId;

const word = (most: number) => fc.integer({ min: 0, max: most }).map(n => `w${n}`);
const day = 86_400_000;
/** Values of few and of more kinds than there are codes, of each format. */
export const anyValue = (code: string): fc.Arbitrary<NonNullable<TagValue>> => {
  switch (code) {
    case "flag":
      return fc.boolean();
    case "level":
      return fc.constantFrom("bronze", "silver", "gold");
    case "spend":
      return fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(0, 100, 5000) },
        { weight: 6, arbitrary: fc.integer({ min: -2000, max: 2000 }) },
        { weight: 1, arbitrary: fc.integer({ min: -(2 ** 40), max: 2 ** 40 }) },
      );
    case "visits":
      return fc.integer({ min: 0, max: 12 });
    case "since":
      return fc.integer({ min: 10_000, max: 20_000 }).map(n => n * day);
    case "seen":
      return fc.integer({ min: 1_600_000_000_000, max: 1_700_000_000_000 });
    case "city":
      return word(700);
    case "topics":
      return fc.uniqueArray(word(1500), { maxLength: 3 }).map(members => members.sort());
    default:
      return fc.uniqueArray(word(9), { maxLength: 5 }).map(members => members.sort());
  }
};
export const anyColumnValue = (code: string, failures = 0): fc.Arbitrary<ColumnValue> =>
  fc.oneof(
    { weight: 20, arbitrary: anyValue(code) },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: failures, arbitrary: fc.constant(undefined) },
  );

const anyRanges = (code: string): fc.Arbitrary<readonly Range[]> =>
  fc
    .uniqueArray(
      fc.oneof(
        anyValue(code) as fc.Arbitrary<number>,
        fc.constant(Number.NEGATIVE_INFINITY),
        fc.constant(Number.POSITIVE_INFINITY),
      ),
      { minLength: 2, maxLength: 8 },
    )
    .map(ends => {
      const sorted = ends.sort((a, b) => a - b);
      return Array.from({ length: sorted.length >> 1 }, (_, index) => ({
        from: sorted[2 * index] as number,
        to: sorted[2 * index + 1] as number,
      }));
    });

export const anyTest = (code: string): fc.Arbitrary<ColumnTest> => {
  const exists = fc.constant<ColumnTest>({ kind: "exists" });
  const kind = (types[code] as ValueType).kind;
  if (kind === "boolean")
    return fc.oneof(
      exists,
      fc.boolean().map(value => ({ kind: "is" as const, value })),
    );
  if (kind === "number" || kind === "money" || kind === "date")
    return fc.oneof(
      { weight: 1, arbitrary: exists },
      { weight: 5, arbitrary: anyRanges(code).map(ranges => ({ kind: "within" as const, ranges })) },
    );
  if (kind === "set")
    return fc.oneof(
      exists,
      fc.record({
        kind: fc.constantFrom("holdsAny" as const, "holdsAll" as const),
        values: fc.array(word(code === "topics" ? 1500 : 10), { maxLength: 3 }),
      }),
    );
  const text = fc.constantFrom("w", "w1", "2", "gold", "");
  return fc.oneof(
    exists,
    fc
      .array(anyValue(code) as fc.Arbitrary<string>, { maxLength: 5 })
      .map(values => ({ kind: "oneOf" as const, values })),
    fc.record({ kind: fc.constantFrom("contains" as const, "startsWith" as const, "endsWith" as const), text }),
  );
};

const comparable = [
  ["spend", "visits"],
  ["since", "seen"],
  ["city", "level"],
  ["flag", "flag"],
] as const;

export const anyPlan: fc.Arbitrary<Plan> = fc.letrec<{ plan: Plan }>(tie => ({
  plan: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(...codes)
        .chain(code => anyTest(code).map(test => ({ kind: "column" as const, code, test }))),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...comparable), fc.constantFrom("=", "!=", "<", "<=", ">", ">="))
        .map(
          ([[left, right], operator]) =>
            ({ kind: "compare" as const, left: left as TagCode, operator, right: right as TagCode }) as Plan,
        ),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom("all" as const, "any" as const),
        of: fc.array(tie("plan"), { maxLength: 4 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("not" as const), of: tie("plan") }) },
  ),
})).plan;
