import fc from "fast-check";
import { expect, test } from "vitest";
import { describeRule } from "../../../src/domain/tag/describe/describeRule.ts";
import { durationInWords, formatDuration, parseDuration } from "../../../src/domain/tag/duration.ts";
import type { OutsideRule, OutsideValueType } from "../../../src/domain/tag/outside.ts";
import { parseDefinition } from "../../../src/domain/tag/parse/parseDefinition.ts";
import { printDefinition } from "../../../src/domain/tag/print/printDefinition.ts";
import { standards } from "../../../src/intake/standards.ts";
import { anyDefinition } from "./anyDefinition.ts";
import { shippedFields } from "./shippedFields.ts";

const parse = (json: unknown) => parseDefinition(json, { standards, fields: shippedFields });

test("a definition that is printed reads as the same definition", () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(anyDefinition, outside => {
      const parsed = parse(outside);
      if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.refusal)} of ${JSON.stringify(outside)}`);
      kinds.add(parsed.value.rule.kind);
      const printed = printDefinition(parsed.value, standards);
      expect(parse(JSON.parse(JSON.stringify(printed)))).toEqual(parsed);
      expect(describeRule(parsed.value, standards)).toMatch(/^[^a-z].*\.$/s);
    }),
    { numRuns: 500 },
  );
  expect(kinds.size).toBe(9);
});

test("a duration that is printed reads as the same duration", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 * 365.25 * 86_400_000 }), length => {
      expect(parseDuration(formatDuration(length))).toBe(length);
    }),
  );
  expect([90_061_500, 86_400_000, 1].map(formatDuration)).toEqual(["P1DT1H1M1.5S", "P1D", "PT0.001S"]);
  expect([90_061_500, 30 * 86_400_000].map(durationInWords)).toEqual(["1 day 1 hour 1 minute 1.5 seconds", "30 days"]);
});

test("a rule can be said in a sentence", () => {
  const said = (type: OutsideValueType, rule: OutsideRule): string => {
    const about = { code: "x", name: "X", category: "x", owner: "x", description: "x" };
    const parsed = parse({ ...about, type, rule });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
    return describeRule(parsed.value, standards);
  };
  const czk = { money: { currency: "CZK" } };
  const facts = { types: ["transaction-posted"] };
  expect(
    said(czk, {
      statistic: {
        measure: { sum: { field: "amount" } },
        facts: {
          ...facts,
          where: {
            all: [
              { field: "direction", equals: "debit" },
              {
                not: {
                  any: [
                    { field: "purpose", in: ["fee", "tax"] },
                    { field: "amount", lessThan: "1" },
                  ],
                },
              },
            ],
          },
          window: { rolling: "P30D" },
        },
      },
    }),
  ).toBe(
    "Sum of amount in CZK over transaction-posted facts where direction is debit and not (purpose is fee or tax or amount is less than 1.00 CZK), in the last 30 days.",
  );
  expect(
    said(
      { number: {} },
      {
        statistic: {
          measure: { count: true },
          facts: { ...facts, window: { calendar: { unit: "month", previous: 3, zone: "Europe/Prague" } } },
        },
      },
    ),
  ).toBe("Number of transaction-posted facts, in the previous 3 calendar months (Europe/Prague).");
  expect(
    said(
      { enumeration: { values: ["gold", "none"] } },
      {
        tiers: {
          tiers: [{ value: "gold", when: { atLeast: [{ tag: "spend" }, { money: { amount: 5, currency: "CZK" } }] } }],
          otherwise: "none",
        },
      },
    ),
  ).toBe("The first that applies: gold if spend >= 5.00 CZK; else none.");
  expect(
    said(czk, { relation: { kinds: ["spouse", "child"], measure: "sum", of: "balance", includeSelf: true } }),
  ).toBe("Sum of balance over customers related as spouse or child, and this customer.");
  expect(said({ number: {} }, { attribute: { standing: { what: "card" } } })).toBe("Number of cards that stand.");
});
