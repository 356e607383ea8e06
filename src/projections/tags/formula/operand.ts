import { formatInstant, type Instant } from "../../../domain/instant.ts";
import { formatMinorUnits } from "../../../domain/money.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import { type Asking, earlier } from "../evaluation/asking.ts";
import type { Evaluated } from "../evaluation/evaluated.ts";
import { InexactFigure } from "../evaluation/inexactFigure.ts";
import { decimalsOf, valueText } from "../evaluation/valueText.ts";
import { divideHalfEven, exactNumber, isExact, powerOfTen, rescale } from "./decimals.ts";
import { type Fraction, fractionOf } from "./fraction.ts";

/** One evaluation of an expression. `validUntil` shrinks as parts are looked at; parts never looked at do not matter. */
export type Run = { readonly asking: Asking; validUntil: Instant | null };

/** What the parts of an expression may need of the tags around it. */
export type Surroundings = {
  readonly typeOf: (code: TagCode) => ValueType;
  readonly inputOf: (code: TagCode, asking: Asking) => Evaluated;
  /** Writes down each step for whoever asks why. */
  readonly traced: boolean;
};

/**
 * A part of an expression, by what it gives; null is missing. Integers are scaled by 10^decimals (money counts minor units, dates
 * milliseconds) as long as nothing is multiplied or divided: then exact fractions.
 */
export type Operand =
  | { readonly kind: "integer"; readonly decimals: number; readonly type: ValueType; readonly of: Giving<number> }
  | { readonly kind: "fraction"; readonly of: Giving<Fraction> }
  | { readonly kind: "boolean"; readonly of: Giving<boolean> }
  | { readonly kind: "text"; readonly of: Giving<string> }
  | { readonly kind: "set"; readonly of: Giving<readonly string[]> };
export type Giving<Value> = (run: Run) => Value | null;
export type IntegerOperand = Extract<Operand, { kind: "integer" }>;

/** An operand of a type whose value is found by `of`. */
export function operandOf(type: ValueType, of: (run: Run) => TagValue): Operand {
  switch (type.kind) {
    case "boolean":
      return { kind: "boolean", of: of as Giving<boolean> };
    case "enumeration":
    case "text":
      return { kind: "text", of: of as Giving<string> };
    case "set":
      return { kind: "set", of: of as Giving<readonly string[]> };
    default:
      return { kind: "integer", decimals: decimalsOf(type), type, of: of as Giving<number> };
  }
}

export const holdsUntil = (run: Run, instant: Instant | null): void => {
  run.validUntil = earlier(run.validUntil, instant);
};

export function booleanOf(operand: Operand): Giving<boolean> {
  if (operand.kind === "boolean") return operand.of;
  throw new Error(`a condition is needed, not a ${operand.kind}`);
}

export function fractionIn(operand: Operand): Giving<Fraction> {
  if (operand.kind === "fraction") return operand.of;
  if (operand.kind !== "integer") throw new Error(`a figure is needed, not a ${operand.kind}`);
  const { decimals, of } = operand;
  return run => {
    const value = of(run);
    return value === null ? null : fractionOf(value, decimals);
  };
}

/** Integers brought to one scale; null where one of the operands is a fraction. */
export function aligned(
  operands: readonly Operand[],
): { readonly decimals: number; readonly of: Giving<number>[] } | null {
  const integers = operands.filter(operand => operand.kind === "integer");
  if (integers.length < operands.length) return null;
  const decimals = Math.max(...integers.map(operand => operand.decimals));
  return { decimals, of: integers.map(operand => scaled(operand, decimals)) };
}

function scaled({ decimals, of }: IntegerOperand, to: number): Giving<number> {
  if (decimals === to) return of;
  const factor = powerOfTen(to - decimals);
  return run => {
    const value = of(run);
    return value === null ? null : exactly(value * factor, () => BigInt(value) * BigInt(factor));
  };
}

export function exactly(figure: number, whole: () => bigint): number {
  if (isExact(figure)) return figure;
  throw new InexactFigure("a step of the formula", whole());
}

/** The value of an expression as one of the tag's type, rounded half to even where it has more digits. */
export function toTagValue(operand: Operand, type: ValueType): Giving<TagValue> {
  const to = decimalsOf(type);
  if (operand.kind === "integer") {
    const { decimals, of } = operand;
    return run => {
      const value = of(run);
      return value === null ? null : rescale(value, decimals, to, "the formula");
    };
  }
  if (operand.kind === "fraction") {
    const { of } = operand;
    return run => {
      const value = of(run);
      return value === null ? null : exactNumber(divideHalfEven(value.n * 10n ** BigInt(to), value.d), "the formula");
    };
  }
  if (type.kind === "enumeration" && operand.kind === "text") {
    const { of } = operand;
    return run => {
      const value = of(run);
      return value !== null && type.values.includes(value) ? value : null;
    };
  }
  return operand.of as Giving<TagValue>;
}

const shownDigits = 6;

/** What an operand gave, as a person reads it. */
export function resultText(operand: Operand, result: unknown): string {
  if (result === null) return "missing";
  switch (operand.kind) {
    case "integer":
      if (operand.type.kind === "money") return valueText(result as number, operand.type);
      if (operand.type.kind === "date") return formatInstant(result as Instant);
      return formatMinorUnits(result as number, operand.decimals);
    case "fraction": {
      const { n, d } = result as Fraction;
      const scaledUp = n * 10n ** BigInt(shownDigits);
      const digits = divideHalfEven(scaledUp, d);
      const figure = Number.isSafeInteger(Number(digits)) ? formatMinorUnits(Number(digits), shownDigits) : `${n}/${d}`;
      return (scaledUp % d === 0n ? "" : "about ") + figure.replace(/\.?0+$/, "");
    }
    case "set":
      return (result as readonly string[]).join(", ");
    default:
      return String(result);
  }
}
