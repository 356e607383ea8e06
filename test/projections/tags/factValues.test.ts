import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject, JsonScalar } from "../../../src/domain/json.ts";
import { factValues } from "../../../src/projections/tags/history/factValues.ts";

/** The same, for data of scalars and objects of scalars, without any list that is shared. */
const laidOut = (data: JsonObject): readonly (readonly [string, JsonScalar])[] =>
  Object.entries(data).flatMap(([name, value]) =>
    typeof value === "object" && value !== null
      ? Object.entries(value).map(([inner, one]) => [`${name}.${inner}`, one as JsonScalar] as const)
      : [[name, value as JsonScalar] as const],
  );

const name = fc.constantFrom("a", "b", "c", "d");
const scalar = fc.oneof(fc.integer(), fc.constantFrom("x", "y", null, true));
const data = fc.dictionary(name, fc.oneof(scalar, fc.dictionary(name, scalar, { maxKeys: 3 })), { maxKeys: 4 });

test("facts say what they say, however much or little the fact of their type before them said", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom("paid", "seen"), data), { maxLength: 30 }), facts => {
      // All are laid out before any is looked at: one that comes later must not change one that was there.
      const all = facts.map(([type, data]) => factValues(type, data as JsonObject));
      const found = all.map(({ fields, values }) => {
        expect(values).toHaveLength(fields.length);
        return fields.map((field, index) => [field, values[index]]);
      });
      expect(found).toEqual(facts.map(([, data]) => laidOut(data as JsonObject)));
    }),
  );
});

test("facts of one type with the same fields share the list of them", () => {
  const first = factValues("opened", { account: "core/1", money: { minorUnits: 1, currency: "CZK" } });
  const second = factValues("opened", { account: "core/2", money: { minorUnits: 2, currency: "EUR" } });
  expect(second).toEqual({
    fields: ["account", "money.minorUnits", "money.currency"],
    values: ["core/2", 2, "EUR"],
  });
  expect(second.fields).toBe(first.fields);
});
