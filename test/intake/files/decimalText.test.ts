import fc from "fast-check";
import { expect, test } from "vitest";
import { plainNumbers, readDecimal, readInteger } from "../../../src/intake/files/decimalText.ts";

const continental = { decimal: ",", group: " " };

test("any decimal survives being written in the continental way, with thousands apart", () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat({ max: 99 }), fc.constantFrom(" ", "\u00a0", "\u202f"), (whole, cents, space) => {
      const sign = whole < 0n ? "-" : "";
      const digits = String(whole < 0n ? -whole : whole);
      const decimals = String(cents).padStart(2, "0");
      const grouped = digits.replace(/\B(?=(\d{3})+$)/g, space);
      const expected = `${sign}${digits}.${decimals}`;
      expect(readDecimal(`${sign}${grouped},${decimals}`, continental)).toBe(
        /[1-9]/.test(expected) ? expected : expected.replace("-", ""),
      );
      expect(readDecimal(`${sign}${digits},${decimals}`, continental)).toBe(
        /[1-9]/.test(expected) ? expected : expected.replace("-", ""),
      );
    }),
  );
});

test("reading a canonical decimal gives it back unchanged", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.stringMatching(/^\d{1,6}$/), fc.boolean(), (whole, decimals, negative) => {
      const text = `${negative ? "-" : ""}${whole}.${decimals}`;
      expect(readDecimal(text, plainNumbers)).toBe(text);
    }),
  );
});

test.each([
  ["007", "7"],
  ["+12.30", "12.30"],
  ["-0.00", "0.00"],
  [".5", "0.5"],
])("%s is read as %s", (text, decimal) => expect(readDecimal(text, plainNumbers)).toBe(decimal));

test.each(["", "-", ".", "1.", "1e5", "2E+05", "1,5", "1 000", "NaN", "Infinity", "0x10", "1.2.3", "--1", "١٢"])(
  "%s is no decimal",
  text => expect(readDecimal(text, plainNumbers)).toBeNull(),
);

test.each(["1 23,5", "1234 567", "1.5", ",", "12,", "1 234 ,5"])("%s is no continental decimal", text =>
  expect(readDecimal(text, continental)).toBeNull(),
);

test("an integer may carry empty decimals, but no others, and must be exact", () => {
  expect(readInteger("12.00", plainNumbers)).toBe(12);
  expect(readInteger("-3", plainNumbers)).toBe(-3);
  expect(readInteger("12.5", plainNumbers)).toBeNull();
  expect(readInteger("9007199254740993", plainNumbers)).toBeNull();
});
