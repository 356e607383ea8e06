import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Expression } from "../../../src/domain/tag/rule.ts";
import type { TagValue, ValueType } from "../../../src/domain/tag/tagValue.ts";
import type { TagSubject } from "../../../src/projections/tags/evaluation/evaluateTag.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { adaWith, everything } from "./support/subjects.ts";
import { code, czk, formula, tag, version, whole } from "./support/tagVersions.ts";

const boolean: ValueType = { kind: "boolean" };
const ratio: ValueType = { kind: "number", decimals: 4, unit: null };
const date: ValueType = { kind: "date", zone: "Europe/Prague" };
const types = {
  money: czk,
  other: czk,
  visits: whole,
  rate: { kind: "number", decimals: 2, unit: null },
  flag: boolean,
  word: { kind: "text" },
  tags: { kind: "set" },
  born: date,
} as const satisfies Record<string, ValueType>; // prettier-ignore

/** The value of an expression where other tags have these values. */
function resultOf(expression: Expression, type: ValueType, inputs: Readonly<Record<string, TagValue>>, at = 0) {
  const versions = Object.entries(types).map(([name, of]) => version(name, of, { kind: "manual" }));
  const program = compileTags([...versions, formula("asked", type, expression)]);
  const known = (name: string) => ({ value: inputs[name] ?? null, validUntil: null });
  const subject: TagSubject = { ...adaWith([]), known };
  return program.evaluate(code("asked"), subject, { at, known: everything });
}

const value = (of: ValueType, value: number | string | boolean): Expression => ({ kind: "value", value, type: of });
const compare = (operator: ">" | "=" | "<=", left: Expression, right: Expression): Expression => ({
  kind: "compare",
  operator,
  left,
  right,
}); // prettier-ignore
const of = (
  kind: "add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum",
  ...parts: Expression[]
): Expression => ({ kind, of: parts }); // prettier-ignore

describe("arithmetic", () => {
  test("is exact and rounded half to even once, at its end", () => {
    const third = of("divide", tag("money"), tag("visits"));
    expect(resultOf(of("multiply", third, tag("visits")), czk, { money: 1000, visits: 3 }).value).toBe(1000);
    expect(resultOf(third, czk, { money: 1000, visits: 3 }).value).toBe(333);
    expect(resultOf(third, czk, { money: 5, visits: 2 }).value).toBe(2);
    expect(resultOf(third, czk, { money: 7, visits: 2 }).value).toBe(4);
    expect(resultOf(third, czk, { money: -5, visits: 2 }).value).toBe(-2);
  });

  test("of money and a number gives minor units, of money and money a number", () => {
    expect(resultOf(of("multiply", tag("money"), tag("rate")), czk, { money: 1001, rate: 150 }).value).toBe(1502);
    expect(resultOf(of("divide", tag("money"), tag("other")), ratio, { money: 100, other: 300 }).value).toBe(3333);
  });

  test("brings numbers of different decimals to one scale", () => {
    expect(resultOf(of("add", tag("visits"), tag("rate")), ratio, { visits: 3, rate: 25 }).value).toBe(32500);
    expect(resultOf(of("maximum", tag("visits"), tag("rate")), ratio, { visits: 3, rate: 301 }).value).toBe(30100);
    expect(resultOf(of("subtract", tag("visits"), tag("rate")), whole, { visits: 3, rate: 50 }).value).toBe(2);
  });

  test("gives missing where an operand is missing or the divisor zero", () => {
    expect(resultOf(of("add", tag("money"), tag("other")), czk, { money: 1 }).value).toBe(null);
    expect(resultOf(of("divide", tag("money"), tag("visits")), czk, { money: 1, visits: 0 }).value).toBe(null);
  });

  test("is refused where a result is too large to be exact", () => {
    expect(() => resultOf(of("add", tag("money"), tag("other")), czk, { money: 2 ** 53 - 1, other: 1 })).toThrow(
      "too large to be exact",
    ); // prettier-ignore
    const square = of("multiply", tag("money"), tag("money"));
    expect(() => resultOf(square, czk, { money: 2 ** 40 })).toThrow("1208925819614629174706176");
    expect(resultOf(of("divide", square, tag("money")), czk, { money: 2 ** 40 }).value).toBe(2 ** 40);
  });

  test("agrees with big integers for any figures", () => {
    const figure = fc.maxSafeInteger();
    fc.assert(
      fc.property(figure, figure, fc.integer({ min: 1, max: 1_000_000 }), (money, other, visits) => {
        const larger = compare(">", of("multiply", tag("money"), tag("visits")), tag("other"));
        expect(resultOf(larger, boolean, { money, other, visits }).value).toBe(
          BigInt(money) * BigInt(visits) > BigInt(other),
        );
        const rounded = Number(resultOf(of("divide", tag("money"), tag("visits")), czk, { money, visits }).value);
        const rest = BigInt(money) - BigInt(rounded) * BigInt(visits);
        const twice = 2n * (rest < 0n ? -rest : rest);
        expect(twice < BigInt(visits) || (twice === BigInt(visits) && rounded % 2 === 0)).toBe(true);
      }),
    );
  });
});

describe("comparison", () => {
  test("is exact across decimals, even beyond what both fit into", () => {
    const larger = compare(">", tag("visits"), tag("rate"));
    expect(resultOf(larger, boolean, { visits: 3, rate: 299 }).value).toBe(true);
    expect(resultOf(larger, boolean, { visits: 3, rate: 300 }).value).toBe(false);
    expect(resultOf(larger, boolean, { visits: 2 ** 53 - 1, rate: 2 ** 53 - 1 }).value).toBe(true);
  });

  test("of sets asks whether they are the same, of texts goes by code unit", () => {
    const same = compare("=", tag("tags"), { kind: "value", value: ["a", "b"], type: { kind: "set" } });
    expect(resultOf(same, boolean, { tags: ["a", "b"] }).value).toBe(true);
    expect(resultOf(same, boolean, { tags: ["a"] }).value).toBe(false);
    expect(resultOf(compare(">", tag("word"), value({ kind: "text" }, "a")), boolean, { word: "Z" }).value).toBe(false);
  });
});

describe("what is missing", () => {
  const isBig = compare(">", tag("money"), value(czk, 10));
  test("does not matter to `any` once one part is true, nor to `all` once one is false", () => {
    const any: Expression = { kind: "any", of: [isBig, tag("flag")] };
    const all: Expression = { kind: "all", of: [isBig, tag("flag")] };
    expect(resultOf(any, boolean, { flag: true }).value).toBe(true);
    expect(resultOf(any, boolean, { flag: false }).value).toBe(null);
    expect(resultOf(all, boolean, { flag: false }).value).toBe(false);
    expect(resultOf(all, boolean, { flag: true }).value).toBe(null);
    expect(resultOf({ kind: "not", of: tag("flag") }, boolean, {}).value).toBe(null);
  });

  test("is what `exists` and `coalesce` are for", () => {
    expect(resultOf({ kind: "exists", of: tag("money") }, boolean, {}).value).toBe(false);
    const either: Expression = { kind: "coalesce", of: [tag("visits"), tag("rate")] };
    expect(resultOf(either, ratio, { rate: 150 }).value).toBe(15000);
    expect(resultOf(either, ratio, { visits: 2, rate: 150 }).value).toBe(20000);
  });

  test("in a condition leaves neither branch", () => {
    const then = tag("word");
    const chosen: Expression = {
      kind: "if",
      when: isBig,
      then,
      otherwise: value({ kind: "text" }, "small"),
    };
    expect(resultOf(chosen, { kind: "text" }, { money: 11, word: "big" }).value).toBe("big");
    expect(resultOf(chosen, { kind: "text" }, { money: 10 }).value).toBe("small");
    expect(resultOf(chosen, { kind: "text" }, {}).value).toBe(null);
  });
});

test("`in` asks whether a text is one of the values or a set holds one of them", () => {
  const isIn = (of: string): Expression => ({ kind: "in", of: tag(of), values: ["a", "b"] });
  expect(resultOf(isIn("word"), boolean, { word: "b" }).value).toBe(true);
  expect(resultOf(isIn("tags"), boolean, { tags: ["b", "c"] }).value).toBe(true);
  expect(resultOf(isIn("tags"), boolean, { tags: ["c"] }).value).toBe(false);
});

describe("time since a date", () => {
  const since = (kind: "daysSince" | "yearsSince"): Expression => ({ kind, of: tag("born"), zone: "Europe/Prague" });
  const prague = (text: string): number => Date.parse(`${text}`);

  test("counts local days and changes at local midnight", () => {
    const born = prague("2024-03-30T23:30:00+01:00");
    const before = resultOf(since("daysSince"), whole, { born }, prague("2024-03-31T23:59:59.999+02:00"));
    expect(before).toEqual({ value: 1, validUntil: prague("2024-04-01T00:00:00+02:00") });
    expect(resultOf(since("daysSince"), whole, { born }, prague("2024-04-01T00:00:00+02:00")).value).toBe(2);
    expect(resultOf(since("daysSince"), whole, { born }, prague("2024-03-29T12:00:00+01:00")).value).toBe(-1);
  });

  test("completes a year on the anniversary, 29 February on 1 March where there is none", () => {
    const born = prague("2004-02-29T00:00:00+01:00");
    const at = (text: string) => resultOf(since("yearsSince"), whole, { born }, prague(text));
    expect(at("2023-02-28T23:59:59.999+01:00")).toEqual({ value: 18, validUntil: prague("2023-03-01T00:00:00+01:00") });
    expect(at("2023-03-01T00:00:00+01:00")).toEqual({ value: 19, validUntil: prague("2024-02-29T00:00:00+01:00") });
    expect(at("2024-02-29T00:00:00+01:00").value).toBe(20);
    expect(at("2003-03-01T00:00:00+01:00").value).toBe(0);
    expect(at("2003-02-28T00:00:00+01:00").value).toBe(-1);
  });
});

test("a formula is good for as long as the shortest-lived part that was looked at", () => {
  const versions = [version("soon", boolean, { kind: "manual" }), version("later", boolean, { kind: "manual" })];
  const program = compileTags([
    ...versions,
    formula("either", boolean, { kind: "any", of: [tag("later"), tag("soon")] }),
  ]);
  const ask = (later: boolean) =>
    program.evaluate(
      code("either"),
      {
        ...adaWith([]),
        known: of => (of === code("soon") ? { value: true, validUntil: 5 } : { value: later, validUntil: 9 }),
      },
      { at: 0, known: everything },
    );
  expect(ask(true)).toEqual({ value: true, validUntil: 9 });
  expect(ask(false)).toEqual({ value: true, validUntil: 5 });
});

test("the first tier whose condition is true gives the value, and a missing condition is not true", () => {
  const tiers = version(
    "tier",
    { kind: "enumeration", values: ["gold", "plain", "none"] },
    {
      kind: "tiers",
      tiers: [
        { value: "gold", when: compare(">", tag("money"), value(czk, 1000)) },
        { value: "plain", when: { kind: "exists", of: tag("flag") } },
      ],
      otherwise: "none",
    },
  ); // prettier-ignore
  const program = compileTags([
    version("money", czk, { kind: "manual" }),
    version("flag", boolean, { kind: "manual" }),
    tiers,
  ]);
  const ask = (inputs: Readonly<Record<string, TagValue>>) =>
    program.evaluate(
      code("tier"),
      { ...adaWith([]), known: of => ({ value: inputs[of] ?? null, validUntil: null }) },
      { at: 0, known: everything },
    ).value;
  expect(ask({ money: 1001 })).toBe("gold");
  expect(ask({ money: 1000, flag: false })).toBe("plain");
  expect(ask({ flag: true })).toBe("plain");
  expect(ask({})).toBe("none");
});
