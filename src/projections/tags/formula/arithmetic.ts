import type { ValueType } from "../../../domain/tag/tagValue.ts";
import { add, compare, divide, type Fraction, multiply, subtract } from "./fraction.ts";
import { aligned, exactly, fractionIn, type Giving, type Operand, type Run } from "./operand.ts";

type Kind = "add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum";

/** Exact: integers of one scale where that is possible, fractions where something is multiplied or divided. */
export function arithmeticOperand(kind: Kind, operands: readonly Operand[]): Operand {
  const integers = kind === "multiply" || kind === "divide" ? null : aligned(operands);
  if (integers !== null && kind !== "multiply" && kind !== "divide") {
    const [first] = operands;
    const { decimals } = integers;
    const type: ValueType =
      first?.kind === "integer" && first.type.kind !== "number" ? first.type : { kind: "number", decimals, unit: null };
    return { kind: "integer", decimals, type, of: folded(integers.of, onIntegers[kind]) };
  }
  return { kind: "fraction", of: folded(operands.map(fractionIn), onFractions[kind]) };
}

const onIntegers = {
  add: (a: number, b: number) => exactly(a + b, () => BigInt(a) + BigInt(b)),
  subtract: (a: number, b: number) => exactly(a - b, () => BigInt(a) - BigInt(b)),
  minimum: (a: number, b: number) => (b < a ? b : a),
  maximum: (a: number, b: number) => (b > a ? b : a),
};

const onFractions = {
  add,
  subtract,
  multiply,
  divide,
  minimum: (a: Fraction, b: Fraction) => (compare(b, a) < 0 ? b : a),
  maximum: (a: Fraction, b: Fraction) => (compare(b, a) > 0 ? b : a),
};

const folded =
  <Value>(of: readonly Giving<Value>[], step: (a: Value, b: Value) => Value | null): Giving<Value> =>
  (run: Run) => {
    let result: Value | null = null;
    for (let index = 0; index < of.length; index += 1) {
      const value = (of[index] as Giving<Value>)(run);
      if (value === null) return null;
      result = index === 0 ? value : step(result as Value, value);
      if (result === null) return null;
    }
    return result;
  };
