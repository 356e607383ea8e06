import { textScalar } from "./textScalar.ts";

export const Decimal = textScalar({
  name: "Decimal",
  description: "An exact decimal number as text, `-12.30`. Never a float: keep it as text or in a decimal library.",
  expected: "a decimal number as text, such as -12.30",
  read: text => (/^-?\d+(\.\d+)?$/.test(text) ? text : null),
  write: text => text,
});
