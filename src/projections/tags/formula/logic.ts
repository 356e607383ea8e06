import type { JsonScalar } from "../../../domain/json.ts";
import { aligned, fractionIn, type Giving, type IntegerOperand, type Operand } from "./operand.ts";

/** False if one part is; else missing if one part is; else true. */
export const allOf =
  (parts: readonly Giving<boolean>[]): Giving<boolean> =>
  run => {
    let result: boolean | null = true;
    for (const part of parts) {
      const value = part(run);
      if (value === false) return false;
      if (value === null) result = null;
    }
    return result;
  };

/** True if one part is; else missing if one part is; else false. */
export const anyOf =
  (parts: readonly Giving<boolean>[]): Giving<boolean> =>
  run => {
    let result: boolean | null = false;
    for (const part of parts) {
      const value = part(run);
      if (value === true) return true;
      if (value === null) result = null;
    }
    return result;
  };

/** A text is one of the values; a set holds one of them. */
export function membership(operand: Operand, values: readonly JsonScalar[]): Giving<boolean> {
  const wanted = new Set<unknown>(values);
  if (operand.kind === "fraction") throw new Error("a computed figure is compared, not looked up");
  return run => {
    const value = operand.of(run);
    if (value === null) return null;
    return Array.isArray(value) ? value.some(member => wanted.has(member)) : wanted.has(value);
  };
}

/** A missing condition makes the result missing: neither branch is known to be the one. */
export function chosen(when: Giving<boolean>, then: Operand, otherwise: Operand): Operand {
  return united([then, otherwise], ([first, second]) => run => {
    const condition = when(run);
    return condition === null ? null : ((condition ? first : second)?.(run) ?? null);
  });
}

export const firstThere = (parts: readonly Operand[]): Operand =>
  united(parts, of => run => {
    for (const part of of) {
      const value = part(run);
      if (value !== null) return value;
    }
    return null;
  });

/** One operand out of several of the same kind; figures are brought to one scale, or all made fractions. */
function united(parts: readonly Operand[], unite: <Value>(of: readonly Giving<Value>[]) => Giving<Value>): Operand {
  const [first] = parts;
  if (first === undefined) throw new Error("an expression without operands");
  const integers = aligned(parts);
  if (integers !== null) {
    const { decimals, of } = integers;
    const { type } = first as IntegerOperand;
    return {
      kind: "integer",
      decimals,
      type: type.kind === "number" ? { ...type, decimals } : type,
      of: unite(of),
    };
  }
  if (parts.some(part => part.kind === "fraction")) return { kind: "fraction", of: unite(parts.map(fractionIn)) };
  if (parts.some(part => part.kind !== first.kind)) throw new Error("operands of different kinds");
  return { kind: first.kind, of: unite(parts.map(part => part.of as Giving<unknown>)) } as Operand;
}
